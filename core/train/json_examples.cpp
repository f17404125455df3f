#include "core/train/json_examples.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/train/corpus_lessons.h"
#include "core/train/tar.h"
#include "core/train/webdataset.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxObject = 16u << 20;
constexpr char kDraw[] = "Please generate image based on the following caption: ";  // the prompt adds it again
constexpr char kJourneyPictures[] = "data/train/imgs";                              // of JourneyDB's folder

using Objects = std::vector<std::pair<uint64_t, uint64_t>>;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The objects of one top-level array, by their outer braces; the parser judges them when they are read. whole: whether
// the array has an end.
Objects objects_of_array(std::string_view text, bool& whole) {
  Objects out;
  int depth = 0;
  bool in_string = false, escaped = false;
  size_t begin = 0;
  for (size_t i = text.find('[') + 1; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (escaped)
        escaped = false;
      else if (c == '\\')
        escaped = true;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' && depth++ == 0) {
      begin = i;
    } else if (c == '}' && --depth == 0) {
      out.emplace_back(begin, i + 1 - begin);
    } else if (depth < 0 || (depth == 0 && c == ']')) {
      whole = depth == 0;
      break;
    }
  }
  return out;
}

Objects objects_of_lines(std::string_view text) {
  Objects out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (std::any_of(text.begin() + int64_t(at), text.begin() + int64_t(end), [](char c) { return !is_space(c); }))
      out.emplace_back(at, end - at);
    at = end + 1;
  }
  return out;
}

// The first of the keys that the object has; empty when it has none.
std::string key_of(const Fields& f, std::initializer_list<const char*> keys) {
  for (const char* key : keys)
    if (f.has(key)) return key;
  return "";
}

std::vector<std::string> picture_paths(const Fields& f) {
  const std::string key = key_of(f, {"image", "img_path", "image_path"});
  if (key.empty()) return {};
  if (f.raw(key).is_array()) return f.strings(key);
  return {f.string(key)};
}

std::string caption_of(const Fields& f) {
  const std::string key = key_of(f, {"txt", "caption", "prompt"});
  return key.empty() ? "" : f.string(key);
}

std::vector<Example::Turn> turns_of(const Fields& f) {
  std::vector<Example::Turn> out;
  const Json& list = f.raw("conversations");
  if (!list.is_array()) throw LoadError(cat(f.where(), ": key 'conversations' is no list"));
  for (const Json& item : list) {
    const Fields turn(item, f.where() + ": conversations");
    std::string role = turn.has("from") ? turn.string("from") : turn.string("role");
    if (role == "human") role = "user";
    if (role == "gpt") role = "assistant";
    if (role != "user" && role != "assistant" && role != "system")
      throw LoadError(cat(f.where(), ": a turn is from '", role, "', expected human, gpt, user, assistant or system"));
    out.push_back({role, turn.has("value") ? turn.string("value") : turn.string("content")});
  }
  return out;
}

void erase_all(std::string& text, const std::string& part) {
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos;) text.erase(at, part.size());
}

size_t count_of(const std::string& text, const std::string& part) {
  size_t n = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++n;
  return n;
}

std::string type_of(const Fields& f) {
  if (f.has("type")) return f.string("type");
  return f.has("target_image") ? "edit" : f.has("conversations") ? "I2T" : "T2I";
}

// The caption or instruction of an example, which may stand in a conversation instead.
std::string words_of(const Fields& f) {
  std::string text = caption_of(f);
  if (text.empty() && f.has("conversations")) {
    const auto turns = turns_of(f);
    const auto asked = std::find_if(turns.begin(), turns.end(), [](const auto& t) { return t.role == "user"; });
    if (asked != turns.end()) text = asked->text;
    erase_all(text, "<image>");
    while (!text.empty() && is_space(text.front())) text.erase(text.begin());
    if (text.starts_with(kDraw)) text.erase(0, sizeof kDraw - 1);
  }
  return text;
}

}  // namespace

