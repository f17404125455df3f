// Every edit with the demonstration model, and where it matters with a tiny one that was not trained to edit.
#include <algorithm>
#include <map>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/families/blip3o/official.h"
#include "core/image/resize.h"
#include "tests/core/families/editing.h"
#include "tests/core/image/pictures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void words_take_the_path_the_model_was_trained_for() {
  const EditRequest r = edit_of(EditMode::words, scene(), "make the star yellow");
  const ImageReady ready = made(r);
  check_equal(ready.recipe.edit.path, std::string(kInstructionPath), "path");
  check(ready.recipe.edit.token_strength == 1.0 && ready.recipe.edit.crop == false, "what was left open");
  check(!ready.cosine, "the source's tokens were not needed");
  check(ready.view.read == SourceView::Read::as_it_is && ready.view.width == 128, "view");
  check_replays(r, ready);
}

void a_recipe_of_before_the_modes_draws_the_same_picture() {
  EditRequest r = edit_of(EditMode::words, scene(), "make the star yellow");
  r.mask = box_mask(128, 128, 64, 0, 64, 128);
  const ImageReady now = made(r);
  Json json = parse_json(to_json(now.recipe), "recipe");
  json.erase("edit");
  r.recipe = recipe_from_json(json.dump(), "recipe");
  check(made(r).image == now.image, "another picture");
}

void weaker_words_stay_closer_to_the_source() {
  double before = 2;
  for (const double strength : {0.0, 0.3, 0.6, 0.9}) {
    EditRequest r = edit_of(EditMode::words, scene(), "make the star yellow");
    r.recipe.edit.token_strength = strength;
    const double cosine = made(r).cosine.value();
    check(cosine < before, cat("the cosine is ", cosine, " at ", strength, " after ", before));
    if (strength == 0) check_close(cosine, 1, 1e-9, "of untouched tokens");
    before = cosine;
  }
}

void proposals_have_seeds_of_their_own() {
  EditRequest r = edit_of(EditMode::words, scene(), "remove the fish");
  r.count = 3;
  const auto batch = serve(paper_world(), r).all<ImageReady>();
  check_equal(batch.size(), size_t(3), "proposals");
  for (size_t k = 0; k < 3; ++k) {
    check_equal(batch[k].recipe.seed, 3 + k, "seed");
    check_equal(batch[k].pictures, 3, "of how many");
  }
  check(batch[0].image != batch[1].image, "two proposals are equal");
  check_replays(r, batch[2]);
  r.first = 2;
  const auto rest = serve(paper_world(), r).all<ImageReady>();
  check(rest.size() == 1 && rest[0].picture == 2 && rest[0].image == batch[2].image, "the rest of a batch");
}

void repainting_with_every_switch_keeps_what_lies_outside() {
  const Image large = resize_bicubic(scene(), 604, 644);
  EditRequest r = edit_of(EditMode::repaint, large, "make the star yellow");
  const auto mask = box_mask(604, 644, 330, 250, 130, 120);
  r.mask = mask;
  r.recipe.paint.steps = 4;
  r.recipe.edit.keep_cells = true;
  r.recipe.edit.resampling = 2;
  r.recipe.feather = 6;
  const ImageReady ready = made(r);
  const auto [outside, inside] = changed_bytes(large, ready.image, *mask);
  check_equal(outside, 0, "bytes changed outside");
  check(inside > 1000, "nothing changed inside");
  check(ready.recipe.edit.crop == true, "a small mask is cropped to");
  check(ready.view.width < 300 && ready.view.painted_width == 128, "the part that was painted");
  check_replays(r, ready);
  EditRequest once = r;
  once.recipe.edit.resampling = 1;
  check(made(once).image != ready.image, "resampling changes nothing");
  EditRequest free = r;
  free.recipe.edit.keep_cells = false;
  check(made(free).tokens != ready.tokens, "keeping cells changes nothing");
}

void kept_cells_have_the_sources_tokens() {
  EditRequest r = edit_of(EditMode::repaint, scene(), "make the star yellow");
  r.mask = box_mask(128, 128, 64, 32, 48, 48);  // cells 4..6 across, 2..4 down
  r.recipe.edit.keep_cells = true;
  const ImageReady ready = made(r);
  EditRequest source = edit_of(EditMode::vary, scene());
  const ImageReady plain = made(source);  // the same tokens as the source
  for (int cell = 0; cell < 64; ++cell) {
    const bool inside = cell % 8 >= 4 && cell % 8 <= 6 && cell / 8 >= 2 && cell / 8 <= 4;
    const auto at = [&](const ImageReady& of) { return of.tokens.begin() + cell * of.token_width; };
    const bool same = std::equal(at(ready), at(ready) + ready.token_width, at(plain));
    check_equal(same, !inside, cat("cell ", cell, " is the source's"));
  }
}

