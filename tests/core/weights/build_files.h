// Making small safetensors files by hand, also wrong ones.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "tests/support/case.h"

namespace b3o::test {

// Without the flush to the disk that write_file() waits for.
inline void put_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), std::streamsize(bytes.size()));
  out.close();
  if (!out) throw CheckFailed("cannot write " + file.string());
}

inline std::string with_length(uint64_t length, const std::string& rest) {
  std::string bytes(8, '\0');
  for (int i = 0; i < 8; ++i) bytes[size_t(i)] = char(length >> (8 * i));
  return bytes + rest;
}

// header as JSON text, then `data` bytes of data.
inline std::string safetensors(const std::string& header, size_t data = 0) {
  return with_length(header.size(), header + std::string(data, '\1'));
}

inline std::string tensor(const std::string& name, const std::string& type, const std::string& shape,
                          const std::string& offsets) {
  return '"' + name + R"(":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

// One F32 tensor [2] per name, in the given order.
inline std::string small_file(const std::vector<std::string>& names) {
  std::string header;
  for (size_t i = 0; i < names.size(); ++i)
    header += (i ? "," : "{") + tensor(names[i], "F32", "[2]", "[" + shown(8 * i) + "," + shown(8 * i + 8) + "]");
  return safetensors(header + "}", 8 * names.size());
}

}  // namespace b3o::test
