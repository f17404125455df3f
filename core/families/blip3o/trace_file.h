// Looking inside a run and steering its random draws, so that anyone can compare it with the reference from outside.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/weights/safetensors.h"

namespace b3o {

// Intermediates of one job, written as one safetensors file at its end. Without a file name every call is a no-op.
class TraceFile {
 public:
  explicit TraceFile(std::filesystem::path file) : file_(std::move(file)) {}
  bool on() const { return !file_.empty(); }
  // The value under this name; floats are stored as fp32. A name given twice keeps the last value.
  void put(const std::string& name, const at::Tensor& value);
  // One more row of the tensor [n, ...] under this name.
  void append(const std::string& name, const at::Tensor& row);
  void write();

 private:
  std::filesystem::path file_;
  std::map<std::string, at::Tensor> values_;
  std::map<std::string, std::vector<at::Tensor>> rows_;
};

// The random draws of a job: from the file when it holds the name, else from the generator.
class Draws {
 public:
  explicit Draws(const std::filesystem::path& file);
  // fp32 on the CPU. RequestError when the file's tensor has another shape.
  at::Tensor normal(const std::string& name, uint64_t seed, uint64_t stream, at::IntArrayRef shape) const;

 private:
  std::shared_ptr<const SafetensorsFile> file_;
};

}  // namespace b3o
