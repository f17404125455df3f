#include "core/train/checkpoint.h"

#include <ATen/ATen.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/weights/safetensors.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxState = 16 << 20;
constexpr char kPrefix[] = "ckpt-", kUnfinished[] = ".tmp";

std::string name_of(int64_t step) {
  char text[40];
  std::snprintf(text, sizeof text, "%s%08lld", kPrefix, static_cast<long long>(step));
  return text;
}

// Steps of the complete-looking folders, ascending.
std::vector<int64_t> steps_in(const fs::path& folder) {
  std::vector<int64_t> steps;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix) || name.ends_with(kUnfinished)) continue;
    const std::string digits = name.substr(sizeof kPrefix - 1);
    if (digits.empty() || digits.size() > 15 || digits.find_first_not_of("0123456789") != std::string::npos) continue;
    steps.push_back(std::stoll(digits));
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

CheckpointFolder::CheckpointFolder(fs::path folder, int keep, int64_t keep_every)
    : folder_(std::move(folder)), keep_(std::max(1, keep)), keep_every_(keep_every) {}

void CheckpointFolder::save(int64_t step, const std::vector<CheckpointPart>& parts, Json state) {
  const fs::path target = folder_ / name_of(step), work = folder_ / (name_of(step) + kUnfinished);
  std::error_code ignored;
  fs::remove_all(work, ignored);
  try {
    fs::create_directories(work);
    Json sizes = Json::object();
    for (const CheckpointPart& part : parts) {
      write_safetensors(work / part.file, part.tensors);
      sizes[part.file] = fs::file_size(work / part.file);
    }
    state["step"] = step;
    state["files"] = sizes;
    write_file(work / "trainer.json", state.dump(1) + "\n");
    fs::remove_all(target);  // of a run that was here before and has been superseded
    fs::rename(work, target);
    sync_folder(folder_);
    write_file(folder_ / "latest", name_of(step) + "\n");
  } catch (const fs::filesystem_error& e) {
    fs::remove_all(work, ignored);
    throw Error(cat("The checkpoint ", target.string(), " cannot be written: ", e.code().message(), "."));
  } catch (...) {
    fs::remove_all(work, ignored);
    throw;
  }
  const auto steps = steps_in(folder_);
  for (size_t i = 0; i + size_t(keep_) < steps.size(); ++i)
    if (keep_every_ <= 0 || steps[i] % keep_every_ != 0) fs::remove_all(folder_ / name_of(steps[i]), ignored);
}

std::optional<CheckpointFolder::Found> CheckpointFolder::newest() const {
  const auto steps = steps_in(folder_);
  for (auto it = steps.rbegin(); it != steps.rend(); ++it) {
    const fs::path folder = folder_ / name_of(*it), file = folder / "trainer.json";
    try {
      Json state = parse_json(read_file(file, kMaxState), file.string());
      const Fields fields(state, file.string());
      bool whole = fields.integer("step") == *it;
      for (const auto& [name, size] : fields.object("files").json().items()) {
        std::error_code error;
        whole = whole && size.is_number_unsigned() && fs::file_size(folder / name, error) == size.get<uint64_t>();
      }
      if (whole) return Found{folder, *it, std::move(state)};
    } catch (const LoadError&) {  // cut short: the one before counts
    }
  }
  return std::nullopt;
}

void load_part(const fs::path& checkpoint, const CheckpointPart& part) {
  const auto file = SafetensorsFile::open(checkpoint / part.file);
  for (const auto& [name, tensor] : part.tensors) {
    const at::Tensor stored = file->tensor(name);
    if (stored.sizes() != tensor.sizes())
      throw LoadError(cat(file->path().string(), ": tensor '", name, "' has shape ", stored.sizes(), ", expected ",
                          tensor.sizes(), "; the run was started with another model"));
    at::Tensor(tensor.detach()).copy_(stored);
  }
}

}  // namespace b3o::train
