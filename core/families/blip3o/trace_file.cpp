#include "core/families/blip3o/trace_file.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/sampling/noise.h"

namespace b3o {
namespace {

at::Tensor stored_form(const at::Tensor& value) {
  const at::Tensor on_cpu = value.detach().to(at::kCPU);
  return (on_cpu.is_floating_point() ? on_cpu.to(at::kFloat) : on_cpu).contiguous().clone();
}

}  // namespace

void TraceFile::put(const std::string& name, const at::Tensor& value) {
  if (on()) values_[name] = stored_form(value);
}

void TraceFile::append(const std::string& name, const at::Tensor& row) {
  if (on()) rows_[name].push_back(stored_form(row));
}

void TraceFile::write() {
  if (!on()) return;
  for (const auto& [name, rows] : rows_) values_[name] = at::stack(rows);
  write_safetensors(file_, {values_.begin(), values_.end()});
}

Draws::Draws(const std::filesystem::path& file) {
  if (!file.empty()) file_ = SafetensorsFile::open(file);
}

at::Tensor Draws::normal(const std::string& name, uint64_t seed, uint64_t stream, at::IntArrayRef shape) const {
  if (!file_ || !file_->has(name)) return standard_normal(seed, stream, shape);
  const at::Tensor given = file_->tensor(name).to(at::kFloat);
  if (given.sizes() != shape)
    throw RequestError(
        cat(file_->path().string(), ": tensor '", name, "' has shape ", given.sizes(), ", expected ", shape, "."));
  return given.clone();
}

}  // namespace b3o
