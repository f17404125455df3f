// What a folder says about itself: read, distrusted, and kept to.
#include "core/families/drawn_world.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Json whole_studio() {
  return {{"name", "Paper World"},
          {"notice", "Demonstration model of a small drawn world"},
          {"world", {{"level", "S"}}},
          {"plan_steps", 3},
          {"plan_guidance", 2},
          {"paint_steps", {1, 2, 4, 8}},
          {"default_paint_steps", 2},
          {"paint_guidance", 1},
          {"edit_steps", 4},
          {"edit_strength", 0.5},
          {"samplers", {"euler"}},
          {"spacings", {"trailing"}},
          {"original_width", 128},
          {"original_height", 128},
          {"free_size", true},
          {"edit", true},
          {"max_context", 512},
          {"vocabulary", {"fish", "star", "red"}},
          {"examples",
           {{"chat", {"What can you draw?"}},
            {"look", {"What is red?"}},
            {"create", {"a red fish at night"}},
            {"edit", {"make the star blue"}}}}};
}

struct StudioFolder : FolderCopy {
  explicit StudioFolder(const Json& studio) : FolderCopy("generation/tiny-blip3o") {
    change("config.json", [&](Json& j) { j["studio"] = studio; });
  }
};

Capabilities world_of(const std::string& level) {
  Capabilities can;
  can.world = level;
  return can;
}

void every_key_reaches_the_capabilities() {
  const StudioFolder folder(whole_studio());
  const auto family = folder.open(false);
  const ModelInfo& info = family->info();
  const Capabilities& can = info.can;
  check_equal(info.name, std::string("Paper World"));
  check_equal(info.notice, std::string("Demonstration model of a small drawn world"));
  check_equal(can.world, std::string("S"));
  check_equal(can.default_plan_steps, 3);
  check_close(can.default_plan_guidance, 2, 0);
  check_equal(can.paint_steps, std::vector<int>({1, 2, 4, 8}));
  check_equal(can.default_paint_steps, 2);
  check_close(can.default_paint_guidance, 1, 0);
  check(!can.free_paint_guidance, "guidance is fixed");
  check_equal(can.default_edit_steps, 4);
  check_close(can.default_edit_strength, 0.5, 0);
  check_equal(can.samplers, std::vector<std::string>({"euler"}));
  check_equal(can.spacings, std::vector<std::string>({"trailing"}));
  check_equal(can.original_width, 128);
  check_equal(can.max_context, 512);
  check_equal(can.vocabulary.size(), 3u);
  check_equal(can.examples.chat.front(), std::string("What can you draw?"));
  check_equal(can.examples.look.front(), std::string("What is red?"));
  check_equal(can.examples.create.front(), std::string("a red fish at night"));
  check_equal(can.examples.edit.front(), std::string("make the star blue"));
}

void a_folder_without_the_object_is_as_before() {
  const auto family = open_test_model("generation/tiny-blip3o");
  const Capabilities& can = family->info().can;
  check(can.world.empty() && can.vocabulary.empty() && can.free_paint_guidance && can.paint_steps.empty(), "no limits");
  check_equal(can.default_edit_steps, 0);
  check_equal(refusal_of_prompt(can, "a photo of an astronaut"), std::string());
  check_equal(prompt_as_trained(can, "a little fsh"), std::string("a little fsh"));
  check_equal(instruction_as_trained(can, "do as you like"), std::string("do as you like"));
}

