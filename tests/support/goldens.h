// Golden data of tests/data: tensors by key, and JSON files.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/weights/safetensors.h"
#include "tests/support/case.h"

namespace b3o::test {

class Goldens {
 public:
  // relative: below tests/data, for example "generation/chain.safetensors".
  explicit Goldens(const std::string& relative) : file_(SafetensorsFile::open(data_path(relative))) {}
  bool has(const std::string& key) const { return file_->has(key); }
  // A copy of its own: half types as fp32, all others as stored.
  at::Tensor at(const std::string& key) const {
    const at::Tensor t = file_->tensor(key);
    return t.is_floating_point() && t.element_size() == 2 ? t.to(at::kFloat) : t.clone();
  }
  const SafetensorsFile& file() const { return *file_; }

 private:
  std::shared_ptr<const SafetensorsFile> file_;
};

inline Json golden_json(const std::string& relative) {
  const auto file = data_path(relative);
  return parse_json(read_file(file, 64u << 20), file.string());
}

}  // namespace b3o::test
