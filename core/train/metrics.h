// metrics.jsonl: one JSON object a line, flushed at once.
#pragma once

#include <filesystem>
#include <fstream>

#include "core/base/json.h"

namespace b3o::train {

class MetricsFile {
 public:
  // Goes on in an existing file behind its lines up to `step`; later ones belong to what was lost and are removed.
  MetricsFile(const std::filesystem::path& file, int64_t step);
  void write(const Json& line);  // a full disk loses lines, never the run

 private:
  std::ofstream out_;
};

}  // namespace b3o::train