void a_part_may_be_told_what_it_shows_or_nothing_at_all() {
  EditRequest r = edit_of(EditMode::repaint, scene(), "a yellow moon");
  const auto mask = box_mask(128, 128, 0, 0, 60, 60);
  r.mask = mask;
  r.recipe.edit.path = kCaptionPath;
  ImageReady ready = made(r);
  check_equal(ready.recipe.edit.path, std::string(kCaptionPath), "a description");
  check_equal(changed_bytes(scene(), ready.image, *mask).first, 0, "bytes changed outside");
  r.recipe.prompt.clear();
  ready = made(r);
  check(ready.recipe.edit.path.empty() && ready.recipe.edit.token_strength == 0.0, "no words: the source's tokens");
  check_equal(changed_bytes(scene(), ready.image, *mask).first, 0, "bytes changed outside without words");
  r.recipe.edit.path.clear();
  r.recipe.prompt = "an astronaut";
  Listener listener;
  JobContext job = listener.context();
  check_contains(message_of<Refusal>([&] { paper_world().serve(r, job); }), "Try: ");
}

void grey_parts_of_a_soft_mask_change_less() {
  EditRequest r = edit_of(EditMode::repaint, scene());
  r.recipe.paint.steps = 8;
  auto mask = box_mask(128, 128, 0, 0, 128, 128, 255);
  for (size_t i = 0; i < mask->pixels.size(); ++i)
    if (i % 128 >= 64) mask->pixels[i] = 90;
  r.mask = mask;
  r.recipe.edit.soft_mask = true;
  const Image soft = made(r).image;
  r.recipe.edit.soft_mask = false;
  const Image hard = made(r).image;
  const auto right = [](const Image& image) { return crop(image, 64, 0, 64, 128); };
  check(difference(right(soft), right(scene())) < difference(right(hard), right(scene())), "the grey half");
}

// 200 masks - boxes, scattered dots, full ones - on sizes no network works at, every switch and both ends of each
// strength (a strength of 0 is refused: it changes nothing).
void two_hundred_masks_change_no_byte_outside() {
  const std::pair<int, int> sizes[] = {{604, 644}, {127, 128}, {1, 64}, {64, 1}, {61, 47}, {64, 64}, {9, 200}, {1, 1}};
  uint64_t state = 7;
  const auto draw = [&](int low, int high) {
    return low + int(mix64(state += 0x9e3779b97f4a7c15u) % uint64_t(high - low + 1));
  };
  std::map<std::pair<int, int>, Image> pictures;
  for (const auto& [w, h] : sizes) pictures[{w, h}] = formula_image(h, w);
  int changed = 0;
  for (int k = 0; k < 200; ++k) {
    const bool any = k % 10 == 9;  // of another size each
    const int w = any ? draw(1, 90) : sizes[size_t(k) % std::size(sizes)].first;
    const int h = any ? draw(1, 90) : sizes[size_t(k) % std::size(sizes)].second;
    const Image source = any ? formula_image(h, w) : pictures[{w, h}];
    EditRequest r = tiny_edit(EditMode::repaint, source);
    r.recipe.paint.steps = 1 + k % 2;
    r.recipe.strength = k % 4 == 1 ? 0.5 : 1;
    r.recipe.edit.token_strength = double(k % 3) / 2;
    r.recipe.edit.keep_cells = k % 7 < 3;
    r.recipe.grow = k % 11 == 0 ? 2 : 0;
    r.recipe.edit.resampling = 1 + k % 3;
    r.recipe.feather = k % 5 == 0 ? 3 : 0;
    r.recipe.seed = uint64_t(k);
    const int x = draw(0, w - 1), y = draw(0, h - 1);
    const auto mask = k % 25 == 0 ? box_mask(w, h, 0, 0, w, h) : box_mask(w, h, x, y, draw(1, w - x), draw(1, h - y));
    for (int dots = k % 6 == 5 ? 12 : 0; dots > 0; --dots)
      mask->pixels[size_t(draw(0, h - 1)) * size_t(w) + size_t(draw(0, w - 1))] = uint8_t(draw(1, 255));
    r.mask = mask;
    const auto [outside, inside] = changed_bytes(source, made(r, tiny()).image, grow(*mask, r.recipe.grow));
    check_equal(outside, 0, cat("mask ", k, " of ", w, "x", h, ": bytes changed outside"));
    changed += inside > 0;
  }
  check(changed > 190, cat("only ", changed, " of 200 masks changed anything"));
  EditRequest nothing = tiny_edit(EditMode::repaint, pictures[{127, 128}]);
  nothing.mask = box_mask(127, 128, 0, 0, 1, 1, 0);
  check_equal(message_of<RequestError>([&] { validate(nothing); }),
              std::string("The mask is empty: mark what should be repainted."), "an empty mask");
  nothing.mask = box_mask(127, 128, 0, 0, 127, 128);
  nothing.recipe.strength = 0;
  check_equal(message_of<RequestError>([&] { validate(nothing); }),
              std::string("The strength is 0, which changes nothing; choose one above 0."), "a strength of 0");
}

