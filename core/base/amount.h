// Amounts in words.
#pragma once

#include <cstdint>
#include <string>

namespace b3o {

std::string bytes_text(uint64_t bytes);  // "1.5 MB", "312 MB", "1.9 GB"

}  // namespace b3o
