#include "core/weights/checkpoint.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxIndex = 16u << 20;
constexpr std::string_view kExtension = ".safetensors";

bool is_there(const fs::path& file) {
  std::error_code unreachable;
  return fs::exists(file, unreachable);
}

// Plain names of the folder's entries that end so, sorted.
std::vector<std::string> entries_ending(const fs::path& folder, std::initializer_list<std::string_view> tails) {
  std::vector<std::string> found;
  std::error_code unreadable;
  for (fs::directory_iterator it(folder, unreadable), end; !unreadable && it != end; it.increment(unreadable)) {
    const std::string name = it->path().filename().string();
    if (std::any_of(tails.begin(), tails.end(), [&](std::string_view tail) { return name.ends_with(tail); }))
      found.push_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// A folder without the weights we look for: says what is there instead.
[[noreturn]] void refuse_folder(const fs::path& folder, const std::string& wanted) {
  std::error_code unreachable;
  if (!fs::is_directory(folder, unreachable)) throw LoadError(cat(folder.string(), ": is not a folder"));
  const auto pickled = entries_ending(folder, {".bin", ".pt", ".pth", ".ckpt"});
  const auto strays = entries_ending(folder, {kExtension});
  std::string text = cat(folder.string(), ": has no ", wanted);
  if (!strays.empty())
    text += cat("; '", for_message(strays[0]), "' is there, but no index that names it");
  else if (!pickled.empty())
    text += cat("; it holds pickled weights ('", for_message(pickled[0]),
                "'), which are never opened because they can run code: convert them to safetensors");
  throw LoadError(text);
}

std::optional<CheckpointFiles> first_of(const fs::path& folder, std::initializer_list<const char*> names) {
  for (const std::string name : names) {
    if (!is_there(folder / name)) continue;
    return name.ends_with(".json") ? CheckpointFiles::of_index(folder / name) : CheckpointFiles::of_file(folder / name);
  }
  return std::nullopt;
}

// A shard is a file of the index's own folder, so that an index cannot point anywhere else.
void check_shard_name(const std::string& shard, const std::string& where) {
  const bool odd = std::any_of(shard.begin(), shard.end(), [](char c) {
    return c == '/' || c == '\\' || c == ':' || uint8_t(c) < 0x20 || c == 0x7f;
  });
  if (odd || !shard.ends_with(kExtension) || shard.size() > 255)
    throw LoadError(cat(where, " is in the shard '", for_message(shard), "', expected the plain name of a ", kExtension,
                        " file beside the index"));
}

void hash_part(Sha256& hash, std::string_view name, std::span<const std::byte> bytes) {
  hash.add(cat(name.size(), " ", name, " ", bytes.size(), " ")).add(bytes);
}

}  // namespace

CheckpointFiles CheckpointFiles::of_file(const fs::path& file) { return {file, {SafetensorsFile::open(file)}, ""}; }

CheckpointFiles CheckpointFiles::of_index(const fs::path& index) {
  const std::string where = index.string();
  const Json json = parse_json(read_file(index, kMaxIndex), where);
  const Fields fields(json, where);
  if (fields.has("metadata")) {
    const Fields metadata = fields.object("metadata");
    if (metadata.has("total_size") && metadata.integer("total_size") < 0)
      throw LoadError(cat(where, ": total_size is negative"));
  }
  const Fields weight_map = fields.object("weight_map");
  std::map<std::string, std::string> shard_of;
  std::map<std::string, std::shared_ptr<const SafetensorsFile>> shards;
  for (const auto& [name, shard] : weight_map.json().items()) {
    const std::string tensor = cat(where, ": tensor '", for_message(name), "'");
    if (!shard.is_string())
      throw LoadError(cat(tensor, " maps to ", shard.type_name(), ", expected the name of a shard"));
    const auto& file = shard_of[name] = shard.get<std::string>();
    check_shard_name(file, tensor);
    auto& opened = shards[file];
    if (!opened && !is_there(index.parent_path() / file))
      throw LoadError(cat(tensor, " is in the shard '", for_message(file), "', which is not in the folder"));
    if (!opened) opened = SafetensorsFile::open(index.parent_path() / file);
    if (!opened->has(name))
      throw LoadError(cat(opened->path().string(), ": tensor '", for_message(name), "' is missing, but ",
                          index.filename().string(), " puts it there"));
  }
  if (shards.empty()) throw LoadError(cat(where, ": weight_map is empty"));
  CheckpointFiles out{index, {}, ""};
  for (const auto& [file, opened] : shards) {
    for (const auto& [name, entry] : opened->entries()) {
      const auto listed = shard_of.find(name);
      if (listed == shard_of.end() || listed->second != file)
        throw LoadError(cat(opened->path().string(), ": tensor '", for_message(name), "' is there, but ",
                            index.filename().string(), " does not put it there"));
    }
    out.files.push_back(opened);
  }
  return out;
}

CheckpointFiles CheckpointFiles::of_model(const fs::path& folder) {
  if (auto found = first_of(folder, {"model.safetensors", "model.safetensors.index.json"})) return *std::move(found);
  refuse_folder(folder, "model.safetensors and no model.safetensors.index.json");
}

CheckpointFiles CheckpointFiles::of_decoder(const fs::path& decoder, const std::string& component) {
  const fs::path folder = decoder / component;
  if (auto found = first_of(
          folder, {"diffusion_pytorch_model.bf16.safetensors", "diffusion_pytorch_model.safetensors.index.bf16.json",
                   "diffusion_pytorch_model.safetensors.bf16.index.json", "diffusion_pytorch_model.safetensors",
                   "diffusion_pytorch_model.safetensors.index.json"}))
    return *std::move(found);
  for (const auto& name : entries_ending(decoder, {kExtension})) {
    CheckpointFiles whole = of_file(decoder / name);
    whole.prefix = component + ".";
    const auto& entries = whole.files[0]->entries();
    const auto first = entries.lower_bound(whole.prefix);
    if (first != entries.end() && first->first.starts_with(whole.prefix)) return whole;
  }
  refuse_folder(folder, "diffusion_pytorch_model.bf16.safetensors or diffusion_pytorch_model.safetensors");
}

std::string checkpoint_identity(std::span<const fs::path> configs, std::span<const CheckpointFiles> components) {
  constexpr size_t kTensors = 64, kBytes = 64;
  Sha256 hash;
  for (const auto& config : configs) {
    const std::string text = read_file(config, kMaxIndex);
    hash_part(hash, config.filename().string(), std::as_bytes(std::span(text.data(), text.size())));
  }
  for (const auto& component : components) {
    std::vector<std::span<const std::byte>> data;
    for (const auto& file : component.files) {
      hash_part(hash, component.prefix, file->header());
      for (const auto& [name, entry] : file->entries()) data.push_back(file->bytes_of(name));
    }
    const size_t step = std::max<size_t>(1, (data.size() + kTensors - 1) / kTensors);
    for (size_t i = 0; i < data.size(); i += step) {
      const size_t middle = data[i].size() / 2;
      hash_part(hash, "", data[i].subspan(middle, std::min(kBytes, data[i].size() - middle)));
    }
  }
  return hash.hex();
}

}  // namespace b3o
