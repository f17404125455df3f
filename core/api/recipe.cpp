#include "core/api/recipe.h"

#include <iterator>

#include "core/base/error.h"
#include "core/base/json.h"

namespace b3o {
namespace {

constexpr int64_t kFormat = 1;

Json optional_value(const auto& value) { return value ? Json(*value) : Json(nullptr); }

// Values of A1111's last line that hold a comma, colon or newline are written as JSON text.
std::string quoted(const std::string& value) {
  if (value.find_first_of(",:\n") == std::string::npos) return value;
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

int small(const Fields& fields, std::string_view key, int fallback) {
  if (!fields.has(key)) return fallback;
  return int(fields.integer_in(key, 0, 1 << 20));
}

// A seed above 2^63 is stored as JSON's unsigned integer.
uint64_t seed_of(const Fields& fields) {
  if (!fields.has("seed")) return 0;
  const Json& value = fields.raw("seed");
  if (value.is_number_unsigned()) return value.get<uint64_t>();
  throw LoadError(cat(fields.where(), ": key 'seed' is not a whole number from 0 to 2^64 - 1"));
}

Json edit_json(const EditSettings& e) {
  Json j;
  j["mode"] = name(e.mode);
  j["token_strength"] = optional_value(e.token_strength);
  j["resampling"] = e.resampling;
  j["keep_cells"] = e.keep_cells;
  j["soft_mask"] = e.soft_mask;
  j["crop"] = optional_value(e.crop);
  j["padding"] = e.padding;
  if (e.mode == EditMode::blend) j["blend"] = e.blend;
  if (e.mode == EditMode::extend)
    j["extend"] = {{"left", e.left}, {"top", e.top}, {"right", e.right}, {"bottom", e.bottom}};
  if (!e.path.empty()) j["path"] = e.path;
  if (!e.caption.empty()) j["caption"] = e.caption;
  return j;
}

EditSettings edit_settings(const Fields& fields) {
  EditSettings e;
  const std::string mode = fields.string("mode", name(e.mode));
  const auto known = edit_mode(mode);
  if (!known)
    throw LoadError(
        cat(fields.where(), ": key 'mode' is '", mode, "', expected words, repaint, vary, blend, extend or details"));
  e.mode = *known;
  if (fields.has("token_strength")) e.token_strength = fields.number("token_strength");
  e.resampling = fields.has("resampling") ? small(fields, "resampling", 1) : 1;
  e.keep_cells = fields.boolean("keep_cells", false);
  e.soft_mask = fields.boolean("soft_mask", false);
  if (fields.has("crop")) e.crop = fields.boolean("crop");
  e.padding = small(fields, "padding", e.padding);
  e.blend = fields.number("blend", e.blend);
  if (fields.has("extend")) {
    const Fields sides = fields.object("extend");
    e.left = small(sides, "left", 0);
    e.top = small(sides, "top", 0);
    e.right = small(sides, "right", 0);
    e.bottom = small(sides, "bottom", 0);
  }
  e.path = fields.string("path", "");
  e.caption = fields.string("caption", "");
  return e;
}

// Edits of before there were modes: the instruction's tokens as they came, the whole picture painted.
EditSettings former_edit() {
  EditSettings e;
  e.token_strength = 1;
  e.crop = false;
  e.path = kInstructionPath;
  return e;
}

constexpr const char* kEditModes[] = {"words", "repaint", "vary", "blend", "extend", "details"};

}  // namespace

const char* name(EditMode mode) { return kEditModes[size_t(mode)]; }

std::optional<EditMode> edit_mode(std::string_view name) {
  for (size_t i = 0; i < std::size(kEditModes); ++i)
    if (name == kEditModes[i]) return EditMode(i);
  return std::nullopt;
}

std::string to_json(const Recipe& r) {
  Json j;
  j["format"] = kFormat;
  j["task"] = r.task;
  j["prompt"] = r.prompt;
  if (!r.user_text.empty()) j["user_text"] = r.user_text;
  j["seed"] = r.seed;
  j["plan"] = {{"steps", optional_value(r.plan.steps)}, {"guidance", optional_value(r.plan.guidance)}};
  if (r.plan.exact_times) j["plan"]["exact_times"] = true;
  j["paint"] = {{"sampler", r.paint.sampler},
                {"spacing", r.paint.spacing},
                {"steps", optional_value(r.paint.steps)},
                {"guidance", optional_value(r.paint.guidance)},
                {"width", r.paint.width},
                {"height", r.paint.height},
                {"original_width", r.paint.original_width},
                {"original_height", r.paint.original_height},
                {"crop_left", r.paint.crop_left},
                {"crop_top", r.paint.crop_top}};
  if (!r.source_sha256.empty()) j["source_sha256"] = r.source_sha256;
  if (!r.mask_sha256.empty()) j["mask_sha256"] = r.mask_sha256;
  if (!r.second_sha256.empty()) j["second_sha256"] = r.second_sha256;
  if (r.task == "edit") {
    j["edit"] = edit_json(r.edit);
    j["strength"] = r.strength;
    j["grow"] = r.grow;
    j["feather"] = r.feather;
  }
  j["model"] = {{"name", r.model_name}, {"hash", r.model_hash}};
  j["device"] = r.device;
  j["number_type"] = r.number_type;
  j["program"] = {{"name", "BLIP3-o Studio"}, {"version", r.program_version}};
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Recipe recipe_from_json(const std::string& text, const std::string& where) {
  const Json json = parse_json(text, where);
  const Fields fields(json, where);
  if (fields.integer("format") > kFormat)
    throw LoadError(cat(where, ": the recipe has format ", fields.integer("format"), ", this program reads up to ",
                        kFormat, "; use a newer program"));
  Recipe r;
  r.task = fields.string("task", "generate");
  r.prompt = fields.string("prompt", "");
  r.user_text = fields.string("user_text", "");
  r.seed = seed_of(fields);
  if (fields.has("plan")) {
    const Fields plan = fields.object("plan");
    if (plan.has("steps")) r.plan.steps = small(plan, "steps", 0);
    if (plan.has("guidance")) r.plan.guidance = plan.number("guidance");
    r.plan.exact_times = plan.boolean("exact_times", false);
  }
  if (fields.has("paint")) {
    const Fields paint = fields.object("paint");
    r.paint.sampler = paint.string("sampler", "");
    r.paint.spacing = paint.string("spacing", "");
    if (paint.has("steps")) r.paint.steps = small(paint, "steps", 0);
    if (paint.has("guidance")) r.paint.guidance = paint.number("guidance");
    r.paint.width = small(paint, "width", 0);
    r.paint.height = small(paint, "height", 0);
    r.paint.original_width = small(paint, "original_width", 0);
    r.paint.original_height = small(paint, "original_height", 0);
    r.paint.crop_left = small(paint, "crop_left", 0);
    r.paint.crop_top = small(paint, "crop_top", 0);
  }
  r.source_sha256 = fields.string("source_sha256", "");
  r.mask_sha256 = fields.string("mask_sha256", "");
  r.second_sha256 = fields.string("second_sha256", "");
  if (fields.has("edit"))
    r.edit = edit_settings(fields.object("edit"));
  else if (r.task == "edit")
    r.edit = former_edit();
  r.strength = fields.number("strength", 1.0);
  r.grow = small(fields, "grow", 0);
  r.feather = small(fields, "feather", 0);
  if (fields.has("model")) {
    const Fields model = fields.object("model");
    r.model_name = model.string("name", "");
    r.model_hash = model.string("hash", "");
  }
  r.device = fields.string("device", "");
  r.number_type = fields.string("number_type", "");
  if (fields.has("program")) r.program_version = fields.object("program").string("version", "");
  return r;
}

std::string to_parameters_text(const Recipe& r) {
  std::string out = (r.user_text.empty() ? r.prompt : r.user_text) + "\n";
  auto add = [&, first = true](const char* key, const std::string& value) mutable {
    if (value.empty()) return;
    out += cat(first ? "" : ", ", key, ": ", quoted(value));
    first = false;
  };
  add("Steps", r.paint.steps ? cat(*r.paint.steps) : "");
  add("Sampler", r.paint.sampler);
  add("Schedule type", r.paint.spacing);
  add("CFG scale", r.paint.guidance ? cat(*r.paint.guidance) : "");
  add("Seed", cat(r.seed));
  add("Size", cat(r.paint.width, "x", r.paint.height));
  add("Model", r.model_name);
  add("Model hash", r.model_hash.substr(0, 10));
  if (r.task == "edit") {
    const EditSettings& e = r.edit;
    add("Denoising strength", cat(r.strength));
    add("Edit", name(e.mode));
    add("Edit path", e.path);
    add("Token strength", e.token_strength && e.mode != EditMode::blend ? cat(*e.token_strength) : "");
    add("Blend", e.mode == EditMode::blend ? cat(e.blend) : "");
    add("Resampling", e.resampling > 1 ? cat(e.resampling) : "");
    add("Extended", e.mode == EditMode::extend ? cat(e.left, "+", e.top, "+", e.right, "+", e.bottom) : "");
  }
  add("Plan steps", r.plan.steps ? cat(*r.plan.steps) : "");
  add("Plan guidance", r.plan.guidance ? cat(*r.plan.guidance) : "");
  add("Version", "BLIP3-o Studio " + r.program_version);
  return out;
}

}  // namespace b3o
