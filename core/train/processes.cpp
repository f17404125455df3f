// Groups of processes over c10d, the collectives of PyTorch, without its Python half.
#include <ATen/ATen.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "core/train/group.h"
#include "core/train/nccl.h"

namespace b3o::train {
namespace {

// A process that is busy saving a large checkpoint answers late; one that is gone is noticed at once.
constexpr std::chrono::minutes kPatience{30};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

int number(const char* name, int low, int high) {
  const std::string text = environment(name);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    throw RequestError(cat("The environment variable ", name, " is '", text, "', expected a number from ", low, " to ",
                           high, "; start several processes with torchrun --no-python."));
  return value;
}

std::string first_line(const char* text) { return std::string(text, std::strcspn(text, "\n")); }

class ProcessGroup : public Group {
 public:
  ProcessGroup(c10::intrusive_ptr<c10d::Backend> backend, c10::Device device)
      : backend_(std::move(backend)), device_(device) {}
  int rank() const override { return backend_->getRank(); }
  int size() const override { return backend_->getSize(); }

  void sum(at::Tensor& values) override {
    together(values, [&](std::vector<at::Tensor>& v) { return backend_->allreduce(v); });
  }
  void share(at::Tensor& values) override {
    together(values, [&](std::vector<at::Tensor>& v) { return backend_->broadcast(v); });
  }

 private:
  template <class Operation>
  void together(at::Tensor& values, Operation operation) {
    try {
      std::vector<at::Tensor> there = {values.to(device_)};
      operation(there)->wait();
      if (!there[0].is_same(values)) values.copy_(there[0]);
    } catch (const std::exception& e) {
      throw LostProcess(cat("Process ", rank(), " of ", size(), " lost another one (", first_line(e.what()), ")."));
    }
  }
  c10::intrusive_ptr<c10d::Backend> backend_;
  c10::Device device_;
};

c10::intrusive_ptr<c10d::Store> meeting_place(int rank, int size) {
  c10d::TCPStoreOptions options;
  options.port = uint16_t(number("MASTER_PORT", 1, 65535));
  options.isServer = rank == 0 && environment("TORCHELASTIC_USE_AGENT_STORE") != "True";
  options.numWorkers = size_t(size);
  options.waitWorkers = false;
  options.timeout = std::chrono::minutes(5);
  std::string host = environment("MASTER_ADDR");
  if (host.empty()) host = "127.0.0.1";
  return c10::make_intrusive<c10d::PrefixStore>("blip3o/" + environment("TORCHELASTIC_RESTART_COUNT"),
                                                c10::make_intrusive<c10d::TCPStore>(host, options));
}

c10::intrusive_ptr<c10d::Backend> gloo(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size) {
  const auto options = c10d::ProcessGroupGloo::Options::create(kPatience);
  const std::string interface = environment("GLOO_SOCKET_IFNAME");
  const bool one_machine =
      environment("LOCAL_WORLD_SIZE").empty() || environment("LOCAL_WORLD_SIZE") == std::to_string(size);
  options->devices.push_back(!interface.empty() ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                             : one_machine      ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                                : c10d::ProcessGroupGloo::createDefaultDevice());
  return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
}

}  // namespace

std::unique_ptr<Group> join_group(c10::Device& device) {
  if (environment("WORLD_SIZE").empty()) return std::make_unique<Group>();
  const int size = number("WORLD_SIZE", 1, 1 << 16), rank = number("RANK", 0, size - 1);
  if (device.is_cuda()) device = c10::Device(c10::kCUDA, c10::DeviceIndex(number("LOCAL_RANK", 0, 127)));
  if (size == 1) return std::make_unique<Group>();
  try {
    const auto store = meeting_place(rank, size);
    return std::make_unique<ProcessGroup>(
        device.is_cuda() ? nccl_backend(store, rank, size, device, kPatience) : gloo(store, rank, size), device);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {  // of c10d and of Gloo
    throw LostProcess(cat("Process ", rank, " of ", size, " does not reach the others (", first_line(e.what()), ")."));
  }
}

}  // namespace b3o::train
