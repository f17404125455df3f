// Reads every include line of the tree and compares it with the arrows of the house: which room may know which.
#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "tests/support/case.h"

using namespace b3o::test;
namespace fs = std::filesystem;

namespace {

using Rooms = std::set<std::string>;

// Rooms each room may include, beside itself.
const std::map<std::string, Rooms> kArrows = {
    {"core/base", {}},
    {"core/image", {"core/base"}},
    {"core/text", {"core/base"}},
    {"core/weights", {"core/base"}},
    {"core/nn", {"core/weights", "core/base"}},
    {"core/models", {"core/nn", "core/weights", "core/base"}},
    {"core/sampling", {"core/base"}},
    {"core/api", {"core/image", "core/base"}},
    {"core/families",
     {"core/models", "core/sampling", "core/text", "core/image", "core/weights", "core/nn", "core/world", "core/api",
      "core/base"}},
    {"core/engine", {"core/families", "core/api", "core/image", "core/base"}},
    {"core/library", {"core/api", "core/image", "core/base"}},
    {"core/world", {"core/image", "core/base"}},
    {"core/judge", {"core/image", "core/base"}},
    {"core/train",
     {"core/families", "core/models", "core/sampling", "core/weights", "core/nn", "core/world", "core/text",
      "core/image", "core/api", "core/base"}},
    {"core/evaluate",
     {"core/engine", "core/families", "core/api", "core/world", "core/judge", "core/image", "core/base"}},
    {"app/cli",
     {"core/engine", "core/families", "core/train", "core/evaluate", "core/library", "core/weights", "core/text",
      "core/image", "core/world", "core/judge", "core/api", "core/base"}},
    {"app/studio",
     {"ui/shell", "ui/bridge", "ui/state", "ui/look", "core/engine", "core/families", "core/api", "core/base"}},
    {"ui/look", {}},
    {"ui/bridge", {"core/engine", "core/families", "core/api", "core/image", "core/base"}},
    {"ui/state", {"ui/bridge", "core/library", "core/api", "core/image", "core/base"}},
    {"ui/chat", {"ui/state", "ui/look", "core/library", "core/api"}},
    {"ui/create", {"ui/state", "ui/look", "core/api"}},
    {"ui/gallery", {"ui/state", "ui/look", "core/api"}},
    {"ui/edit", {"ui/state", "ui/look", "core/library", "core/api"}},
    {"ui/compare", {"ui/state", "ui/look"}},
    {"ui/shell",
     {"ui/chat", "ui/create", "ui/edit", "ui/gallery", "ui/compare", "ui/state", "ui/look", "ui/bridge", "core/api"}},
};

// Words in angle includes that only these rooms may have.
const std::map<std::string, Rooms> kLibraries = {
    {"ATen/|c10/|torch/",
     {"core/weights", "core/nn", "core/models", "core/sampling", "core/families", "core/train", "app/cli"}},
    {"Q[A-Z]|Qt",
     {"ui/look", "ui/bridge", "ui/state", "ui/chat", "ui/create", "ui/edit", "ui/gallery", "ui/compare", "ui/shell",
      "app/studio"}},
    {"spdlog/", {"core/base"}},
    {"sqlite3|zip\\.h", {"core/library"}},
    {"CLI/", {"app/cli"}},
    {"stb_|webp/|libexif/", {"core/image"}},
    {"utf8proc", {"core/text"}},
};

// What core shows outside stays free of torch and Qt.
const Rooms kPlainHeaders = {"core/api",   "core/engine", "core/image",   "core/text",    "core/base",
                             "core/world", "core/judge",  "core/library", "core/evaluate"};

std::string room_of(const std::string& path) {
  const auto second = path.find('/', path.find('/') + 1);
  return path.substr(0, second);
}

struct Include {
  std::string file, room, target;
  bool angle;
};

std::vector<Include> all_includes() {
  const fs::path root = B3O_SOURCE_DIR;
  const std::regex line_form(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> out;
  for (const char* top : {"core", "app", "ui"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto ending = entry.path().extension();
      if (ending != ".h" && ending != ".cpp" && ending != ".inc") continue;
      const std::string file = fs::relative(entry.path(), root).generic_string();
      if (std::count(file.begin(), file.end(), '/') < 2) continue;  // core/aten.cpp
      std::ifstream in(entry.path());
      std::string line;
      std::smatch match;
      while (std::getline(in, line))
        if (std::regex_search(line, match, line_form)) out.push_back({file, room_of(file), match[2], match[1] == "<"});
    }
  }
  return out;
}

void fail_with(const std::vector<std::string>& wrong) {
  std::string text;
  for (const auto& item : wrong) text += "\n  " + item;
  check(wrong.empty(), "against the arrows:" + text);
}

void every_include_follows_an_arrow() {
  std::vector<std::string> wrong;
  const auto includes = all_includes();
  check(includes.size() > 100, "the tree was found");
  for (const auto& i : includes) {
    if (i.angle) continue;
    const auto allowed = kArrows.find(i.room);
    const std::string target = room_of(i.target);
    if (allowed == kArrows.end())
      wrong.push_back(i.file + ": the room " + i.room + " is not in the table");
    else if (target != i.room && !allowed->second.contains(target))
      wrong.push_back(i.file + " includes " + i.target);
  }
  fail_with(wrong);
}

void a_network_does_not_include_another_networks_header() {
  // Shared pieces that are no network of their own.
  const Rooms shared = {"core/models/sdxl_blocks.h", "core/models/vision_grid.h"};
  std::vector<std::string> wrong;
  for (const auto& i : all_includes()) {
    if (i.angle || i.room != "core/models" || !i.target.starts_with("core/models/") || shared.contains(i.target))
      continue;
    const std::string own = fs::path(i.file).stem().string(), other = fs::path(i.target).stem().string();
    if (!own.starts_with(other)) wrong.push_back(i.file + " includes " + i.target);
  }
  fail_with(wrong);
}

void libraries_stay_in_their_rooms() {
  std::vector<std::string> wrong;
  for (const auto& i : all_includes()) {
    if (!i.angle) continue;
    for (const auto& [words, rooms] : kLibraries)
      if (std::regex_search(i.target, std::regex("^(" + words + ")")) && !rooms.contains(i.room))
        wrong.push_back(i.file + " includes <" + i.target + ">");
  }
  fail_with(wrong);
}

void public_headers_know_neither_torch_nor_qt() {
  std::vector<std::string> wrong;
  for (const auto& i : all_includes())
    if (i.angle && i.file.ends_with(".h") && kPlainHeaders.contains(i.room) &&
        std::regex_search(i.target, std::regex("^(ATen/|c10/|torch/|Q[A-Z])")))
      wrong.push_back(i.file + " includes <" + i.target + ">");
  fail_with(wrong);
}

void nobody_includes_all_of_torch() {
  std::vector<std::string> wrong;
  for (const auto& i : all_includes())
    if (i.target == "torch/torch.h" || (i.file.ends_with(".h") && i.target == "ATen/ATen.h"))
      wrong.push_back(i.file + " includes <" + i.target + ">");
  fail_with(wrong);
}

const Cases cases = {
    CASE(every_include_follows_an_arrow), CASE(a_network_does_not_include_another_networks_header),
    CASE(libraries_stay_in_their_rooms),  CASE(public_headers_know_neither_torch_nor_qt),
    CASE(nobody_includes_all_of_torch),
};

}  // namespace
