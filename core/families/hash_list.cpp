#include "core/families/hash_list.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <span>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostList = 4u << 20, kMostNote = 4096;  // bytes
constexpr int kMostFiles = 20'000, kDeepest = 6;
constexpr const char* kList = "SHA256SUMS";
constexpr const char* kNotes = ".cache/huggingface/download";
constexpr std::string_view kNoteEnd = ".metadata";

using Hashes = std::map<std::string, std::string>;  // by file

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'F') c = char(c - 'A' + 'a');
  return text;
}

bool stays_inside(const fs::path& file) {
  return !file.empty() && file.is_relative() && !file.has_root_name() &&
         std::none_of(file.begin(), file.end(), [](const fs::path& part) { return part == ".."; });
}

// "<64 digits>  <file>", or " *" before the file.
void read_list(const fs::path& list, Hashes& hashes) {
  std::istringstream lines(read_file(list, kMostList));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    const std::string where = cat(list.string(), ": line ", number);
    const std::string hash = lower(line.substr(0, 64));
    if (!is_sha256(hash) || line.size() < 67 || line[64] != ' ' || (line[65] != ' ' && line[65] != '*'))
      throw LoadError(
          cat(where, " is '", for_message(line, 80), "', expected 64 hexadecimal digits, two spaces and a file"));
    const fs::path file = fs::path(line.substr(66)).lexically_normal();
    if (!stays_inside(file))
      throw LoadError(cat(where, " names '", for_message(line.substr(66), 80), "', which is not inside the folder"));
    hashes[file.generic_string()] = hash;
  }
}

// Every file below the folder, as a path relative to it.
template <class Visit>
void each_file(const fs::path& folder, Visit visit) {
  int files = 0;
  std::error_code unreadable, unknown;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator it(folder, options, unreadable), end; !unreadable && it != end;
       it.increment(unreadable)) {
    if (it.depth() >= kDeepest) it.disable_recursion_pending();
    if (it->is_directory(unknown)) continue;
    visit(it->path(), it->path().lexically_relative(folder).generic_string());
    if (++files == kMostFiles) return;
  }
}

// A cache's file is a link to blobs/<SHA-256>; small files are stored under another kind of hash.
void read_blob_names(const fs::path& folder, Hashes& hashes) {
  each_file(folder, [&](const fs::path& path, const std::string& name) {
    std::error_code no_link;
    const fs::path target = fs::read_symlink(path, no_link);
    if (no_link || target.parent_path().filename() != "blobs") return;
    if (const std::string hash = target.filename().string(); is_sha256(hash)) hashes.emplace(name, hash);
  });
}

// <file>.metadata: the revision, the file's hash, the time.
void read_notes(const fs::path& folder, Hashes& hashes) {
  const fs::path notes = folder / kNotes;
  each_file(notes, [&](const fs::path& path, const std::string& name) {
    if (!name.ends_with(kNoteEnd)) return;
    std::istringstream lines(read_file(path, kMostNote));
    std::string revision, hash;
    std::getline(lines, revision);
    std::getline(lines, hash);
    const std::string file = name.substr(0, name.size() - kNoteEnd.size());
    if (is_sha256(hash) && stays_inside(file)) hashes.emplace(file, hash);
  });
}

uint64_t size_of(const fs::path& file) {
  std::error_code unknown;
  const auto size = fs::file_size(file, unknown);
  return unknown ? 0 : size;
}

template <class Read>
std::string hash_of(const fs::path& file, Read read) {
  std::error_code unknown;  // a pipe would block the opening
  std::ifstream in;
  if (fs::is_regular_file(file, unknown)) in.open(file, std::ios::binary);
  if (!in.is_open()) throw LoadError(cat(file.string(), ": cannot be opened"));
  Sha256 hash;
  std::vector<char> buffer(1 << 20);
  while (in) {
    in.read(buffer.data(), std::streamsize(buffer.size()));
    hash.add(std::string_view(buffer.data(), size_t(in.gcount())));
    read(uint64_t(in.gcount()));
  }
  if (in.bad()) throw LoadError(cat(file.string(), ": reading failed"));
  return hash.hex();
}

}  // namespace

std::vector<ListedHash> listed_hashes(const fs::path& folder) {
  Hashes hashes;
  std::error_code unreachable;
  if (fs::exists(folder / kList, unreachable)) read_list(folder / kList, hashes);
  read_blob_names(folder, hashes);
  read_notes(folder, hashes);
  std::vector<ListedHash> out;
  for (const auto& [file, hash] : hashes) out.push_back({file, hash});
  return out;
}

HashReport verify_hashes(const fs::path& folder, const std::function<void(uint64_t, uint64_t)>& progress) {
  HashReport report;
  const auto listed = listed_hashes(folder);
  report.listed = int(listed.size());
  uint64_t total = 0;
  for (const auto& item : listed) total += size_of(folder / item.file);
  progress(0, total);
  for (const auto& item : listed) {
    std::error_code unreachable;
    if (!fs::exists(folder / item.file, unreachable)) {
      report.missing.push_back(item.file);
      continue;
    }
    const std::string hash = hash_of(folder / item.file, [&](uint64_t bytes) {
      report.bytes += bytes;
      progress(report.bytes, std::max(total, report.bytes));
    });
    if (hash != item.sha256) report.wrong.push_back(item.file);
  }
  each_file(folder, [&](const fs::path& path, const std::string& name) {
    const bool known = std::any_of(listed.begin(), listed.end(), [&](const ListedHash& l) { return l.file == name; });
    if (path.extension() == ".safetensors" && !known) report.unlisted.push_back(name);
  });
  std::sort(report.unlisted.begin(), report.unlisted.end());
  return report;
}

}  // namespace b3o