void a_sibling_has_the_tokens_and_a_paint_of_its_own() {
  EditRequest r = edit_of(EditMode::vary, scene());
  r.count = 2;
  const auto siblings = serve(paper_world(), r).all<ImageReady>();
  check(siblings[0].tokens == siblings[1].tokens, "the tokens differ");
  check(siblings[0].image != siblings[1].image, "the pictures are equal");
  check_close(siblings[0].cosine.value(), 1, 1e-9, "cosine");
  check(!siblings[0].recipe.plan.steps, "no plan was made");
  check_replays(r, siblings[1]);
}

void siblings_leave_the_source_more_with_more_strength() {
  double before = 2;
  for (const double strength : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    EditRequest r = edit_of(EditMode::vary, scene());
    r.recipe.edit.token_strength = strength;
    r.recipe.plan.steps = 16;
    r.count = 4;  // the mean over four seeds
    double sum = 0;
    for (const ImageReady& ready : serve(paper_world(), r).all<ImageReady>()) sum += ready.cosine.value();
    check(sum / 4 < before, cat("the mean cosine is ", sum / 4, " at ", strength, " after ", before));
    before = sum / 4;
  }
}

void a_blend_has_both_ends_exactly_and_a_way_between() {
  EditRequest r = edit_of(EditMode::blend, scene());
  r.second = std::make_shared<Image>(scene(1));
  r.count = 5;
  r.film = true;
  const auto film = serve(paper_world(), r).all<ImageReady>();
  check_equal(film.size(), size_t(5), "pictures of the film");
  EditRequest first = edit_of(EditMode::vary, scene()), second = edit_of(EditMode::vary, scene(1));
  check(film.front().tokens == made(first).tokens, "the start is not the first picture's tokens");
  check(film.back().tokens == made(second).tokens, "the end is not the second picture's tokens");
  double before = 2;
  for (size_t k = 0; k < 5; ++k) {
    check_close(film[k].recipe.edit.blend, double(k) / 4, 1e-12, "place");
    check_equal(film[k].recipe.seed, uint64_t(3), "one seed");
    check(film[k].cosine.value() < before, "the cosine to the first rises");
    before = film[k].cosine.value();
  }
  check(!film[2].recipe.second_sha256.empty(), "the second picture's hash");
  check_replays(r, film[1]);
}

void an_extension_keeps_every_byte_of_the_picture() {
  EditRequest r = edit_of(EditMode::extend, scene(), "add a yellow moon on the right");
  r.recipe.edit.right = 64;
  r.recipe.edit.top = 16;
  const ImageReady ready = made(r);
  check(ready.image.width == 192 && ready.image.height == 144, "the new size");
  check(crop(ready.image, 0, 16, 128, 128) == scene(), "the picture changed");
  check_replays(r, ready);
  r = edit_of(EditMode::extend, crop(scene(), 3, 5, 61, 47));
  r.recipe.edit.left = 30;
  r.recipe.edit.bottom = 23;
  const Image odd = made(r).image;
  check(crop(odd, 30, 0, 61, 47) == *r.source, "an odd picture changed");
}