JsonExamples::JsonExamples(const std::vector<std::string>& names, fs::path image_root)
    : image_root_(std::move(image_root)) {
  for (const fs::path& path : matching_files(names, ".json*")) {
    const auto mapped = MappedFile::open(path);
    std::string_view text(reinterpret_cast<const char*>(mapped->bytes().data()), mapped->bytes().size());
    const size_t mark = text.starts_with("\xef\xbb\xbf") ? 3 : 0;  // of the byte order
    text.remove_prefix(mark);
    const auto first = std::find_if(text.begin(), text.end(), [](char c) { return !is_space(c); });
    const bool array = first != text.end() && *first == '[';
    bool whole = !array;
    files_.push_back({path, array ? objects_of_array(text, whole) : objects_of_lines(text)});
    for (auto& [offset, size] : files_.back().objects) offset += mark;
    if (!whole) notes_.push_back(path.string() + ": the JSON array has no end; what stands in it whole is used");
    sizes_.push_back(int64_t(files_.back().objects.size()));
  }
}

Json JsonExamples::object(int64_t shard, int64_t index, std::string& where) const {
  const File& file = files_[size_t(shard)];
  const auto [offset, size] = file.objects[size_t(index)];
  where = cat(file.path.string(), ": example ", index + 1);
  if (size > kMaxObject) throw LoadError(cat(where, ": has ", size, " bytes"));
  return parse_json(read_range(file.path, offset, size), where);
}

fs::path JsonExamples::found(const File& file, const std::string& picture, const std::string& below,
                             const std::string& where) const {
  std::vector<fs::path> roots = {file.path.parent_path()};
  if (!image_root_.empty()) roots.insert(roots.begin(), image_root_);
  std::error_code error;
  for (const fs::path& root : roots) {
    const fs::path path = (below.empty() ? root : root / below) / picture;
    if (fs::is_regular_file(path, error)) return path;
  }
  throw LoadError(cat(where, ": the picture ", picture, " is not there"));
}

std::string JsonExamples::text(int64_t shard, int64_t index) {
  std::string where;
  const Json json = object(shard, index, where);
  return words_of(Fields(json, where));
}

Example JsonExamples::read(int64_t shard, int64_t index) {
  const File& file = files_[size_t(shard)];
  std::string where;
  const Json json = object(shard, index, where);
  const Fields f(json, where);
  const std::string type = type_of(f), below = type.starts_with("journeyDB_") ? kJourneyPictures : "";
  Example out;
  std::vector<Image> pictures;
  out.id = cat(file.path.filename().string(), ":", f.has("id") ? f.raw("id").dump() : std::to_string(index));
  const auto load = [&](const std::string& path, const std::string& below_it) {
    const fs::path picture = found(file, path, below_it, where);
    std::error_code error;
    out.id += cat("|", path, "+", fs::file_size(picture, error));
    return load_image(picture);
  };
  for (const std::string& path : picture_paths(f)) pictures.push_back(load(path, below));
  const auto first = [&] {
    if (pictures.empty()) throw LoadError(where + ": has no picture, expected image, img_path or image_path");
    return pictures.front();
  };
  if (type == "T2I" || type == "journeyDB_T2I") {
    out.kind = Example::Kind::draw;
    out.text = words_of(f);
    if (out.text.empty()) throw LoadError(where + ": has no text, expected txt, caption or prompt");
    out.target = first();
  } else if (type == "I2I" || type == "journeyDB_I2I") {
    out.kind = Example::Kind::reconstruct;
    out.text = words_of(f);
    if (out.text.empty()) out.text = kReconstruct;
    out.source = out.target = first();
  } else if (type == "edit") {
    out.kind = Example::Kind::edit;
    out.text = words_of(f);
    if (out.text.empty()) throw LoadError(where + ": has no instruction, expected txt, caption or prompt");
    out.source = first();
    out.target = load(f.string("target_image"), "");
  } else if (type == "I2T") {
    out.kind = Example::Kind::chat;
    out.turns = turns_of(f);
    size_t places = 0;
    bool answered = false;
    for (auto& turn : out.turns) {
      if (turn.role == "user")
        places += count_of(turn.text, "<image>");
      else
        erase_all(turn.text, "<image>");
      answered = answered || turn.role == "assistant";
    }
    if (!answered) throw LoadError(where + ": the conversation has no answer to learn");
    if (places != pictures.size())
      throw LoadError(
          cat(where, ": the conversation has ", places, " places <image> for ", pictures.size(), " pictures"));
    out.pictures = std::move(pictures);
  } else {
    throw LoadError(
        cat(where, ": key 'type' is '", type, "', expected T2I, I2I, I2T, journeyDB_T2I, journeyDB_I2I or edit"));
  }
  return out;
}

}  // namespace b3o::train
