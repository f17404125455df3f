#include "core/families/blip3o/number_type.h"

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>

#include <chrono>
#include <sstream>

#include "core/base/error.h"
#include "core/families/memory.h"

namespace b3o {
namespace {

constexpr uint64_t kSmallModel = uint64_t(256) << 20;  // bytes; below this fp32 costs nothing anyone notices

template <class F>
double best_seconds(F f) {
  double best = 1e9;
  for (int i = 0; i < 4; ++i) {  // the first run also warms the caches
    const auto start = std::chrono::steady_clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

bool cuda_is_there() { return at::hasCUDA() && at::accelerator::deviceCount() > 0; }

at::ScalarType scalar_type(NumberType type) {
  return type == NumberType::bf16 ? at::kBFloat16 : type == NumberType::fp16 ? at::kHalf : at::kFloat;
}

// The automatic choice on the CPU, with its reason.
std::pair<at::ScalarType, std::string> cpu_type(uint64_t weight_bytes) {
  if (weight_bytes < kSmallModel) return {at::kFloat, "A small model: fp32 is exact and fits easily."};
  const CpuRates rates = bf16_against_fp32();
  std::ostringstream measured;
  measured.precision(2);
  measured << "measured on this CPU: bf16 is " << rates.linear << " times as fast as fp32 in matrix products and "
           << rates.conv << " times in convolutions";
  if (rates.linear > 1.2 && rates.conv > 0.9) return {at::kBFloat16, "bf16, " + measured.str() + "."};
  return {at::kFloat, "fp32, " + measured.str() + "."};
}

}  // namespace

std::string name_of(at::ScalarType type) {
  return type == at::kBFloat16 ? "bf16" : type == at::kHalf ? "fp16" : "fp32";
}

CpuRates bf16_against_fp32() {
  static const CpuRates rates = [] {
    const at::Tensor x = at::ones({128, 1024}), w = at::ones({1024, 1024});
    const at::Tensor picture = at::ones({1, 64, 32, 32}), kernel = at::ones({64, 64, 3, 3});
    const auto linear = [](const at::Tensor& a, const at::Tensor& b) {
      return best_seconds([&] { at::linear(a, b); });
    };
    const auto conv = [](const at::Tensor& a, const at::Tensor& b) {
      return best_seconds([&] { at::conv2d(a, b, {}, 1, 1); });
    };
    const auto half = [](const at::Tensor& t) { return t.to(at::kBFloat16); };
    return CpuRates{linear(x, w) / linear(half(x), half(w)), conv(picture, kernel) / conv(half(picture), half(kernel))};
  }();
  return rates;
}

ComputeChoice choose_compute(DeviceChoice device, NumberType type, uint64_t weight_bytes, at::ScalarType stored,
                             bool lean) {
  ComputeChoice out;
  if (device == DeviceChoice::cuda && !cuda_is_there())
    throw RequestError("There is no CUDA device that this build can use; choose the CPU or install the CUDA build.");
  const bool cuda = device != DeviceChoice::cpu && cuda_is_there();
  if (cuda) {
    out.placement = {at::Device(at::kCUDA, 0), at::kBFloat16, false};
    out.device = "CUDA 0";
    out.reason = "bf16 is the type the weights were trained in.";
  } else {
    std::tie(out.placement.compute, out.reason) =
        type == NumberType::automatic ? cpu_type(weight_bytes) : std::pair(at::kFloat, std::string());
    out.device = "CPU";
  }
  if (type != NumberType::automatic) {
    out.placement.compute = scalar_type(type);
    out.reason = "Chosen by you.";
  }
  // A converted copy is faster than converting panels at every use, but only where it leaves most memory free.
  const double copied =
      double(weight_bytes) / double(at::elementSize(stored)) * double(at::elementSize(out.placement.compute));
  out.placement.keep_stored_matrices =
      !cuda && stored != out.placement.compute && (lean || copied > 0.25 * double(system_memory().free));
  out.number_type = name_of(out.placement.compute);
  return out;
}

}  // namespace b3o