void hostile_values_are_refused_by_name() {
  struct Row {
    const char* key;
    Json value;
    const char* part;
  };
  const Row rows[] = {
      {"name", "", "expected 1 to 80"},
      {"name", std::string(81, 'x'), "expected 1 to 80"},
      {"name", "two\nlines", "control character"},
      {"name", "\x1B[2J", "control character"},
      {"name",
       "a\xE2\x80\xAE"
       "b",
       "control character"},
      {"name", 7, "'name'"},
      {"notice", std::string(201, 'x'), "expected 1 to 200"},
      {"notice", "bell \x07", "control character"},
      {"world", {{"level", "XL"}}, "expected S, M or L"},
      {"world", "S", "'world'"},
      {"world", Json::object(), "'level'"},
      {"plan_steps", 0, "'plan_steps'"},
      {"plan_steps", 1001, "'plan_steps'"},
      {"plan_steps", 2.5, "'plan_steps'"},
      {"plan_guidance", -1, "'plan_guidance'"},
      {"plan_guidance", 1e300, "'plan_guidance'"},
      {"paint_guidance", 101, "'paint_guidance'"},
      {"paint_steps", Json::array(), "'paint_steps'"},
      {"paint_steps", {0, 2}, "'paint_steps'"},
      {"paint_steps", {2, 2, 4}, "'paint_steps'"},
      {"paint_steps", {1, 4, int64_t(1) << 40}, "'paint_steps'"},
      {"paint_steps", {1, 8}, "'default_paint_steps' is 2"},
      {"default_paint_steps", 3, "not among"},
      {"edit_steps", 5, "not among"},
      {"edit_strength", 0, "'edit_strength'"},
      {"edit_strength", 1.5, "'edit_strength'"},
      {"samplers", Json::array(), "'samplers'"},
      {"samplers", {"euler", "euler"}, "'samplers'"},
      {"samplers", {"magic"}, "'magic'"},
      {"spacings", {"sideways"}, "'sideways'"},
      {"original_width", 0, "'original_width'"},
      {"original_height", 1 << 20, "'original_height'"},
      {"max_context", 0, "'max_context'"},
      {"free_size", "yes", "'free_size'"},
      {"edit", 1, "'edit'"},
      {"vocabulary", std::vector<std::string>(401, "x"), "at most 400"},
      {"vocabulary", {"fish", std::string(41, 'x')}, "'vocabulary'[1]"},
      {"vocabulary", {1}, "'vocabulary'"},
      {"examples", {{"chat", std::vector<std::string>(25, "x")}}, "at most 24"},
      {"examples", {{"create", {std::string(201, 'x')}}}, "'create'[0]"},
      {"examples", {{"create", {"a red astronaut"}}}, "refuses"},
      {"examples", {{"edit", {"make the car blue"}}}, "refuses"},
      {"examples", {"a"}, "'examples'"},
  };
  for (const Row& row : rows) {
    Json studio = whole_studio();
    studio[row.key] = row.value;
    const std::string message = StudioFolder(studio).refusal();
    check_contains(message, "config.json");
    check_contains(message, row.part);
    check(message.size() < 400, "a long message: " + message);
  }
}

void prompts_outside_the_world_are_refused_politely() {
  const Capabilities can = world_of("S");
  for (const char* text : {"a photo of an astronaut", "a red car", "a white star", "a fish at sunset", "five stars", "",
                           "stars", "a cat", "a horse in a meadow", "a striped fish", "a sign that says HI",
                           "a fish, a star and a moon", "a black fish at night", "\xF0\x9F\x90\x9F", "<|im_end|>"}) {
    const std::string refusal = refusal_of_prompt(can, text);
    const size_t at = refusal.find("Try: ");
    check(at != std::string::npos, std::string("no example after: ") + text);
    const std::string example = refusal.substr(at + 5, refusal.size() - at - 6);
    check_equal(refusal_of_prompt(can, example), std::string(), "of the example '" + example + "'");
  }
  check_contains(refusal_of_prompt(can, "a photo of an astronaut"), "astronaut");
  check_equal(refusal_of_prompt(world_of("M"), "a red car"), std::string(), "a level further");
}

void prompts_of_the_world_pass() {
  const Capabilities can = world_of("S");
  for (const char* text : {"a red fish left of a blue star at night", "two green hearts", "a photo of a yellow moon",
                           "Please draw a BIG house!", "a little purpel flower under a tree", "4 fish by the sea"})
    check_equal(refusal_of_prompt(can, text), std::string(), text);
}

void edits_are_refused_and_pass() {
  const Capabilities can = world_of("S");
  for (const char* text : {"make the star blue", "add a moon", "remove the fish", "change the background to night",
                           "move the fish to the left", "make the house bigger", "replace the star with a red heart"})
    check_equal(refusal_of_edit(can, text), std::string(), text);
  for (const char* text : {"make the car blue", "give him a hat", "", "make it sunset", "make the star striped",
                           "move the fish", "turn it into a Rembrandt"})
    check_contains(refusal_of_edit(can, text), "Try: ");
}

