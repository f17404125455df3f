#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/base/error.h"
#include "core/image/codec.h"

namespace b3o::cli {
namespace {

struct Options {
  PaintOptions paint;
  std::string prompt, user_text, image;
  CLI::Option* prompt_option = nullptr;
  int count = 1;
  bool reference_tokens = false;
};

GenerateRequest request_of(const Options& o) {
  GenerateRequest r;
  r.recipe = o.paint.recipe();
  if (o.prompt_option->count() > 0) r.recipe.prompt = o.prompt;
  if (!o.user_text.empty()) r.recipe.user_text = o.user_text;
  r.recipe.task = "generate";
  r.count = o.count;
  r.reference_tokens = o.reference_tokens;
  r.previews = false;
  r.parity = o.paint.parity();
  if (!o.image.empty()) r.image = std::make_shared<Image>(load_image(o.image));
  return r;
}

}  // namespace

void add_generate(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("generate", "Draw pictures from a prompt");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  o->prompt_option = command->add_option("prompt", o->prompt, "what to draw; may be empty");
  o->paint.add_to(*command);
  command->add_option("--count", o->count, "number of pictures; picture k has seed + k")->check(CLI::Range(1, 1000));
  o->paint.add_plan_to(*command);
  command->add_option("--image", o->image, "a picture as context for --user-text");
  command->add_option("--user-text", o->user_text, "the whole user turn; <image> marks the picture's place");
  command->add_flag("--reference-tokens", o->reference_tokens,
                    "text that spells a control token becomes that token, as in the reference");
  command->callback([&common, o] {
    if (o->prompt_option->count() == 0 && o->user_text.empty() && o->paint.recipe_file.empty())
      throw RequestError("Nothing to draw: give a prompt (\"\" draws without one), --user-text or --recipe.");
    if (!o->image.empty() && o->user_text.empty())
      throw RequestError("--image needs --user-text with <image> at the picture's place.");
    GenerateRequest request = request_of(*o);
    Session session(common);
    session.load();
    paint_and_save(session, common, std::move(request), o->paint);
  });
}

}  // namespace b3o::cli
