#include "core/families/model_folders.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/families/blip3o/folder.h"
#include "core/families/folder_name.h"

namespace b3o {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostJson = 16u << 20;
constexpr int kMostFiles = 20'000, kDeepest = 6;  // what a size is counted over
constexpr size_t kMostFound = 200;

bool is_file(const fs::path& path) {
  std::error_code unreachable;
  return fs::is_regular_file(path, unreachable);  // follows links: a link to nothing is no file
}

bool is_folder(const fs::path& path) {
  std::error_code unreachable;
  return fs::is_directory(path, unreachable);
}

std::vector<fs::path> subfolders(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code unreadable;
  for (fs::directory_iterator it(folder, unreadable), end; !unreadable && it != end; it.increment(unreadable))
    if (is_folder(it->path())) out.push_back(it->path());
  std::sort(out.begin(), out.end());
  return out;
}

uint64_t bytes_in(const fs::path& folder) {
  uint64_t sum = 0;
  int files = 0;
  std::error_code unreadable, unknown;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator it(folder, options, unreadable), end; !unreadable && it != end;
       it.increment(unreadable)) {
    if (it.depth() >= kDeepest) it.disable_recursion_pending();
    if (!is_file(it->path())) continue;
    const auto size = fs::file_size(it->path(), unknown);  // of what a link points to
    if (!unknown) sum += size;
    if (++files == kMostFiles) break;
  }
  return sum;
}

// The first of the names that is there, with all shards where it is an index; without any, `usual` is missing.
void need_weights(const fs::path& folder, const std::string& inside, std::initializer_list<const char*> names,
                  const char* usual, std::vector<std::string>& missing) {
  for (const std::string name : names) {
    const fs::path file = folder / inside / name;
    if (!is_file(file)) continue;
    if (!name.ends_with(".json")) return;
    const Json index = parse_json(read_file(file, kMostJson), file.string());
    std::set<std::string> shards;
    const Fields weight_map = Fields(index, file.string()).object("weight_map");
    for (const auto& [tensor, shard] : weight_map.json().items())
      if (shard.is_string()) shards.insert(shard.get<std::string>());
    for (const auto& shard : shards)
      if (!is_file(folder / inside / shard)) missing.push_back((fs::path(inside) / for_message(shard)).string());
    return;
  }
  missing.push_back((fs::path(inside) / usual).string());
}

bool has_single_decoder_file(const fs::path& decoder) {
  std::error_code unreadable;
  for (fs::directory_iterator it(decoder, unreadable), end; !unreadable && it != end; it.increment(unreadable))
    if (it->path().extension() == ".safetensors") return true;
  return false;
}

std::vector<std::string> missing_files(const fs::path& folder, const Fields& config) {
  std::vector<std::string> missing;
  const auto need = [&](const std::string& name) {
    if (!is_file(folder / name)) missing.push_back(name);
  };
  need_weights(folder, "", {"model.safetensors", "model.safetensors.index.json"}, "model.safetensors", missing);
  if (!is_file(folder / "vocab.json") || !is_file(folder / "merges.txt")) need("tokenizer.json");
  if (!config.has("gen_vision_tower")) return missing;
  for (const std::string part : {"unet", "vae"}) {
    need("diffusion-decoder/" + part + "/config.json");
    if (!has_single_decoder_file(folder / "diffusion-decoder"))
      need_weights(folder, "diffusion-decoder/" + part,
                   {"diffusion_pytorch_model.bf16.safetensors", "diffusion_pytorch_model.safetensors.index.bf16.json",
                    "diffusion_pytorch_model.safetensors.bf16.index.json", "diffusion_pytorch_model.safetensors",
                    "diffusion_pytorch_model.safetensors.index.json"},
                   "diffusion_pytorch_model.safetensors", missing);
  }
  need("diffusion-decoder/scheduler/scheduler_config.json");
  return missing;
}

std::string sentence_of(const std::vector<std::string>& missing) {
  std::string names;
  for (size_t i = 0; i < std::min<size_t>(3, missing.size()); ++i) names += (i ? ", " : "") + missing[i];
  if (missing.size() > 3) names += cat(" and ", missing.size() - 3, " more");
  return cat(missing.size() == 1 ? "A file is missing: " : cat(missing.size(), " files are missing: "), names,
             ". Get the whole folder again.");
}