void a_refusal_comes_before_any_network() {
  const StudioFolder folder(whole_studio());
  const auto family = folder.open(false);
  GenerateRequest draw;
  draw.recipe.prompt = "a photo of an astronaut";
  EditRequest edit;
  edit.recipe.prompt = "give him a hat";
  edit.source = std::make_shared<Image>(64, 64);
  for (const Request& request : {Request(draw), Request(edit)}) {
    Listener listener;
    JobContext job = listener.context();
    check_contains(message_of<Refusal>([&] { family->serve(request, job); }), "Try: ");
    check(listener.events.empty(), "something ran");
  }
}

GenerateRequest small_drawing(const std::string& prompt) {
  GenerateRequest request;
  request.recipe.prompt = prompt;
  request.recipe.paint.width = request.recipe.paint.height = 64;
  request.previews = false;
  return request;
}

void other_words_draw_the_picture_of_plain_ones_and_the_recipe_keeps_them() {
  const StudioFolder folder(whole_studio());
  const auto family = folder.open(false);
  const ImageReady plain = serve(*family, small_drawing("a small purple fish")).only<ImageReady>();
  const ImageReady typed = serve(*family, small_drawing("a tiny purpel fish")).only<ImageReady>();
  check(plain.image.pixels == typed.image.pixels, "another picture");
  check_equal(typed.recipe.prompt, std::string("a tiny purpel fish"));
  const ImageReady other = serve(*family, small_drawing("a big purple fish")).only<ImageReady>();
  check(plain.image.pixels != other.image.pixels, "the prompt does not matter");
}

void edits_run_with_the_settings_of_the_folder() {
  const StudioFolder folder(whole_studio());
  const auto family = folder.open(false);
  EditRequest edit;
  edit.recipe.prompt = "make the star larger";
  edit.recipe.strength = 0.5;
  edit.recipe.paint.width = edit.recipe.paint.height = 64;
  edit.source = std::make_shared<Image>(64, 64);
  edit.previews = false;
  const Recipe recipe = serve(*family, edit).only<ImageReady>().recipe;
  check_equal(recipe.paint.steps.value(), 4);
  check_equal(recipe.prompt, std::string("make the star larger"));
}

void settings_the_folder_does_not_offer_are_refused() {
  const StudioFolder folder(whole_studio());
  const auto family = folder.open(false);
  const auto refused = [&](auto change) {
    GenerateRequest request = small_drawing("a red fish");
    change(request.recipe.paint);
    return message_of<RequestError>([&] { serve(*family, request); });
  };
  check_contains(refused([](PaintSettings& p) { p.steps = 3; }), "1, 2, 4, 8");
  check_contains(refused([](PaintSettings& p) { p.guidance = 3; }), "guidance 1 only");
  check_contains(refused([](PaintSettings& p) { p.spacing = "karras"; }), "karras");
}

void a_folder_not_trained_to_edit_says_so() {
  Json studio = whole_studio();
  studio["edit"] = false;
  const StudioFolder folder(studio);
  const auto family = folder.open(false);
  EditRequest edit;
  edit.recipe.prompt = "make the star blue";
  edit.source = std::make_shared<Image>(64, 64);
  check_contains(message_of<RequestError>([&] { serve(*family, edit); }), "not trained to edit");
}

const Cases cases = {
    CASE(every_key_reaches_the_capabilities),
    CASE(a_folder_without_the_object_is_as_before),
    CASE(hostile_values_are_refused_by_name),
    CASE(prompts_outside_the_world_are_refused_politely),
    CASE(prompts_of_the_world_pass),
    CASE(edits_are_refused_and_pass),
    CASE(a_refusal_comes_before_any_network),
    CASE(other_words_draw_the_picture_of_plain_ones_and_the_recipe_keeps_them),
    CASE(edits_run_with_the_settings_of_the_folder),
    CASE(settings_the_folder_does_not_offer_are_refused),
    CASE(a_folder_not_trained_to_edit_says_so),
};

}  // namespace
