// On which device and in which number type a model computes, and whether its matrices stay as they are in the file.
#pragma once

#include <string>

#include "core/api/request.h"
#include "core/weights/scope.h"

namespace b3o {

struct ComputeChoice {
  Placement placement;
  std::string device;       // for people
  std::string number_type;  // fp32, bf16 or fp16
  std::string reason;       // one sentence
};

// weight_bytes: of all tensors in the file's type; stored: that type; lean: no copies of matrices that can stay in
// the files. Throws RequestError when the device is absent.
ComputeChoice choose_compute(DeviceChoice device, NumberType type, uint64_t weight_bytes, at::ScalarType stored,
                             bool lean = false);

// How much faster bf16 is than fp32 on this CPU, by a probe of about 50 ms that is run once per process.
struct CpuRates {
  double linear = 1, conv = 1;  // time of fp32 / time of bf16
};
CpuRates bf16_against_fp32();

std::string name_of(at::ScalarType type);

}  // namespace b3o
