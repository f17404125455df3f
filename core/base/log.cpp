// The one source that includes spdlog: torch's wheel carries another fmt, and the two must not meet in one file.
#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace b3o {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const auto made = [] {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    sink->set_level(spdlog::level::warn);
    auto log = std::make_shared<spdlog::logger>("blip3o", sink);
    log->set_level(spdlog::level::debug);
    log->set_pattern("%Y-%m-%d %H:%M:%S.%e %l: %v");
    return log;
  }();
  return *made;
}

}  // namespace

void log_line(LogLevel level, const std::string& text) { logger().log(level_of(level), "{}", text); }

void log_to_stderr_from(LogLevel level) { logger().sinks().front()->set_level(level_of(level)); }

void log_to_file(const std::filesystem::path& file) {
  auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), 5u << 20, 3);
  sink->set_pattern("%Y-%m-%d %H:%M:%S.%e %l: %v");
  logger().sinks().push_back(sink);
  logger().flush_on(spdlog::level::info);
}

}  // namespace b3o
