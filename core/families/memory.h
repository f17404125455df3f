// The memory a model may use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace b3o {

struct Memory {
  uint64_t free = 0, total = 0;  // bytes
};

// Of the system as this process may use it: what can be had without swapping, within the limits that were set for this
// process and its group.
Memory system_memory();
// Of a device as ModelInfo names it: "CPU", or a card ("CUDA 0").
Memory memory_of(const std::string& device);
// The bytes that were asked for at once when this message of the maths library tells of a lack of memory (0: it does
// not say); nothing when it tells of another failure, a size that no machine has among them.
std::optional<uint64_t> bytes_lacking(const std::string& message);

// Hands what was freed back to the system.
void return_freed_memory();

}  // namespace b3o
