// The program's log: lines to stderr and, when asked, to a file. Never holds prompts or answers.
#pragma once

#include <filesystem>
#include <string>

namespace b3o {

enum class LogLevel { debug, info, warning, error };

void log_line(LogLevel level, const std::string& text);
inline void log_info(const std::string& text) { log_line(LogLevel::info, text); }
inline void log_warning(const std::string& text) { log_line(LogLevel::warning, text); }
// The lowest level that reaches stderr; warning by default, so that command output stays clean.
void log_to_stderr_from(LogLevel level);
// Also appends every line to this file (rotated at 5 MB, 3 kept).
void log_to_file(const std::filesystem::path& file);

}  // namespace b3o
