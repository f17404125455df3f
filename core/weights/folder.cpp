#include "core/weights/folder.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

struct Replaced {
  std::string_view from, to;
};

std::optional<std::string> with_new_start(const std::string& name, std::initializer_list<Replaced> rows) {
  for (const auto& [from, to] : rows)
    if (name.starts_with(from)) return cat(to, name.substr(from.size()));
  return name;
}

std::string in_file(const FolderSource::Item& item) {
  return cat(item.file->path().string(), ": tensor '", for_message(item.stored), "'");
}

// Throws unless the stored tensor can serve where `wanted` is asked for.
void check_item(const FolderSource::Item& item, at::IntArrayRef wanted) {
  const TensorEntry& e = item.entry();
  if (e.type != at::kFloat && e.type != at::kHalf && e.type != at::kBFloat16)
    throw LoadError(cat(in_file(item), " has type ", safetensors_type_name(e.type), ", expected F32, F16 or BF16"));
  const at::IntArrayRef stored = e.shape;
  const bool one_by_one = wanted.size() == 2 && stored.size() == 4 && stored[2] == 1 && stored[3] == 1;
  if (one_by_one ? stored.slice(0, 2) != wanted : stored != wanted)
    throw LoadError(cat(in_file(item), " has shape ", stored, ", expected ", wanted));
}

// "3 tensors are missing: 'a', 'b', 'c'".
std::string listed(const std::vector<std::string>& names, const char* what) {
  std::string text = cat(names.size(), names.size() == 1 ? " tensor is " : " tensors are ", what, ": ");
  for (size_t i = 0; i < std::min<size_t>(3, names.size()); ++i)
    text += cat(i > 0 ? ", " : "", "'", for_message(names[i]), "'");
  return names.size() > 3 ? text + ", ..." : text;
}

}  // namespace

std::optional<std::string> rename_language_model(const std::string& stored) {
  if (stored.ends_with(".inv_freq")) return std::nullopt;
  return with_new_start(stored, {{"model.visual.", "visual."},
                                 {"model.language_model.", "model."},
                                 {"language_model.model.", "model."},
                                 {"language_model.lm_head.", "lm_head."}});
}

std::optional<std::string> rename_vae(const std::string& stored) {
  for (const std::string place : {"encoder.mid_block.attentions.0.", "decoder.mid_block.attentions.0."})
    if (stored.starts_with(place))
      return cat(
          place,
          *with_new_start(stored.substr(place.size()),
                          {{"query.", "to_q."}, {"key.", "to_k."}, {"value.", "to_v."}, {"proj_attn.", "to_out.0."}}));
  return stored;
}

FolderSource::FolderSource(const CheckpointFiles& files, Placement placement, const Rename& rename, Progress progress)
    : where_(files.origin.string()), placement_(placement), progress_(std::move(progress)) {
  for (const auto& file : files.files) {
    for (const auto& [stored, entry] : file->entries()) {
      if (!stored.starts_with(files.prefix)) continue;
      const std::string own = stored.substr(files.prefix.size());
      const std::optional<std::string> name = rename ? rename(own) : own;
      if (!name) continue;
      const auto [at, fresh] = items_.emplace(*name, Item{file, stored});
      if (!fresh)
        throw LoadError(cat(in_file(Item{file, stored}), " stands for '", for_message(*name), "', and so does '",
                            for_message(at->second.stored), "' in ", at->second.file->path().string()));
    }
  }
}

std::optional<Shape> FolderSource::shape(const std::string& name) {
  const auto found = items_.find(name);
  return found == items_.end() ? std::nullopt : std::optional(found->second.entry().shape);
}

at::Tensor FolderSource::take(const std::string& name, at::IntArrayRef shape, bool matrix) {
  const auto found = items_.find(name);
  if (found == items_.end()) throw LoadError(cat(where_, ": tensor '", for_message(name), "' is missing"));
  const Item& item = found->second;
  check_item(item, shape);
  at::Tensor tensor = item.file->tensor(item.stored).view(shape);
  const bool as_stored = matrix && placement_.keep_stored_matrices && placement_.device.is_cpu();
  // First to the device: the file's type is rarely the larger one, and the device converts faster.
  if (!as_stored) tensor = tensor.to(placement_.device).to(placement_.compute);
  if (progress_) progress_(name, stored_bytes(name));
  return tensor;
}

uint64_t FolderSource::stored_bytes(const std::string& name) const {
  const auto found = items_.find(name);
  if (found == items_.end()) return 0;
  const TensorEntry& e = found->second.entry();
  return e.end - e.begin;
}

NameReport check_names(const FolderSource& source, const std::vector<DescribeSource::Item>& expected,
                       const std::vector<std::string>& tolerated_prefixes) {
  std::set<std::string> known;
  std::vector<std::string> missing, unknown;
  for (const auto& item : expected) {
    known.insert(item.name);
    if (!source.items().contains(item.name)) missing.push_back(item.name);
  }
  NameReport report;
  for (const auto& [name, item] : source.items()) {
    if (known.contains(name)) continue;
    const bool tolerated = std::any_of(tolerated_prefixes.begin(), tolerated_prefixes.end(),
                                       [&n = name](const std::string& prefix) { return n.starts_with(prefix); });
    (tolerated ? report.tolerated : unknown).push_back(name);
  }
  if (!missing.empty()) throw LoadError(cat(source.where(), ": ", listed(missing, "missing")));
  if (!unknown.empty())
    throw LoadError(cat(source.where(), ": ", listed(unknown, "unknown"), "; does config.json belong to these files?"));
  for (const auto& item : expected) check_item(source.items().at(item.name), item.shape);
  return report;
}

}  // namespace b3o
