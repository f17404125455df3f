#include "core/train/assemble.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/families/blip3o/inspect.h"
#include "core/train/frozen_parts.h"
#include "core/train/result.h"
#include "core/weights/safetensors.h"
#include "core/world/scene_json.h"
#include "core/world/words.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStageOrder[] = {"clip", "vae", "vit", "decoder", "understand", "generate", "tune", "polish"};
constexpr size_t kMostTextBytes = 64u << 20;
constexpr int64_t kLogLines = 40;  // of each stage, beside its validations
constexpr const char* kVaeFile = "diffusion-decoder/vae/diffusion_pytorch_model.safetensors";

// The tensors of a stage's file whose names start with one of the prefixes, in this number type.
void add_tensors(Named& out, const fs::path& file, std::initializer_list<std::string_view> prefixes,
                 at::ScalarType type) {
  const auto source = SafetensorsFile::open(file);
  size_t found = 0;
  for (const auto& [name, entry] : source->entries()) {
    if (std::none_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) { return name.starts_with(p); }))
      throw LoadError(cat(file.string(), ": tensor '", name, "' does not belong to the result of this stage"));
    out.emplace_back(name, source->tensor(name).to(type));
    ++found;
  }
  if (found == 0) throw LoadError(cat(file.string(), ": holds no tensor"));
}

void write_tensors(const fs::path& file, Named tensors) {
  std::sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  fs::create_directories(file.parent_path());
  write_safetensors(file, tensors, {{"format", "pt"}});
}

// Four digits are enough for a log.
Json rounded(const Json& value) {
  if (value.is_number_float()) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value.get<double>());
    return std::strtod(text, nullptr);
  }
  if (!value.is_structured()) return value;
  Json out = value;
  for (auto& item : out) item = rounded(item);
  return out;
}

struct Log {
  std::string lines;  // every validation, and some of the other lines
  int64_t steps = 0;
  double seconds = 0;
};

// metrics.jsonl lies in the result itself, or beside it in the folder of the run. Empty when there is none.
Log log_of(const std::string& stage, const fs::path& result) {
  Log out;
  fs::path file = result / "metrics.jsonl";
  if (!fs::exists(file)) file = result.parent_path() / "metrics.jsonl";
  if (!fs::exists(file)) return out;
  std::vector<Json> all;
  std::istringstream in(read_file(file, kMostTextBytes));
  for (std::string line; std::getline(in, line);) all.push_back(parse_json(line, file.string()));
  const int64_t every = std::max<int64_t>(1, int64_t(all.size()) / kLogLines);
  for (int64_t i = 0; i < int64_t(all.size()); ++i) {
    const Fields fields(all[size_t(i)], file.string());
    out.steps = std::max(out.steps, fields.integer("step", 0));
    out.seconds = std::max(out.seconds, fields.number("seconds", 0));
    if (i % every != 0 && i + 1 != int64_t(all.size()) && !fields.has("validation")) continue;
    Json line = {{"stage", stage}};
    for (const auto& [key, value] : all[size_t(i)].items()) line[key] = rounded(value);
    out.lines += line.dump() + "\n";
  }
  return out;
}

class Assembler {
 public:
  Assembler(const AssembleRequest& request, fs::path folder) : r_(request), folder_(std::move(folder)) {}

  void write() const {
    write_networks();
    write_configs();
    write_history();
    write_sums();
  }

 private:
  bool has(const std::string& stage) const { return r_.inputs.contains(stage); }

  fs::path input(const std::string& stage) const {
    const auto it = r_.inputs.find(stage);
    if (it == r_.inputs.end())
      throw RequestError(
          cat("The model needs the result of the stage '", stage, "': give --input ", stage, "=FOLDER."));
    if (!fs::is_directory(it->second))
      throw RequestError(cat("The result of the stage '", stage, "' is not there: ", it->second.string(), "."));
    return it->second;
  }
  fs::path planner() const { return input(has("tune") ? "tune" : "generate"); }
  fs::path painter() const { return input(has("polish") ? "polish" : "decoder"); }

  void write_networks() const {
    Named root;
    add_tensors(root, input("understand") / "model.safetensors", {"model.", "visual.", "lm_head."}, at::kBFloat16);
    add_tensors(root, planner() / kDitPart, {kDitPrefix}, at::kBFloat16);
    add_tensors(root, input("clip") / "clip.safetensors", {kEvaPrefix}, at::kBFloat16);
    write_tensors(folder_ / "model.safetensors", std::move(root));
    Named unet, vae;
    add_tensors(unet, painter() / kUnetPart, {""}, at::kBFloat16);
    add_tensors(vae, input("vae") / kVaeFile, {""}, at::kFloat);
    write_tensors(folder_ / "diffusion-decoder/unet/diffusion_pytorch_model.bf16.safetensors", std::move(unet));
    write_tensors(folder_ / kVaeFile, std::move(vae));
  }

