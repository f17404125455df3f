// Golden tensors as plain values.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"

namespace b3o {
class SafetensorsFile;
}

namespace b3o::test {

class Goldens {
 public:
  explicit Goldens(const std::string& file);  // relative to tests/data
  bool has(const std::string& name) const;
  std::vector<float> floats(const std::string& name) const;
  Image image(const std::string& name) const;  // [H, W, 3] of bytes

 private:
  std::shared_ptr<const SafetensorsFile> file_;
};

Json json_file(const std::string& file);  // relative to tests/data
// Fails unless got's values, from `at` on, have wanted's very bits.
void check_bits(const std::vector<float>& got, size_t at, const std::vector<float>& wanted, const std::string& what);
void check_same(const Image& got, const Image& wanted, const std::string& what);

}  // namespace b3o::test
