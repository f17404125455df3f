#include "core/families/blip3o/draw.h"

#include <ATen/ATen.h>

#include <chrono>
#include <cmath>
#include <span>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/progress.h"
#include "core/families/blip3o/version.h"
#include "core/families/drawn_world.h"
#include "core/image/clip.h"
#include "core/image/codec.h"
#include "core/image/resize.h"
#include "core/sampling/feature_map.h"
#include "core/sampling/noise.h"

namespace b3o {
namespace {

constexpr int kQuickLooks = 3;  // rough pictures shown while the tokens are planned

using Clock = std::chrono::steady_clock;

// The size an edit is painted at: the picture's own, cut to the grid, or the nearest the model can do.
std::pair<int, int> working_size(const Image& image, const Capabilities& can) {
  if (!can.free_size) return {can.native_width, can.native_height};
  const double shrink = std::min(1.0, double(can.max_side) / std::max(image.width, image.height));
  const auto fit = [&](int side) {
    const int cells = int(std::lround(side * shrink)) / can.size_multiple;
    return std::max(1, cells) * can.size_multiple;
  };
  return {fit(image.width), fit(image.height)};
}

Image resized(const Image& image, int width, int height) {
  return image.width == width && image.height == height ? image : resize_bicubic(image, width, height);
}

// The mask at the working size, [1, 1, H, W]: painted wherever any pixel of the source's mask is.
at::Tensor mask_pixels(const GrayImage& mask, int width, int height) {
  return tensor_of(area_average(mask, width, height), {1, 1, height, width});
}

std::string mask_sha256(const GrayImage& mask) {
  return Sha256().add(cat(mask.width, 'x', mask.height, ' ')).add(std::as_bytes(std::span(mask.pixels))).hex();
}

}  // namespace

struct Draw::Picture {
  Recipe recipe;  // complete
  PaintRun paint;
  const Draws& draws;
  int number = 0, count = 1;
  bool previews = false;
  Clock::time_point start = Clock::now();
};

Draw::Draw(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer, const ModelInfo& info)
    : config_(config),
      networks_(networks),
      info_(info),
      planner_(config, networks, tokenizer),
      painter_(config, networks) {}

PlanRun Draw::plan_run(const PlanSettings& settings) const {
  return {settings.steps.value_or(config_.can.default_plan_steps),
          settings.guidance.value_or(config_.can.default_plan_guidance), settings.exact_times};
}

Recipe Draw::completed(Recipe r, const PlanRun* plan, const PaintRun& paint) const {
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

at::Tensor Draw::read(const std::vector<PlanPrompt>& prompts, JobContext& job, TraceFile& trace) {
  StageClock clock(job, Stage::read, 1);
  const at::Tensor q = planner_.states(prompts, job);
  trace.put("ids", at::tensor(prompts.front().ids, at::kLong).unsqueeze(0).squeeze(0));
  trace.put("Q", q);
  clock.step();
  return q;
}

// A rough picture of tokens that are still being planned, by the fewest steps the decoder can take.
void Draw::quick_look(const at::Tensor& grid, const Picture& picture, JobContext& job) {
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
  job.emit(Preview{Preview::Kind::estimate, painter_.picture(latent, job, none), picture.number});
}

at::Tensor Draw::plan_tokens(const at::Tensor& states, const PlanRun& run, const Picture& picture, JobContext& job,
                             TraceFile& trace) {
  const at::Tensor noise = picture.draws.normal("clip_noise", picture.recipe.seed, kClipNoise, planner_.noise_shape());
  trace.put("clip_noise", noise);
  StageClock clock(job, Stage::plan, run.steps, picture.number, picture.count);
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
  const at::Tensor tokens = planner_.plan(states, noise, run, job, [&] { clock.step(); }, see, trace);
  trace.put("E", tokens);
  return tokens;
}

Image Draw::paint(const at::Tensor& tokens, const at::Tensor& negative, const Picture& picture, const PaintStart* start,
                  JobContext& job, TraceFile& trace) {
  const at::Tensor noise =
      picture.draws.normal("unet.noise", picture.recipe.seed, kPaintNoise, painter_.latent_shape(picture.paint));
  at::Tensor latent;
  {
    StageClock clock(job, Stage::paint, painter_.steps_of(picture.paint, start), picture.number, picture.count);
    Painter::SeeEstimate see;
    if (picture.previews)
      see = [&](Image preview) { job.emit(Preview{Preview::Kind::painting, std::move(preview), picture.number}); };
    latent = painter_.latent(tokens, negative, picture.paint, noise, start, job, [&] { clock.step(); }, see, trace);
  }
  StageClock clock(job, Stage::decode, 1, picture.number, picture.count);
  Image image = painter_.picture(latent, job, trace);
  clock.step();
  return image;
}

void Draw::finish(Image image, const at::Tensor& tokens, const Picture& picture, JobContext& job) {
  job.emit(ImageReady{std::move(image), picture.recipe, picture.number, picture.count, floats_of(tokens),
                      int(tokens.size(1)), int(tokens.size(2)), seconds_since(picture.start)});
}

void Draw::generate(const GenerateRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  const Recipe& wish = request.recipe;
  // A whole user turn is taken as it is: whoever writes one knows what the model reads.
  const std::string told = wish.user_text.empty() ? prompt_as_trained(config_.can, wish.prompt) : "";
  const PlanRun run = plan_run(wish.plan);
  const PaintRun paint_run = painter_.resolve(wish.paint);
  const PlanPrompt prompt = wish.user_text.empty() ? planner_.caption(told, request.reference_tokens)
                                                   : planner_.with_picture(wish.user_text, request.image.get(),
                                                                           request.reference_tokens, job, trace);
  const at::Tensor states = read({prompt}, job, trace);
  at::Tensor negative;
  if (paint_run.guidance > 1)
    negative = planner_.negative_tokens(run, draws, !request.parity.noise.empty(), job, trace);
  for (int k = request.first; k < request.count; ++k) {
    job.checkpoint();
    Picture picture{completed(wish, &run, paint_run), paint_run, draws, k, request.count, request.previews};
    picture.recipe.seed = wish.seed + uint64_t(k);
    if (request.image) picture.recipe.source_sha256 = image_sha256(*request.image);
    const at::Tensor tokens = plan_tokens(states, run, picture, job, trace);
    Image image = paint(tokens, negative, picture, nullptr, job, trace);
    if (k == request.first) trace.write();
    finish(std::move(image), tokens, picture, job);
  }
}

void Draw::edit(const EditRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  const Image& source = *request.source;
  const std::string told = instruction_as_trained(config_.can, request.recipe.prompt);
  PaintSettings settings = request.recipe.paint;
  if (!settings.steps && config_.can.default_edit_steps > 0) settings.steps = config_.can.default_edit_steps;
  if (settings.width == 0) std::tie(settings.width, settings.height) = working_size(source, config_.can);
  settings.width -= settings.width % config_.can.size_multiple;
  settings.height -= settings.height % config_.can.size_multiple;
  const PlanRun run = plan_run(request.recipe.plan);
  const PaintRun paint_run = painter_.resolve(settings);
  Picture picture{completed(request.recipe, &run, paint_run), paint_run, draws, 0, 1, request.previews};
  picture.recipe.source_sha256 = image_sha256(source);

  PaintStart start;
  start.strength = request.recipe.strength;
  if (first_step(paint_run.steps, start.strength) >= paint_run.steps)  // refuses a strength that runs no step
    throw RequestError("The strength is too small to change anything.");
  start.latent = painter_.encode(resized(source, paint_run.width, paint_run.height), job);
  GrayImage mask;
  if (request.mask) {
    mask = grow(*request.mask, request.recipe.grow);
    picture.recipe.mask_sha256 = mask_sha256(*request.mask);
    start.mask = latent_mask(mask_pixels(mask, paint_run.width, paint_run.height), config_.can.size_multiple)
                     .to(networks_.device());
  }
  const PlanPrompt prompt = planner_.with_picture("<image>\n" + told, &source, false, job, trace);
  const at::Tensor states = read({prompt}, job, trace);
  at::Tensor negative;
  if (paint_run.guidance > 1)
    negative = planner_.negative_tokens(run, draws, !request.parity.noise.empty(), job, trace);
  const at::Tensor tokens = plan_tokens(states, run, picture, job, trace);
  Image image = resized(paint(tokens, negative, picture, &start, job, trace), source.width, source.height);
  if (request.mask) image = composite(source, image, feather(mask, request.recipe.feather));
  trace.write();
  finish(std::move(image), tokens, picture, job);
}

at::Tensor Draw::clip_tokens(const at::Tensor& pixels, JobContext& job) {
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  return networks_.eva(job).tokens(pixels.to(networks_.device(), networks_.type()), stop);
}

// Pooled features of a picture [1, n, C]: a centred square, squashed to the encoder's size.
at::Tensor Draw::clip_tokens_of(const Image& image, JobContext& job, TraceFile& trace) {
  const int64_t side = config_.draw->eva.image_size;
  const Image square = centre_square(image);
  const auto pixels = [&](const Image& picture, ClipFit fit) {
    return tensor_of(clip_pixels(picture, int(side), fit, config_.image.mean, config_.image.std), {1, 3, side, side});
  };
  const auto pooled = [&](const at::Tensor& tokens) {
    return grid_to_tokens(pool_tokens(tokens, config_.draw->pooling)).to(at::kFloat);
  };
  const at::Tensor tokens = clip_tokens(pixels(square, ClipFit::squash), job);
  if (trace.on()) {
    const int64_t row = config_.draw->eva.side();
    trace.put("eva_input_u8_resized_squash", tensor_of(clip_square(square, int(side), ClipFit::squash)));
    trace.put("eva_tokens_rows",
              tokens[0].index_select(0, at::tensor({int64_t(0), int64_t(1), row - 1, row, row * row - 1},
                                                   at::TensorOptions(at::kLong).device(tokens.device()))));
    trace.put("train_preproc.E", pooled(clip_tokens(pixels(image, ClipFit::crop), job)));
  }
  return pooled(tokens);
}

// The features of the mean colour: what reconstruction is guided away from (decoder.md 1.5).
at::Tensor Draw::nothing_tokens(JobContext& job, TraceFile& trace) {
  const int64_t side = config_.draw->eva.image_size;
  const at::Tensor tokens =
      grid_to_tokens(pool_tokens(clip_tokens(at::zeros({1, 3, side, side}), job), config_.draw->pooling))
          .to(at::kFloat);
  trace.put("null_image.E", tokens);
  return tokens;
}

void Draw::reconstruct(const ReconstructRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  const PaintRun paint_run = painter_.resolve(request.recipe.paint);
  Picture picture{completed(request.recipe, nullptr, paint_run), paint_run, draws, 0, 1, request.previews};
  picture.recipe.source_sha256 = image_sha256(*request.source);
  StageClock clock(job, Stage::read, 1);
  const at::Tensor tokens = clip_tokens_of(*request.source, job, trace);
  trace.put("E", tokens);
  const at::Tensor negative = paint_run.guidance > 1 ? nothing_tokens(job, trace) : at::Tensor();
  clock.step();
  Image image = paint(tokens, negative, picture, nullptr, job, trace);
  trace.write();
  finish(std::move(image), tokens, picture, job);
}

void Draw::encode(const EncodeRequest& request, JobContext& job) {
  TraceFile none{{}};
  StageClock clock(job, Stage::read, 1);
  const at::Tensor tokens = clip_tokens_of(*request.source, job, none);
  clock.step();
  job.emit(TokensReady{floats_of(tokens), int(tokens.size(1)), int(tokens.size(2))});
}

void Draw::decode(const DecodeRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  PaintSettings settings = request.recipe.paint;
  if (request.token_count != config_.draw->queries || request.token_width != config_.draw->dit.in_channels)
    throw RequestError(cat("The tokens are ", request.token_count, " x ", request.token_width,
                           ", this model paints from ", config_.draw->queries, " x ", config_.draw->dit.in_channels,
                           "."));
  if (request.negative.empty() && !config_.can.reconstruct && !settings.guidance) settings.guidance = 1;
  const PaintRun paint_run = painter_.resolve(settings);
  if (paint_run.guidance > 1 && request.negative.empty() && !config_.can.reconstruct)
    throw RequestError(
        "Guidance above 1 needs what to guide away from: add the tensor neg.E to the file, or use a folder with the "
        "CLIP encoder.");
  const Picture picture{completed(request.recipe, nullptr, paint_run), paint_run, draws, 0, 1, request.previews};
  const Shape shape = {1, request.token_count, request.token_width};
  const at::Tensor tokens = tensor_of(request.tokens, shape);
  at::Tensor negative;
  if (paint_run.guidance > 1)
    negative = request.negative.empty() ? nothing_tokens(job, trace).to(at::kCPU) : tensor_of(request.negative, shape);
  Image image = paint(tokens, negative, picture, nullptr, job, trace);
  trace.write();
  finish(std::move(image), tokens, picture, job);
}

}  // namespace b3o
