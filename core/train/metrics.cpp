#include "core/train/metrics.h"

#include "core/base/error.h"
#include "core/base/file.h"

namespace b3o::train {
namespace {

int64_t step_of(const std::string& line, const std::string& where) {
  try {
    const Json json = parse_json(line, where);
    return Fields(json, where).integer("step");
  } catch (const LoadError&) {
    return -1;  // cut short
  }
}

}  // namespace

MetricsFile::MetricsFile(const std::filesystem::path& file, int64_t step) {
  std::string kept;
  if (std::ifstream in(file); in) {
    std::string line;
    while (std::getline(in, line)) {
      const int64_t at = step_of(line, file.string());
      if (at >= 0 && at <= step) kept += line + "\n";
    }
  }
  if (step == 0) kept.clear();
  write_file(file, kept);
  out_.open(file, std::ios::app);
}

void MetricsFile::write(const Json& line) {
  out_.clear();
  out_ << line.dump() << "\n" << std::flush;
}

}  // namespace b3o::train
