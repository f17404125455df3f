#include "core/train/nccl.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

#ifdef USE_C10D_NCCL
#include <c10/cuda/CUDAFunctions.h>
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace b3o::train {

#ifdef USE_C10D_NCCL
c10::intrusive_ptr<c10d::Backend> nccl_backend(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size,
                                               c10::Device device, std::chrono::milliseconds patience) {
  c10::cuda::set_device(device.index());
  const auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = patience;
  return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
}
#else
c10::intrusive_ptr<c10d::Backend> nccl_backend(const c10::intrusive_ptr<c10d::Store>&, int, int, c10::Device,
                                               std::chrono::milliseconds) {
  throw RequestError(
      "This build knows no NCCL, so several GPUs cannot train together: it was made without the headers of CUDA and "
      "NCCL beside PyTorch. Train with one GPU, or build it again where the packages nvidia-nccl and "
      "nvidia-cuda-runtime are.");
}
#endif

}  // namespace b3o::train
