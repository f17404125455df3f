#include "core/families/blip3o/stages.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/progress.h"
#include "core/families/blip3o/version.h"
#include "core/image/resize.h"
#include "core/sampling/feature_map.h"
#include "core/sampling/noise.h"

namespace b3o {
namespace {

constexpr int kQuickLooks = 3;  // rough pictures shown while the tokens are planned

}  // namespace

Stages::Stages(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer, const ModelInfo& info)
    : config_(config),
      networks_(networks),
      info_(info),
      planner_(config, networks, tokenizer),
      painter_(config, networks) {}

PlanRun Stages::plan_run(const PlanSettings& settings) const {
  return {settings.steps.value_or(config_.can.default_plan_steps),
          settings.guidance.value_or(config_.can.default_plan_guidance), settings.exact_times};
}

Recipe Stages::completed(Recipe r, const PlanRun* plan, const PaintRun& paint) const {
  if (plan)
    r.plan = {plan->steps, plan->guidance, plan->exact_times};
  else
    r.plan = {};
  r.paint = {paint.sampler, paint.spacing,        paint.steps,           paint.guidance,  paint.width,
             paint.height,  paint.original_width, paint.original_height, paint.crop_left, paint.crop_top};
  r.model_name = info_.name;
  r.model_hash = info_.hash.substr(0, 16);
  r.device = info_.device;
  r.number_type = info_.number_type;
  r.program_version = kProgramVersion;
  return r;
}

at::Tensor Stages::read(const std::vector<PlanPrompt>& prompts, JobContext& job, TraceFile& trace) {
  StageClock clock(job, Stage::read, 1);
  const at::Tensor q = planner_.states(prompts, job);
  trace.put("ids", at::tensor(prompts.front().ids, at::kLong).unsqueeze(0).squeeze(0));
  trace.put("Q", q);
  clock.step();
  return q;
}

// A rough picture of tokens that are still being planned, by the fewest steps the decoder can take.
void Stages::quick_look(const at::Tensor& grid, const PictureRun& picture, JobContext& job) {
  const Capabilities& can = config_.can;
  PaintRun run = picture.paint;
  run.guidance = 1;
  run.steps = can.paint_steps.empty() ? 4 : *std::min_element(can.paint_steps.begin(), can.paint_steps.end());
  if (can.free_size) {
    run.spacing = "trailing";
    run.width = std::min(run.width, can.native_width / 2);
    run.height = std::min(run.height, can.native_height / 2);
  }
  TraceFile none{{}};
  const at::Tensor noise = standard_normal(picture.recipe.seed, kPreviewNoise, painter_.latent_shape(run));
  const at::Tensor latent = painter_.latent(grid_to_tokens(grid), {}, run, noise, nullptr, job, [] {}, {}, none);
  job.emit(Preview{Preview::Kind::estimate, painter_.picture(latent, job, none), picture.number, picture.part.x,
                   picture.part.y, picture.part.width, picture.part.height});
}

at::Tensor Stages::plan_tokens(const at::Tensor& states, const PlanRun& run, const PictureRun& picture,
                               const PlanStart* start, JobContext& job, TraceFile& trace) {
  const at::Tensor noise = picture.draws.normal("clip_noise", picture.recipe.seed, kClipNoise, planner_.noise_shape());
  trace.put("clip_noise", noise);
  StageClock clock(job, Stage::plan, Planner::steps_of(run, start), picture.number, picture.count);
  FeatureMap map;
  Planner::SeeEstimate see;
  if (picture.previews)
    see = [&](const at::Tensor& grid, int step) {
      map = feature_map(grid_to_tokens(grid)[0], map.rgb.empty() ? nullptr : &map);
      Image shown(int(grid.size(3)), int(grid.size(2)));
      shown.pixels = map.rgb;
      job.emit(Preview{Preview::Kind::plan_map, std::move(shown), picture.number});
      const bool due = step * kQuickLooks / run.steps != (step - 1) * kQuickLooks / run.steps;
      if (due && painter_.is_cheap() && networks_.can_paint_meanwhile()) quick_look(grid, picture, job);
    };
  const at::Tensor tokens = planner_.plan(states, noise, run, job, [&] { clock.step(); }, see, trace, "", start);
  trace.put("E", tokens);
  return tokens;
}

Image Stages::paint(const at::Tensor& tokens, const at::Tensor& negative, const PictureRun& picture,
                    const PaintStart* start, JobContext& job, TraceFile& trace) {
  const at::Tensor noise =
      picture.draws.normal("unet.noise", picture.recipe.seed, kPaintNoise, painter_.latent_shape(picture.paint));
  at::Tensor latent;
  {
    StageClock clock(job, Stage::paint, painter_.steps_of(picture.paint, start), picture.number, picture.count);
    Painter::SeeEstimate see;
    if (picture.previews)
      see = [&](Image preview) {
        job.emit(Preview{Preview::Kind::painting, std::move(preview), picture.number, picture.part.x, picture.part.y,
                         picture.part.width, picture.part.height});
      };
    latent = painter_.latent(tokens, negative, picture.paint, noise, start, job, [&] { clock.step(); }, see, trace);
  }
  StageClock clock(job, Stage::decode, 1, picture.number, picture.count);
  Image image = painter_.picture(latent, job, trace);
  clock.step();
  return image;
}

at::Tensor Stages::clip_tokens(const at::Tensor& pixels, JobContext& job) {
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  return networks_.eva(job).tokens(pixels.to(networks_.device(), networks_.type()), stop);
}

at::Tensor Stages::clip_input(const Image& image, ClipFit fit) const {
  const int64_t side = config_.draw->eva.image_size;
  return tensor_of(clip_pixels(image, int(side), fit, config_.image.mean, config_.image.std), {1, 3, side, side});
}

at::Tensor Stages::pooled(const at::Tensor& tokens) const {
  return grid_to_tokens(pool_tokens(tokens, config_.draw->pooling)).to(at::kFloat);
}

at::Tensor Stages::clip_tokens_of(const Image& image, JobContext& job, TraceFile& trace) {
  const Image square = centre_square(image);
  const at::Tensor tokens = clip_tokens(clip_input(square, ClipFit::squash), job);
  if (trace.on()) {
    const int64_t row = config_.draw->eva.side();
    trace.put("eva_input_u8_resized_squash",
              tensor_of(clip_square(square, int(config_.draw->eva.image_size), ClipFit::squash)));
    trace.put("eva_tokens_rows",
              tokens[0].index_select(0, at::tensor({int64_t(0), int64_t(1), row - 1, row, row * row - 1},
                                                   at::TensorOptions(at::kLong).device(tokens.device()))));
    trace.put("train_preproc.E", pooled(clip_tokens(clip_input(image, ClipFit::crop), job)));
  }
  return pooled(tokens);
}

at::Tensor Stages::clip_tokens_of_all(const Image& image, JobContext& job) {
  return pooled(clip_tokens(clip_input(image, ClipFit::squash), job));
}

at::Tensor Stages::nothing_tokens(JobContext& job, TraceFile& trace) {
  const int64_t side = config_.draw->eva.image_size;
  const at::Tensor tokens = pooled(clip_tokens(at::zeros({1, 3, side, side}), job));
  trace.put("null_image.E", tokens);
  return tokens;
}

at::Tensor Stages::negative_tokens(const PlanRun& run, const PaintRun& paint, const Draws& draws, bool own_noise,
                                   JobContext& job, TraceFile& trace) {
  return paint.guidance > 1 ? planner_.negative_tokens(run, draws, own_noise, job, trace) : at::Tensor();
}

}  // namespace b3o
