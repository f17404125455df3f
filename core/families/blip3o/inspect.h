// What a folder holds and what it would need, without reading any weight.
#pragma once

#include <string>
#include <vector>

#include "core/families/blip3o/number_type.h"
#include "core/families/blip3o/official.h"

namespace b3o {

// Bytes. Scratch is what one picture at the native size needs beside the weights, an estimate from the widths of the
// networks.
struct MemoryEstimate {
  uint64_t weights_in_files = 0, weights_copied = 0;  // copied: what does not stay mapped from the files
  uint64_t cache_per_token = 0, scratch = 0;
};

struct Inspection {
  std::string name, kind;
  std::vector<PartTensors> parts;
  ComputeChoice compute;
  MemoryEstimate memory;
  std::vector<std::string> warnings;
};

// Of a folder. LoadError where loading it would fail.
Inspection inspect_folder(const LoadModel& request);
// Of "4b", "8b" or "tiny" as bf16 files.
Inspection inspect_like(const std::string& like, const LoadModel& request);

// Reads everything a folder holds the way a job would, values included; LoadError, RequestError or Stop.
void check_model(const LoadModel& request, const std::function<void(const std::string& part)>& reading);

}  // namespace b3o
