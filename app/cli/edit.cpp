#include <charconv>

#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/api/edit_part.h"
#include "core/base/error.h"
#include "core/image/codec.h"

namespace b3o::cli {
namespace {

struct Options {
  PaintOptions paint;
  std::string instruction, image, second, mask, mode, extend, path, caption;
  double strength = 0, token_strength = 0, blend = 0.5;
  int grow = 0, feather = 0, resampling = 1, padding = 32, count = 1, film = 0;
  bool keep_cells = false, soft_mask = false, crop = false;
  CLI::App* command = nullptr;
  bool given(const char* option) const { return command->get_option(option)->count() > 0; }
};

void add_options(CLI::App& command, Options& o) {
  command.add_option("instruction", o.instruction, "what to change, or what the new part shows");
  command.add_option("--image", o.image, "the picture")->required();
  command
      .add_option("--mode", o.mode,
                  "words: what the words say; repaint: what the mask marks; vary: a sibling; blend: between two "
                  "pictures; extend: more canvas; details: fine parts anew")
      ->check(CLI::IsMember({"words", "repaint", "vary", "blend", "extend", "details"}))
      ->default_str("words");
  command.add_option("--mask", o.mask, "a picture of the same size: white is repainted, black kept");
  command.add_option("--second", o.second, "the picture to blend with");
  command
      .add_option("--strength", o.strength,
                  "part of the paint schedule that runs, above 0, to 1; the model's own without it")
      ->check(CLI::Range(0.0, 1.0))
      ->default_str("");
  command
      .add_option("--token-strength", o.token_strength,
                  "how far the tokens leave the source's: 0 keeps them, 1 takes those of the words alone")
      ->check(CLI::Range(0.0, 1.0))
      ->default_str("");
  command.add_option("--grow", o.grow, "grow the mask by this many pixels")->check(CLI::Range(0, 1024));
  command.add_option("--feather", o.feather, "blend over this many pixels at the mask's edge")
      ->check(CLI::Range(0, 1024));
  command
      .add_option(
          "--resampling", o.resampling,
          "take noisy steps this often, so that old and new grow together; without it once, of an extension twice")
      ->check(CLI::Range(1, 4));
  command.add_flag("--keep-cells,!--free-cells", o.keep_cells,
                   "lock the tokens of the cells that the mask leaves alone, as repaint does without either");
  command.add_flag("--soft-mask", o.soft_mask, "grey parts of the mask change less");
  command.add_flag("--crop-mask,!--whole", o.crop,
                   "paint only the mask's surroundings, at the model's full size; without either where it helps");
  command.add_option("--padding", o.padding, "pixels around the mask that belong to its surroundings")
      ->check(CLI::Range(0, 4096));
  command.add_option("--blend", o.blend, "0: the first picture, 1: the second")->check(CLI::Range(0.0, 1.0));
  command.add_option("--film", o.film, "blend: this many pictures from the first to the second")
      ->check(CLI::Range(2, 1000));
  command.add_option("--extend", o.extend, "L,T,R,B: pixels of new canvas, at most half of the picture's side each");
  command.add_option("--path", o.path, "words by instruction or by caption; the model's own without it")
      ->check(CLI::IsMember({"instruction", "caption"}));
  command.add_option("--caption", o.caption, "what the changed picture shows, for the caption path");
  command.add_option("--count", o.count, "number of proposals; proposal k has seed + k")->check(CLI::Range(1, 1000));
}

void read_margins(const std::string& text, EditSettings& e) {
  int* sides[] = {&e.left, &e.top, &e.right, &e.bottom};
  const char* at = text.data();
  const char* end = at + text.size();
  for (size_t i = 0; i < 4; ++i) {
    const auto number = std::from_chars(at, end, *sides[i]);
    const bool ends_well = i == 3 ? number.ptr == end : number.ptr != end && *number.ptr == ',';
    if (number.ec != std::errc() || !ends_well)
      throw RequestError(cat("--extend is '", text, "', expected four whole numbers like 0,0,64,0."));
    at = number.ptr + 1;
  }
}

// The recipe of --recipe overlaid with the options that were given.
Recipe recipe_of(const Options& o) {
  Recipe r = o.paint.recipe();
  EditSettings& e = r.edit;
  const bool from_edit = r.task == "edit" && !o.paint.recipe_file.empty();
  if (!from_edit) e = {};
  r.task = "edit";
  const auto take = [&](const char* option, auto& value, const auto& given) {
    if (o.given(option)) value = given;
  };
  take("instruction", r.prompt, o.instruction);
  take("--grow", r.grow, o.grow);
  take("--feather", r.feather, o.feather);
  if (o.given("--mode")) e.mode = edit_mode(o.mode).value();
  take("--token-strength", e.token_strength, o.token_strength);
  take("--resampling", e.resampling, o.resampling);
  take("--keep-cells", e.keep_cells, o.keep_cells);
  take("--soft-mask", e.soft_mask, o.soft_mask);
  take("--crop-mask", e.crop, o.crop);
  take("--padding", e.padding, o.padding);
  take("--blend", e.blend, o.blend);
  take("--path", e.path, o.path);
  take("--caption", e.caption, o.caption);
  if (o.given("--caption")) e.path = kCaptionPath;
  if (o.given("--extend")) read_margins(o.extend, e);
  return r;
}

EditRequest request_of(const Options& o) {
  EditRequest request;
  request.recipe = recipe_of(o);
  request.count = o.film > 0 ? o.film : o.count;
  request.film = o.film > 0;
  request.previews = false;
  request.parity = o.paint.parity();
  request.source = std::make_shared<Image>(load_image(o.image));
  if (!o.second.empty()) request.second = std::make_shared<Image>(load_image(o.second));
  if (!o.mask.empty()) request.mask = std::make_shared<GrayImage>(load_mask(o.mask));
  return request;
}

}  // namespace

void add_edit(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("edit", "Change a picture: by words, inside a mask, as a variation, a blend ...");
  auto o = std::make_shared<Options>();
  o->command = command;
  add_common(*command, common);
  add_options(*command, *o);
  o->paint.add_to(*command);
  o->paint.add_plan_to(*command);
  command->callback([&common, o] {
    EditRequest request = request_of(*o);
    if (o->given("--strength")) request.recipe.strength = o->strength;
    validate(request);  // a mistake is told before anything is loaded
    Session session(common);
    session.load();
    if (o->paint.recipe_file.empty()) {
      const EditDefaults own = edit_defaults(request.recipe.edit.mode, session.info().can);
      if (!o->given("--strength")) request.recipe.strength = own.strength;
      if (!o->given("--keep-cells")) request.recipe.edit.keep_cells = own.keep_cells;
      if (!o->given("--resampling")) request.recipe.edit.resampling = own.resampling;
    }
    paint_and_save(session, common, std::move(request), o->paint);
  });
}

}  // namespace b3o::cli
