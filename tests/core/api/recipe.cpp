#include "core/api/recipe.h"

#include "core/base/error.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Recipe full_recipe() {
  Recipe r;
  r.task = "edit";
  r.prompt = "a \"red\" cup\nwith steam, and: tea é";
  r.user_text = "<image> at night";
  r.seed = 18446744073709551615u;
  r.plan = {12, 2.5, true};
  r.paint = {"dpmpp_2m", "karras", 20, 5.5, 640, 480, 1024, 1000, 3, 4};
  r.source_sha256 = "ab";
  r.second_sha256 = "ef";
  r.mask_sha256 = "cd";
  r.edit = {.mode = EditMode::extend,
            .token_strength = 0.25,
            .resampling = 3,
            .keep_cells = true,
            .soft_mask = true,
            .crop = true,
            .padding = 48,
            .left = 1,
            .top = 2,
            .right = 3,
            .bottom = 4,
            .path = kCaptionPath,
            .caption = "a cup"};
  r.strength = 0.625;
  r.grow = 3;
  r.feather = 9;
  r.model_name = "Tiny";
  r.model_hash = "0123456789abcdef";
  r.device = "CPU";
  r.number_type = "fp32";
  r.program_version = "1.2.3";
  return r;
}

void every_field_survives_json() {
  check(recipe_from_json(to_json(full_recipe()), "recipe") == full_recipe(), "the full recipe changed");
  check(recipe_from_json(to_json(Recipe{}), "recipe") == Recipe{}, "the empty recipe changed");
}

void every_mode_of_an_edit_survives_json() {
  for (const EditMode mode :
       {EditMode::words, EditMode::repaint, EditMode::vary, EditMode::blend, EditMode::extend, EditMode::details}) {
    Recipe r;
    r.task = "edit";
    r.edit.mode = mode;
    if (mode == EditMode::blend) r.edit.blend = 0.75;
    check(recipe_from_json(to_json(r), "recipe") == r, name(mode));
    check(edit_mode(name(mode)) == mode, name(mode));
  }
  check(!edit_mode("magic"), "a mode of magic");
  const auto unknown = [] { recipe_from_json(R"({"format": 1, "task": "edit", "edit": {"mode": "magic"}})", "a.png"); };
  check_contains(message_of<LoadError>(unknown), "a.png");
  check_contains(message_of<LoadError>(unknown), "'magic', expected words, repaint");
}

void an_edit_of_before_the_modes_is_read_as_it_ran() {
  const Recipe r = recipe_from_json(R"({"format": 1, "task": "edit", "strength": 0.5, "mask_sha256": "cd"})", "a.png");
  check(r.edit.mode == EditMode::words && r.edit.path == kInstructionPath, "mode and path");
  check(r.edit.token_strength == 1.0 && r.edit.crop == false && r.edit.resampling == 1 && !r.edit.keep_cells, "fields");
  check(recipe_from_json(R"({"format": 1})", "a.png").edit == EditSettings{}, "a drawing has edit settings");
}

void a_newer_format_is_refused_with_its_number() {
  const auto read = [] { recipe_from_json(R"({"format": 2})", "a.png"); };
  check_contains(message_of<LoadError>(read), "format 2");
}

void unknown_keys_are_ignored_and_wrong_types_refused() {
  check_equal(recipe_from_json(R"({"format": 1, "seed": 7, "later": {}})", "a.png").seed, 7u);
  const auto negative = [] { recipe_from_json(R"({"format": 1, "seed": -7})", "a.png"); };
  check_contains(message_of<LoadError>(negative), "'seed'");
  const auto text = [] { recipe_from_json(R"({"format": 1, "paint": {"width": "wide"}})", "a.png"); };
  check_contains(message_of<LoadError>(text), "'width'");
}

void parameters_text_has_the_prompt_first_and_quotes_values_with_commas() {
  Recipe r = full_recipe();
  r.user_text.clear();
  r.model_name = "Tiny, second";
  const std::string text = to_parameters_text(r);
  check(text.rfind(r.prompt + "\nSteps: 20, Sampler: dpmpp_2m, ", 0) == 0, text);
  check_contains(text, "Model: \"Tiny, second\", Model hash: 0123456789, Denoising strength: 0.625, Edit: extend");
  check_contains(text, "Token strength: 0.25, Resampling: 3, Extended: 1+2+3+4");
}

const Cases cases = {
    CASE(every_field_survives_json),
    CASE(every_mode_of_an_edit_survives_json),
    CASE(an_edit_of_before_the_modes_is_read_as_it_ran),
    CASE(a_newer_format_is_refused_with_its_number),
    CASE(unknown_keys_are_ignored_and_wrong_types_refused),
    CASE(parameters_text_has_the_prompt_first_and_quotes_values_with_commas),
};

}  // namespace