void details_are_the_same_picture_nearly() {
  EditRequest r = edit_of(EditMode::details, scene());
  r.recipe.paint.steps = 8;
  r.recipe.strength = 0.25;
  const ImageReady ready = made(r);
  check(ready.image != scene(), "nothing changed");
  check(difference(ready.image, scene()) < 12, cat("the picture changed by ", difference(ready.image, scene())));
  check_replays(r, ready);
  EditRequest strong = r;
  strong.recipe.strength = 1;
  check(difference(made(strong).image, scene()) > difference(ready.image, scene()), "more strength changes more");
}

void a_strength_that_runs_no_step_is_refused_before_anything_runs() {
  EditRequest r = edit_of(EditMode::words, scene(), "make the star yellow");
  r.recipe.strength = 0.4;
  Listener listener;
  JobContext job = listener.context();
  check_contains(message_of<RequestError>([&] { paper_world().serve(r, job); }), "0.5");
  check(listener.events.empty(), "something ran");
}

void a_model_not_trained_for_it_goes_by_a_description_and_says_so() {
  check(!tiny().info().can.trained_to_edit && tiny().info().can.edit, "capabilities");
  EditRequest r = tiny_edit(EditMode::words, formula_image(64, 64), "make it red");
  const ImageReady ready = made(r, tiny());
  check_equal(ready.recipe.edit.path, std::string(kCaptionPath), "path");
  check(!ready.recipe.edit.caption.empty(), "no caption");
  check(ready.recipe.edit.token_strength == 0.6, "strength of the tokens");
  check_replays(r, ready, tiny());
  check(made(r, tiny()).image == ready.image, "a second description differs");
  r.recipe.edit.caption = "a red boat";
  check(made(r, tiny()).tokens != ready.tokens, "the caption does not matter");
  r.recipe.edit.path = kInstructionPath;
  check_equal(made(r, tiny()).recipe.edit.path, std::string(kInstructionPath), "a wish for the instruction");
}

void the_drawn_world_is_not_asked_to_rewrite() {
  EditRequest r = edit_of(EditMode::words, scene(), "make the star yellow");
  r.recipe.edit.path = kCaptionPath;
  Listener listener;
  JobContext job = listener.context();
  check_contains(message_of<RequestError>([&] { paper_world().serve(r, job); }), "cannot rewrite");
  r.recipe.edit.caption = "a red fish left of a yellow star at night";
  check_equal(made(r).recipe.edit.path, std::string(kCaptionPath), "with a description it is");
}

void a_folder_without_the_clip_encoder_edits_too() {
  const TemporaryFolder place;
  synthesize(place / "tiny", {"tiny", false, 1}, {});
  Listener listener;
  JobContext job = listener.context();
  const auto family = open_family({place / "tiny", DeviceChoice::cpu, NumberType::fp32, false}, job);
  check(!family->info().can.reconstruct, "there is an encoder");
  EditRequest r = tiny_edit(EditMode::vary, formula_image(64, 64));
  const ImageReady first = made(r, *family);
  r.recipe.seed = 4;
  check(made(r, *family).tokens == first.tokens, "the source's tokens depend on the seed");
}

const Cases cases = {
    CASE(words_take_the_path_the_model_was_trained_for),
    CASE(a_recipe_of_before_the_modes_draws_the_same_picture),
    CASE(weaker_words_stay_closer_to_the_source),
    CASE(proposals_have_seeds_of_their_own),
    CASE(repainting_with_every_switch_keeps_what_lies_outside),
    CASE(kept_cells_have_the_sources_tokens),
    CASE(a_part_may_be_told_what_it_shows_or_nothing_at_all),
    CASE(grey_parts_of_a_soft_mask_change_less),
    CASE(two_hundred_masks_change_no_byte_outside),
    CASE(a_sibling_has_the_tokens_and_a_paint_of_its_own),
    CASE(siblings_leave_the_source_more_with_more_strength),
    CASE(a_blend_has_both_ends_exactly_and_a_way_between),
    CASE(an_extension_keeps_every_byte_of_the_picture),
    CASE(details_are_the_same_picture_nearly),
    CASE(a_strength_that_runs_no_step_is_refused_before_anything_runs),
    CASE(a_model_not_trained_for_it_goes_by_a_description_and_says_so),
    CASE(the_drawn_world_is_not_asked_to_rewrite),
    CASE(a_folder_without_the_clip_encoder_edits_too),
};

}  // namespace
