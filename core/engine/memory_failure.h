// Failures for lack of memory: told from mistakes, and put into the sentence that the user reads.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "core/families/family.h"

namespace b3o {

struct MemoryShortage {
  uint64_t asked = 0;  // bytes that were wanted at once; 0: not known
};

// Nothing when the failure has another cause.
std::optional<MemoryShortage> memory_shortage(const std::exception& failure);

// What is not known is left out.
std::string memory_sentence(const Request& request, const MemoryShortage& shortage, const MemoryNeed& need);

}  // namespace b3o
