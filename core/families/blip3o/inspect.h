// What a folder holds and what it would need, without reading any weight.
#pragma once

#include <string>
#include <vector>

#include "core/families/blip3o/official.h"
#include "core/families/fit.h"

namespace b3o {

struct Inspection {
  std::string name, kind;
  std::vector<PartTensors> parts;
  uint64_t file_bytes = 0;  // of all tensors as they are stored
  Fit fit;
  std::vector<std::string> warnings;
};

// Of a folder. LoadError where loading it would fail.
Inspection inspect_folder(const LoadModel& request);
// Of "4b", "8b" or "tiny" as bf16 files.
Inspection inspect_like(const std::string& like, const LoadModel& request);

// Reads everything a folder holds the way a job would, values included; LoadError, RequestError or Stop.
void check_model(const LoadModel& request, const std::function<void(const std::string& part)>& reading);

}  // namespace b3o
