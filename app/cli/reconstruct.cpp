#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/image/codec.h"

namespace b3o::cli {

void add_reconstruct(CLI::App& app, Common& common) {
  struct Options {
    PaintOptions paint;
    std::string image;
  };
  auto* command = app.add_subcommand("reconstruct", "Picture to CLIP tokens and back to a picture");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("--image", o->image, "the picture")->required();
  o->paint.add_to(*command);
  command->callback([&common, o] {
    ReconstructRequest request;
    request.recipe = o->paint.recipe();
    request.recipe.task = "reconstruct";
    request.previews = false;
    request.parity = o->paint.parity();
    request.source = std::make_shared<Image>(load_image(o->image));
    Session session(common);
    session.load();
    paint_and_save(session, common, std::move(request), o->paint);
  });
}

}  // namespace b3o::cli