  void copy(const fs::path& from, const std::string& file) const {
    fs::create_directories((folder_ / file).parent_path());
    write_file(folder_ / file, read_file(from / file, kMostTextBytes));
  }

  Json studio() const {
    Json out = r_.studio;
    if (!out.is_object()) throw LoadError("the description of the model: 'studio' is not an object");
    if (out.contains("world") && !out.contains("vocabulary")) {
      const Fields fields(out, "studio");
      out["vocabulary"] = vocabulary_of(fields.object("world").string("level"));
    }
    return out;
  }

  void write_configs() const {
    const fs::path understand = input("understand");
    for (const char* file : {"generation_config.json", "preprocessor_config.json", "chat_template.json",
                             "tokenizer.json", "tokenizer_config.json"})
      copy(understand, file);
    copy(painter(), kUnetConfig);
    copy(painter(), kSchedulerConfig);
    copy(input("vae"), "diffusion-decoder/vae/config.json");
    Json json = read_config(understand, "config.json");
    const Json clip = read_config(input("clip"), "config.json"), dit = read_config(planner(), "config.json");
    const Fields eva(clip, (input("clip") / "config.json").string());
    const Fields flow(dit, (planner() / "config.json").string());
    if (const std::string way = flow.string("objective", "clip_flow"); way != "clip_flow")
      throw LoadError(cat(flow.where(), ": trained with the objective ", way, ", a model folder needs clip_flow"));
    json["torch_dtype"] = "bfloat16";
    json["gen_vision_tower"] = "eva-clip";
    json["gen_vision_config"] = eva.raw("gen_vision_config");
    json["gen_pooling"] = eva.string("gen_pooling");
    json["gen_hidden_size"] = eva.object("gen_vision_config").integer("width");
    json["dit_config"] = flow.object("dit_config").json();
    if (!r_.studio.empty()) json["studio"] = studio();
    write_config(folder_, "config.json", json);
  }

  void write_history() const {
    Json recipe = {{"revision", r_.revision}, {"stages", Json::object()}};
    std::string log;
    for (const char* stage : kStageOrder) {
      Json entry = Json::object();
      if (has(stage)) {
        const Log history = log_of(stage, input(stage));
        log += history.lines;
        if (history.steps > 0) entry = {{"steps", history.steps}, {"seconds", std::round(history.seconds)}};
      }
      if (const fs::path file = r_.recipes / (std::string(stage) + ".json"); !r_.recipes.empty() && fs::exists(file))
        entry["recipe"] = parse_json(read_file(file, kMostTextBytes), file.string());
      if (!entry.empty()) recipe["stages"][stage] = entry;
    }
    write_config(folder_, "recipe.json", recipe);
    write_file(folder_ / "train-log.jsonl", log);
  }

  void write_sums() const {
    std::vector<std::string> files;
    uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      files.push_back(fs::relative(entry.path(), folder_).generic_string());
      bytes += entry.file_size();
    }
    if (bytes > kLargestShipped)
      throw Error(cat("The model holds ", bytes, " bytes, at most ", kLargestShipped, " are shipped."));
    std::sort(files.begin(), files.end());
    std::string sums;
    for (const std::string& file : files) sums += sha256_hex_of_file(folder_ / file) + "  " + file + "\n";
    write_file(folder_ / "SHA256SUMS", sums);
  }

  const AssembleRequest& r_;
  fs::path folder_;
};

}  // namespace

std::vector<std::string> vocabulary_of(const std::string& level) {
  using namespace world;
  const Level l = level_named(level);
  std::vector<std::string> out;
  for (const Obj o : objects_of(l)) out.emplace_back(word(o));
  for (const Col c : colors_of(l)) out.emplace_back(word(c));
  for (const Bg b : backgrounds_of(l)) out.emplace_back(phrase(b));
  for (int r = 0; r < kRelations; ++r) out.emplace_back(phrase(Rel(r)));
  for (int p = 0; p < kPlaces; ++p) out.emplace_back(phrase(Place(p)));
  for (const Size s : {Size::small, Size::big}) out.emplace_back(word(s));
  for (int n = 2; n <= 4; ++n) out.emplace_back(number_word(n));
  return out;
}

void assemble(const AssembleRequest& request) {
  if (fs::exists(request.folder) && !fs::is_empty(request.folder))
    throw RequestError(cat("The folder ", request.folder.string(), " holds something already; give another --out."));
  fs::path part = request.folder;
  if (part.filename().empty()) part = part.parent_path();
  part += ".part";
  fs::remove_all(part);
  fs::create_directories(part);
  try {
    Assembler(request, part).write();
    check_model({part, DeviceChoice::cpu, NumberType::fp32, true}, [](const std::string&) {});
    fs::remove(request.folder);  // an empty one
    fs::rename(part, request.folder);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
    throw;
  }
}

}  // namespace b3o::train
