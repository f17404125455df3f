#include "tests/core/families/support.h"

namespace b3o::test {

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
