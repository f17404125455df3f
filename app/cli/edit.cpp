#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/image/codec.h"

namespace b3o::cli {
namespace {

struct Options {
  PaintOptions paint;
  std::string instruction, image, mask;
  double strength = -1;
  int grow = 0, feather = 0;
};

}  // namespace

void add_edit(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("edit", "Change a picture by words, everywhere or where a mask is white");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("instruction", o->instruction, "what to change")->required();
  command->add_option("--image", o->image, "the picture")->required();
  command->add_option("--mask", o->mask, "a picture of the same size: white is repainted, black kept");
  command
      ->add_option("--strength", o->strength,
                   "part of the paint schedule that runs, 0 to 1; the model's own without it")
      ->check(CLI::Range(0.0, 1.0))
      ->default_str("");
  command->add_option("--grow", o->grow, "grow the mask by this many pixels")->check(CLI::Range(0, 1024));
  command->add_option("--feather", o->feather, "blend over this many pixels at the mask's edge")
      ->check(CLI::Range(0, 1024));
  o->paint.add_to(*command);
  o->paint.add_plan_to(*command);
  command->callback([&common, o] {
    EditRequest request;
    request.recipe = o->paint.recipe();
    request.recipe.task = "edit";
    request.recipe.prompt = o->instruction;
    request.recipe.grow = o->grow;
    request.recipe.feather = o->feather;
    request.previews = false;
    request.parity = o->paint.parity();
    request.source = std::make_shared<Image>(load_image(o->image));
    if (!o->mask.empty()) request.mask = std::make_shared<GrayImage>(load_mask(o->mask));
    Session session(common);
    session.load();
    request.recipe.strength = o->strength >= 0 ? o->strength : session.info().can.default_edit_strength;
    paint_and_save(session, common, std::move(request), o->paint);
  });
}

}  // namespace b3o::cli
