#include "app/cli/paint_options.h"

#include <charconv>
#include <filesystem>
#include <iostream>
#include <random>

#include "app/cli/output.h"
#include "core/api/picture_file.h"
#include "core/base/error.h"

namespace b3o::cli {

void PaintOptions::add_to(CLI::App& command) {
  command.add_option("--out", out, "file of the picture (PNG)");
  command.add_flag("--no-tokens", no_tokens, "leave out of the PNG the tokens that `decode` could paint it from again");
  seed_option = command.add_option("--seed", seed, "seed of the picture; without it a random one is drawn");
  command.add_option("--size", size, "WxH in pixels; the model's own size without it");
  command.add_option("--original-size", original_size, "WxH the size conditioning speaks of");
  command.add_option("--crop", crop, "X,Y: left and top the size conditioning speaks of");
  command.add_option("--paint-steps", paint_steps, "steps of the pixel decoder")->check(CLI::Range(1, 1000));
  command.add_option("--paint-guidance", paint_guidance, "guidance of the pixel decoder")
      ->check(CLI::Range(0.0, 100.0));
  command.add_option("--sampler", sampler, "sampler of the pixel decoder");
  command.add_option("--spacing", spacing, "leading, trailing, linspace or karras");
  command.add_option("--recipe", recipe_file, "start from this recipe (JSON, or a PNG made by this program)");
  command.add_option("--trace", trace, "write intermediates to this safetensors file");
  command.add_option("--noise", noise, "take random draws from this safetensors file");
}

void PaintOptions::add_plan_to(CLI::App& command) {
  command.add_option("--plan-steps", plan_steps, "steps of the flow that plans the tokens")->check(CLI::Range(1, 1000));
  command.add_option("--plan-guidance", plan_guidance, "guidance of the plan")->check(CLI::Range(0.0, 100.0));
  command.add_flag("--exact-times", exact_times,
                   "tell the plan's network exact times, not whole ones as the reference");
}

std::pair<int, int> parse_pair(const std::string& text, char separator, const char* option) {
  int a = 0, b = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, a);
  if (first.ec == std::errc() && first.ptr != end && *first.ptr == separator) {
    const auto second = std::from_chars(first.ptr + 1, end, b);
    if (second.ec == std::errc() && second.ptr == end && a >= 0 && b >= 0) return {a, b};
  }
  throw RequestError(cat(option, " is '", text, "', expected two whole numbers like 640", separator, "480."));
}

Recipe PaintOptions::recipe() const {
  Recipe r;
  if (!recipe_file.empty()) r = read_recipe(recipe_file);
  if (seed_option->count() > 0)
    r.seed = seed;
  else if (recipe_file.empty())
    r.seed = std::random_device()();
  if (!size.empty()) std::tie(r.paint.width, r.paint.height) = parse_pair(size, 'x', "--size");
  if (!original_size.empty())
    std::tie(r.paint.original_width, r.paint.original_height) = parse_pair(original_size, 'x', "--original-size");
  if (!crop.empty()) std::tie(r.paint.crop_left, r.paint.crop_top) = parse_pair(crop, ',', "--crop");
  if (plan_steps > 0) r.plan.steps = plan_steps;
  if (plan_guidance >= 0) r.plan.guidance = plan_guidance;
  if (exact_times) r.plan.exact_times = true;
  if (paint_steps > 0) r.paint.steps = paint_steps;
  if (paint_guidance >= 0) r.paint.guidance = paint_guidance;
  if (!sampler.empty()) r.paint.sampler = sampler;
  if (!spacing.empty()) r.paint.spacing = spacing;
  return r;
}

namespace {

const char* word(SourceView::Read read) {
  switch (read) {
    case SourceView::Read::as_it_is:
      return "as it is";
    case SourceView::Read::scaled:
      return "scaled";
    case SourceView::Read::squashed:
      return "squashed to a square";
    case SourceView::Read::cropped:
      return "cropped to a square";
  }
  return "";
}

// What is told of a result beside its file and recipe: how its source was read, and what to know about it.
void add_notes(const ImageReady& ready, Json& picture) {
  const SourceView& view = ready.view;
  if (view.width > 0) {
    picture["read"] = {{"how", word(view.read)}, {"width", view.read_width}, {"height", view.read_height}};
    picture["part"] = {view.x, view.y, view.width, view.height};
  }
  if (ready.cosine) picture["cosine"] = *ready.cosine;
  if (!ready.warnings.empty()) picture["warnings"] = ready.warnings;
}

void say_notes(const ImageReady& ready) {
  const SourceView& view = ready.view;
  if (view.read == SourceView::Read::squashed || view.read == SourceView::Read::cropped)
    std::cerr << "The model read the picture " << word(view.read) << " of " << view.read_width << " pixels."
              << std::endl;
  const EditSettings& edit = ready.recipe.edit;
  if (ready.recipe.task == "edit" && edit.path == kCaptionPath && edit.mode == EditMode::words)
    std::cerr << "Changed by way of a description: " << edit.caption << std::endl;
  for (const std::string& warning : ready.warnings) std::cerr << warning << std::endl;
}

}  // namespace

void paint_and_save(Session& session, const Common& common, Request request, const PaintOptions& options) {
  Json pictures = Json::array();
  session.run(std::move(request), [&](const Event& event) {
    const auto* ready = std::get_if<ImageReady>(&event);
    if (!ready) return;
    const auto file = save_picture(*ready, options.out, !options.no_tokens);
    pictures.push_back(
        {{"file", file.string()}, {"seconds", ready->seconds}, {"recipe", Json::parse(to_json(ready->recipe))}});
    add_notes(*ready, pictures.back());
    if (common.json) return;
    if (!common.quiet && ready->picture == 0) say_notes(*ready);
    std::cout << file.string() << std::endl;
  });
  session.say_notice();
  if (!common.json) return;
  Json result = {{"pictures", pictures}};
  if (!session.info().notice.empty()) result["notice"] = session.info().notice;
  print_json(result);
}

}  // namespace b3o::cli
