// Whether a model folder fits into memory, told before anything of it is loaded.
#pragma once

#include <cstdint>
#include <string>

#include "core/families/family.h"

namespace b3o {

// Bytes on the device. What a load, a talk and a drawing at the native size need, one after the other.
struct Fit {
  enum class Verdict {
    fits,
    slow,  // the weights that stay in their files do not all fit beside the rest: they are read again and again
    too_large
  };
  std::string device, number_type, reason;
  uint64_t weights = 0;  // copied into memory
  uint64_t mapped = 0;   // weights used where they lie in the files; the system may drop and read them again
  uint64_t cache = 0;    // keys and values of `cache_tokens` tokens
  int cache_tokens = 0;
  uint64_t scratch = 0;  // beside both while a picture is drawn
  uint64_t free = 0, total = 0;

  uint64_t need() const { return weights + cache + scratch; }
  Verdict verdict() const {
    return need() > free ? Verdict::too_large : need() + mapped > free ? Verdict::slow : Verdict::fits;
  }
};

// LoadError where the folder would not load, RequestError for a device that is not there; reads no weight values.
Fit fit_folder(const LoadModel& request);
MemoryNeed need_of_load(const LoadModel& request);
// Of "4b", "8b" or "tiny", which need not be there.
Fit fit_like(const std::string& like, const LoadModel& request);

}  // namespace b3o
