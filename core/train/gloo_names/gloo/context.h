// The names of Gloo that c10d's header mentions. The wheel of PyTorch holds Gloo inside libtorch and c10d's header, but
// not Gloo's own headers; c10d passes these types through pointers only, so their names are enough.
#pragma once

#include <chrono>

namespace gloo {
class Context {
 public:
  void setTimeout(std::chrono::milliseconds timeout);
};
namespace transport {
class Device;
class UnboundBuffer;
}  // namespace transport
}  // namespace gloo
