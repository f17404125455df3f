#include "tests/core/families/support.h"

#include "core/base/file.h"

namespace b3o::test {

namespace fs = std::filesystem;

FolderCopy::FolderCopy(const std::string& folder) { fs::copy(data_path(folder), path(), fs::copy_options::recursive); }

void FolderCopy::remove(const std::string& name) { fs::remove_all(path() / name); }

void FolderCopy::change(const std::string& name, const std::function<void(Json&)>& edit) {
  Json json = parse_json(read_file(path() / name, 64u << 20), name);
  edit(json);
  write_file(path() / name, json.dump());
}

std::unique_ptr<Family> FolderCopy::open(bool eager) const {
  Listener listener;
  JobContext job = listener.context();
  return open_family({path(), DeviceChoice::cpu, NumberType::fp32, eager}, job);
}

std::string FolderCopy::refusal() const {
  return message_of<LoadError>([this] { open(); });
}

std::unique_ptr<Family> open_test_model(const std::string& folder, NumberType type) {
  Listener listener;
  JobContext job = listener.context();
  return open_family({data_path(folder), DeviceChoice::cpu, type, false}, job);
}

Listener serve(Family& family, const Request& request) {
  const c10::InferenceMode inference;
  Listener listener;
  JobContext job = listener.context();
  validate(request);
  family.serve(request, job);
  return listener;
}

}  // namespace b3o::test
