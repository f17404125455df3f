#include "core/api/recipe.h"

#include <map>
#include <span>

#include "core/api/picture_file.h"
#include "core/base/error.h"
#include "core/image/codec.h"
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
  r.edit.mode = EditMode::extend;
  r.edit.token_strength = 0.25;
  r.edit.resampling = 3;
  r.edit.keep_cells = r.edit.soft_mask = true;
  r.edit.crop = true;
  r.edit.padding = 48;
  r.edit.left = 1;
  r.edit.top = 2;
  r.edit.right = 3;
  r.edit.bottom = 4;
  r.edit.path = kCaptionPath;
  r.edit.caption = "a cup";
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

void a_picture_file_says_what_made_it_in_three_ways() {
  const Image image(4, 3);
  Recipe drawn;
  drawn.prompt = "a boat, at night";
  drawn.seed = 7;
  for (const Recipe& r : {drawn, full_recipe()}) {
    const std::string file = picture_file_bytes(image, r);
    std::map<std::string, std::string> texts;
    for (const auto& text : read_png_texts(std::as_bytes(std::span(file.data(), file.size()))))
      texts[text.keyword] = text.text;
    check_equal(texts.size(), 3u, "texts");
    check_equal(texts["parameters"], to_parameters_text(r));
    check(recipe_from_json(texts[kRecipeKeyword], "file") == r, "our own JSON");
    check_contains(texts["XML:com.adobe.xmp"],
                   std::string("DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/") +
                       (r.task == "edit" ? "compositeWithTrainedAlgorithmicMedia\"" : "trainedAlgorithmicMedia\""));
  }
  const std::string bare = encode_png(image);
  check(read_png_texts(std::as_bytes(std::span(bare.data(), bare.size()))).empty(), "a bare picture holds a text");
}

const Cases cases = {
    CASE(every_field_survives_json),
    CASE(every_mode_of_an_edit_survives_json),
    CASE(an_edit_of_before_the_modes_is_read_as_it_ran),
    CASE(a_newer_format_is_refused_with_its_number),
    CASE(unknown_keys_are_ignored_and_wrong_types_refused),
    CASE(parameters_text_has_the_prompt_first_and_quotes_values_with_commas),
    CASE(a_picture_file_says_what_made_it_in_three_ways),
};

}  // namespace
