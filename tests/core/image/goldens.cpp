#include "tests/core/image/goldens.h"

#include <cstring>

#include "core/base/file.h"
#include "core/weights/safetensors.h"
#include "tests/support/case.h"

namespace b3o::test {

Goldens::Goldens(const std::string& file) : file_(SafetensorsFile::open(data_path(file))) {}

bool Goldens::has(const std::string& name) const { return file_->has(name); }

std::vector<float> Goldens::floats(const std::string& name) const {
  const auto bytes = file_->bytes_of(name);
  std::vector<float> out(bytes.size() / 4);
  std::memcpy(out.data(), bytes.data(), bytes.size());
  return out;
}

Image Goldens::image(const std::string& name) const {
  const auto& shape = file_->entries().at(name).shape;
  Image out{int(shape[1]), int(shape[0])};
  const auto bytes = file_->bytes_of(name);
  check_equal(bytes.size(), out.pixels.size(), name + "'s size");
  std::memcpy(out.pixels.data(), bytes.data(), bytes.size());
  return out;
}

Json json_file(const std::string& file) { return parse_json(read_file(data_path(file), 1 << 24), file); }

void check_bits(const std::vector<float>& got, size_t at, const std::vector<float>& wanted, const std::string& what) {
  check(at + wanted.size() <= got.size(), what + " is too short");
  for (size_t i = 0; i < wanted.size(); ++i)
    if (std::memcmp(&got[at + i], &wanted[i], sizeof(float)) != 0)
      throw CheckFailed(what + "[" + shown(i) + "] is " + shown(got[at + i]) + ", expected " + shown(wanted[i]));
}

void check_same(const Image& got, const Image& wanted, const std::string& what) {
  check_equal(got.width, wanted.width, what + "'s width");
  check_equal(got.height, wanted.height, what + "'s height");
  for (size_t i = 0; i < wanted.pixels.size(); ++i)
    if (got.pixels[i] != wanted.pixels[i])
      throw CheckFailed(what + " byte " + shown(i) + " is " + shown(int(got.pixels[i])) + ", expected " +
                        shown(int(wanted.pixels[i])));
}

}  // namespace b3o::test
