#include "core/families/blip3o/studio.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/families/drawn_world.h"

namespace b3o {
namespace {

constexpr size_t kLongestName = 80, kLongestNotice = 200, kLongestWord = 40, kLongestExample = 200;  // bytes
constexpr size_t kMostWords = 400, kMostExamples = 24, kMostSteps = 32;
constexpr const char* kSpacings[] = {"leading", "trailing", "linspace", "karras"};

// Characters that would break a line or turn the order of a text around.
bool breaks_text(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

// One line of text that may stand anywhere in the window.
std::string line(const std::string& text, size_t most, const std::string& what) {
  if (text.empty() || text.size() > most)
    throw LoadError(cat(what, " has ", text.size(), " bytes, expected 1 to ", most));
  for (size_t at = 0; at < text.size();)
    if (breaks_text(next_code_point(text, at)))
      throw LoadError(cat(what, " is '", for_message(text, 60), "', which holds a control character"));
  return text;
}

std::vector<std::string> lines(const Fields& fields, const char* key, size_t most, size_t longest) {
  if (!fields.has(key)) return {};
  std::vector<std::string> out = fields.strings(key);
  if (out.size() > most)
    throw LoadError(cat(fields.where(), ": key '", key, "' has ", out.size(), " entries, expected at most ", most));
  for (size_t i = 0; i < out.size(); ++i) line(out[i], longest, cat(fields.where(), ": key '", key, "'[", i, "]"));
  return out;
}

double number_in(const Fields& fields, const char* key, double low, double high) {
  const double value = fields.number(key);
  if (!(value >= low && value <= high))
    throw LoadError(
        cat(fields.where(), ": key '", key, "' is ", value, ", expected a number from ", low, " to ", high));
  return value;
}

void read_integer(const Fields& fields, const char* key, int low, int high, int& value) {
  if (fields.has(key)) value = int(fields.integer_in(key, low, high));
}

// Names out of a table, the first of which is the default.
void read_names(const Fields& fields, const char* key, const std::vector<std::string>& known,
                std::vector<std::string>& names) {
  if (!fields.has(key)) return;
  names = fields.strings(key);
  if (names.empty()) throw LoadError(cat(fields.where(), ": key '", key, "' is empty, expected at least one name"));
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end() || !seen.insert(name).second)
      throw LoadError(cat(fields.where(), ": key '", key, "' names '", for_message(name, 40), "', expected each of ",
                          for_message(cat(known.front(), " ... ", known.back())), " at most once"));
  }
}

void read_steps(const Fields& fields, Capabilities& can) {
  read_integer(fields, "plan_steps", 1, 1000, can.default_plan_steps);
  read_integer(fields, "default_paint_steps", 1, 1000, can.default_paint_steps);
  read_integer(fields, "edit_steps", 1, 1000, can.default_edit_steps);
  if (!fields.has("paint_steps")) return;
  const std::vector<int64_t> steps = fields.integers("paint_steps");
  if (steps.empty() || steps.size() > kMostSteps)
    throw LoadError(
        cat(fields.where(), ": key 'paint_steps' has ", steps.size(), " entries, expected 1 to ", kMostSteps));
  can.paint_steps.clear();
  for (const int64_t n : steps) {
    if (n < 1 || n > 1000 || (!can.paint_steps.empty() && n <= can.paint_steps.back()))
      throw LoadError(
          cat(fields.where(), ": key 'paint_steps' holds ", n, ", expected growing whole numbers from 1 to 1000"));
    can.paint_steps.push_back(int(n));
  }
  const auto allowed = [&](const char* key, int n) {
    if (std::find(can.paint_steps.begin(), can.paint_steps.end(), n) == can.paint_steps.end())
      throw LoadError(cat(fields.where(), ": key '", key, "' is ", n, ", which is not among 'paint_steps'"));
  };
  allowed("default_paint_steps", can.default_paint_steps);
  if (can.default_edit_steps > 0) allowed("edit_steps", can.default_edit_steps);
}

void read_world(const Fields& fields, Capabilities& can) {
  if (!fields.has("world")) return;
  const Fields world = fields.object("world");
  can.world = world.string("level");
  if (can.world != "S" && can.world != "M" && can.world != "L")
    throw LoadError(cat(world.where(), ": key 'level' is '", for_message(can.world, 20), "', expected S, M or L"));
}

// Official folders were not trained to follow instructions (generation.md 8); folders of a drawn world are, and know no
// other words to change a picture by.
void read_edits(const Fields& fields, Capabilities& can) {
  can.trained_to_edit = fields.boolean("edit", !can.world.empty()) && can.edit;
  can.edit = can.edit && (can.trained_to_edit || can.world.empty());
  if (!can.edit) std::erase(can.edit_modes, EditMode::words);
}

void read_examples(const Fields& fields, Capabilities& can) {
  if (!fields.has("examples")) return;
  const Fields examples = fields.object("examples");
  const auto list = [&](const char* key) { return lines(examples, key, kMostExamples, kLongestExample); };
  can.examples = {list("chat"), list("look"), list("create"), list("edit")};
  const auto check = [&](const char* key, const std::vector<std::string>& texts, auto refusal) {
    for (const std::string& text : texts)
      if (!refusal(can, text).empty())
        throw LoadError(
            cat(examples.where(), ": key '", key, "' holds '", text, "', which the folder's world refuses"));
  };
  check("create", can.examples.create, refusal_of_prompt);
  check("edit", can.examples.edit, refusal_of_edit);
}

}  // namespace

void read_studio(const Fields& studio, FolderConfig& out) {
  Capabilities& can = out.can;
  const auto text = [&](const char* key, size_t most) {
    return line(studio.string(key), most, cat(studio.where(), ": key '", key, "'"));
  };
  if (studio.has("name")) out.name = text("name", kLongestName);
  if (studio.has("notice")) out.notice = text("notice", kLongestNotice);
  read_steps(studio, can);
  if (studio.has("plan_guidance")) can.default_plan_guidance = number_in(studio, "plan_guidance", 0, 100);
  if (studio.has("paint_guidance")) {
    can.default_paint_guidance = number_in(studio, "paint_guidance", 0, 100);
    can.free_paint_guidance = false;
  }
  if (studio.has("edit_strength")) can.default_edit_strength = number_in(studio, "edit_strength", 0.01, 1);
  std::vector<std::string> samplers;
  for (const auto& sampler : kSamplers) samplers.emplace_back(sampler.name);
  read_names(studio, "samplers", samplers, can.samplers);
  read_names(studio, "spacings", {std::begin(kSpacings), std::end(kSpacings)}, can.spacings);
  read_integer(studio, "original_width", 1, 65536, can.original_width);
  read_integer(studio, "original_height", 1, 65536, can.original_height);
  read_integer(studio, "max_context", 1, 131072, can.max_context);
  can.free_size = studio.boolean("free_size", can.free_size);
  read_world(studio, can);
  read_edits(studio, can);
  can.vocabulary = lines(studio, "vocabulary", kMostWords, kLongestWord);
  read_examples(studio, can);
}

}  // namespace b3o