// Whether config.json is of a kind that this program reads: a hub holds all kinds of models.
bool is_ours(const fs::path& folder) {
  try {
    const fs::path file = folder / "config.json";
    const Json json = parse_json(read_file(file, kMostJson), file.string());
    const std::string kind = Fields(json, file.string()).string("model_type", "");
    return kind.starts_with("blip3o_qwen") || kind == "qwen2_5_vl";
  } catch (const Error&) {
    return false;
  }
}

// models--org--name/snapshots/<revision>; the revision that refs/main names first.
void look_into_hub(const fs::path& hub, std::vector<ModelFolder>& found) {
  for (const auto& model : subfolders(hub)) {
    if (!model.filename().string().starts_with("models--")) continue;
    auto snapshots = subfolders(model / "snapshots");
    std::erase_if(snapshots, [](const fs::path& snapshot) { return !is_ours(snapshot); });
    std::string head;
    if (is_file(model / "refs/main")) head = read_file(model / "refs/main", 4096);
    head.erase(std::find_if_not(head.begin(), head.end(), [](char c) { return std::isxdigit(uint8_t(c)) != 0; }),
               head.end());
    std::stable_partition(snapshots.begin(), snapshots.end(),
                          [&](const fs::path& snapshot) { return snapshot.filename() == head; });
    for (const auto& snapshot : snapshots) {
      found.push_back(look_at_folder(snapshot, FolderPlace::hub));
      if (snapshots.size() > 1) found.back().name += " @ " + snapshot.filename().string().substr(0, 7);
    }
  }
}

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

std::vector<fs::path> hub_caches() {
  std::vector<fs::path> out;
  const auto add = [&](const fs::path& hub) {
    if (is_folder(hub) && std::find(out.begin(), out.end(), hub) == out.end()) out.push_back(hub);
  };
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
    if (const char* value = variable(name)) add(value);
  if (const char* home = variable("HF_HOME")) add(fs::path(home) / "hub");
  if (!out.empty()) return out;
  if (const char* cache = variable("XDG_CACHE_HOME"))
    add(fs::path(cache) / "huggingface/hub");
  else if (const char* home = variable("HOME"))
    add(fs::path(home) / ".cache/huggingface/hub");
  else if (const char* profile = variable("USERPROFILE"))
    add(fs::path(profile) / ".cache/huggingface/hub");
  return out;
}

ModelFolder look_at_folder(const fs::path& folder, FolderPlace place) {
  ModelFolder out;
  out.folder = folder;
  out.place = place;
  out.name = folder_name(folder);
  try {
    if (!is_folder(folder)) throw LoadError(cat(folder.string(), ": there is no such folder"));
    const fs::path file = folder / "config.json";
    if (!is_file(file)) throw LoadError(cat(folder.string(), ": has no config.json, so it is not a model folder"));
    out.bytes = bytes_in(folder);
    const Json json = parse_json(read_file(file, kMostJson), file.string());
    out.missing = missing_files(folder, Fields(json, file.string()));
    if (!out.missing.empty()) throw LoadError(sentence_of(out.missing));
    const FolderConfig config = read_folder(folder);
    out.can = config.can;
    out.name = config.name;
  } catch (const Error& e) {
    out.problem = e.what();
  }
  return out;
}

std::vector<ModelFolder> find_model_folders(const ModelPlaces& places) {
  std::vector<ModelFolder> found;
  if (is_folder(places.shipped)) found.push_back(look_at_folder(places.shipped, FolderPlace::shipped));
  if (!places.app.empty())
    for (const auto& folder : subfolders(places.app))
      if (is_file(folder / "config.json")) found.push_back(look_at_folder(folder, FolderPlace::app));
  for (const auto& hub : places.hubs) look_into_hub(hub, found);
  for (const auto& folder : places.recent) found.push_back(look_at_folder(folder, FolderPlace::recent));
  std::set<fs::path> seen;
  std::erase_if(found, [&](const ModelFolder& f) {
    std::error_code unreachable;
    const fs::path real = fs::weakly_canonical(f.folder, unreachable);
    return !seen.insert(real.empty() ? f.folder : real).second;
  });
  if (found.size() > kMostFound) found.resize(kMostFound);
  return found;
}

}  // namespace b3o
