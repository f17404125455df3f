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
  r.mask_sha256 = "cd";
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
  check_contains(text, "Model: \"Tiny, second\", Model hash: 0123456789, Denoising strength: 0.625");
}

const Cases cases = {
    CASE(every_field_survives_json),
    CASE(a_newer_format_is_refused_with_its_number),
    CASE(unknown_keys_are_ignored_and_wrong_types_refused),
    CASE(parameters_text_has_the_prompt_first_and_quotes_values_with_commas),
};

}  // namespace
