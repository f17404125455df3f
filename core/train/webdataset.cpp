#include "core/train/webdataset.h"

#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/image/codec.h"
#include "core/train/pattern.h"
#include "core/train/tar.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxPicture = 256u << 20, kMaxText = 1u << 20;
constexpr size_t kMaxIndex = 1u << 30;
constexpr int kIndexForm = 1;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return text;
}

int64_t changed(const fs::path& file) {
  std::error_code error;
  const auto time = fs::last_write_time(file, error);
  return error ? 0 : int64_t(time.time_since_epoch().count());
}

Json index_head(const fs::path& shard) {
  return {{"blip3o_index", kIndexForm}, {"bytes", fs::file_size(shard)}, {"changed", changed(shard)}};
}

fs::path index_of(const fs::path& shard) { return shard.string() + ".idx"; }

}  // namespace

std::vector<fs::path> matching_files(const std::vector<std::string>& names, const std::string& ending) {
  std::vector<fs::path> out;
  for (const std::string& name : names) {
    const fs::path path(name);
    std::error_code error;
    std::vector<fs::path> found;
    const bool folder = fs::is_directory(path, error), pattern = name.find('*') != std::string::npos;
    if (folder || pattern) {
      const fs::path where = folder ? path : path.has_parent_path() ? path.parent_path() : fs::path(".");
      const std::string wanted = folder ? "*" + ending : path.filename().string();
      for (const auto& entry : fs::directory_iterator(where, error))
        if (entry.is_regular_file(error) && matches_pattern(entry.path().filename().string(), wanted))
          found.push_back(entry.path());
      std::sort(found.begin(), found.end());
    } else if (fs::is_regular_file(path, error)) {
      found.push_back(path);
    }
    if (found.empty()) throw LoadError(cat(name, ": there is no such data; expected a file, a folder or a pattern"));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

WebDataset::WebDataset(const std::vector<std::string>& names) {
  for (const fs::path& file : matching_files(names, ".tar")) {
    Shard& shard = shards_.emplace_back();
    shard.file = file;
    if (!read_index(shard)) {
      scan(shard);
      write_index(shard);
    }
    if (shard.incomplete > 0)
      notes_.push_back(cat(file.string(), ": ", shard.incomplete, " examples lack a picture or a text"));
    sizes_.push_back(int64_t(shard.entries.size()));
  }
}

void WebDataset::scan(Shard& shard) {
  Entry entry;
  bool open = false;
  const auto close = [&] {
    if (!open) return;
    if (entry.picture.size > 0 && entry.text.size > 0)
      shard.entries.push_back(entry);
    else
      ++shard.incomplete;
  };
  const std::string end = scan_tar(shard.file, [&](const TarMember& member) {
    const size_t base = member.path.rfind('/') == std::string::npos ? 0 : member.path.rfind('/') + 1;
    const size_t dot = member.path.find('.', base);
    if (dot == std::string::npos) return;
    const std::string key = member.path.substr(0, dot), field = lower(member.path.substr(dot + 1));
    if (!open || key != entry.key) {
      close();
      entry = {key, {}, {}};
      open = true;
    }
    if (field == "jpg" || field == "jpeg" || field == "png" || field == "webp")
      entry.picture = {member.offset, member.size};
    else if (field == "txt")
      entry.text = {member.offset, member.size};
  });
  close();
  if (!end.empty()) notes_.push_back(end);
}

bool WebDataset::read_index(Shard& shard) const {
  const fs::path file = index_of(shard.file);
  std::error_code error;
  if (!fs::exists(file, error)) return false;
  try {
    std::istringstream in(read_file(file, kMaxIndex));
    const uint64_t end = fs::file_size(shard.file);
    std::string line;
    Json wanted = index_head(shard.file);
    if (!std::getline(in, line)) return false;
    const Json head = parse_json(line, file.string());
    const Fields fields(head, file.string());
    for (const auto& [key, value] : wanted.items())
      if (!head.contains(key) || head[key] != value) return false;
    const int64_t count = fields.integer_in("examples", 0, int64_t(1) << 40);
    shard.incomplete = fields.integer_in("incomplete", 0, int64_t(1) << 40);
    while (std::getline(in, line)) {
      const Json json = parse_json(line, file.string());
      const Fields entry(json, file.string());
      const auto field = [&](const char* key) {
        const auto numbers = entry.integers(key);
        if (numbers.size() != 2 || numbers[0] < 0 || numbers[1] < 1 || uint64_t(numbers[0]) > end ||
            uint64_t(numbers[1]) > end - uint64_t(numbers[0]))
          throw LoadError(file.string() + ": points outside the shard");
        return Field{uint64_t(numbers[0]), uint64_t(numbers[1])};
      };
      shard.entries.push_back({entry.string("key"), field("picture"), field("text")});
    }
    if (int64_t(shard.entries.size()) == count) return true;
  } catch (const std::exception&) {  // damaged: made anew
  }
  shard.entries.clear();
  shard.incomplete = 0;
  return false;
}

void WebDataset::write_index(const Shard& shard) const {
  try {
    Json head = index_head(shard.file);
    head["examples"] = shard.entries.size();
    head["incomplete"] = shard.incomplete;
    std::string out = head.dump() + "\n";
    for (const Entry& e : shard.entries)
      out +=
          Json{{"key", e.key}, {"picture", {e.picture.offset, e.picture.size}}, {"text", {e.text.offset, e.text.size}}}
              .dump(-1, ' ', false, Json::error_handler_t::replace) +
          "\n";
    write_file(index_of(shard.file), out);
  } catch (const std::exception&) {  // a read-only folder: the shard is scanned again next time
  }
}

std::string WebDataset::text(int64_t shard, int64_t index) {
  const Entry& e = entry(shard, index);
  const std::string where = cat(shards_[size_t(shard)].file.string(), ": ", e.key);
  if (e.text.size > kMaxText) throw LoadError(cat(where, ": the text has ", e.text.size, " bytes"));
  std::string text = read_range(shards_[size_t(shard)].file, e.text.offset, e.text.size);
  if (!is_valid_utf8(text)) throw LoadError(where + ": the text is not UTF-8");
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  if (text.empty()) throw LoadError(where + ": the text is empty");
  return text;
}

Example WebDataset::read(int64_t shard, int64_t index) {
  const Entry& e = entry(shard, index);
  const fs::path& file = shards_[size_t(shard)].file;
  const std::string where = cat(file.string(), ": ", e.key);
  if (e.picture.size > kMaxPicture) throw LoadError(cat(where, ": the picture has ", e.picture.size, " bytes"));
  Example out;
  out.id = cat(file.filename().string(), ":", e.key, "@", e.picture.offset, "+", e.picture.size);
  out.text = text(shard, index);
  const std::string bytes = read_range(file, e.picture.offset, e.picture.size);
  out.target = decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), where);
  return out;
}

}  // namespace b3o::train
