#include "core/families/blip3o/draw.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/progress.h"
#include "core/families/drawn_world.h"
#include "core/image/codec.h"
#include "core/sampling/slerp.h"

namespace b3o {
namespace {

// A picture of which the centred square is read, and painted again.
SourceView square_view(const Image& source, int read, const PaintRun& paint) {
  using Read = SourceView::Read;
  const int side = std::min(source.width, source.height);
  SourceView view;
  view.read = source.width != source.height ? Read::cropped : side != read ? Read::scaled : Read::as_it_is;
  view.read_width = view.read_height = read;
  view.x = (source.width - side) / 2;
  view.y = (source.height - side) / 2;
  view.width = view.height = side;
  view.painted_width = paint.width;
  view.painted_height = paint.height;
  return view;
}

}  // namespace

ImageReady finished(Image image, const at::Tensor& tokens, const PictureRun& picture) {
  return {std::move(image),  picture.recipe,      picture.number,      picture.count,
          floats_of(tokens), int(tokens.size(1)), int(tokens.size(2)), seconds_since(picture.start)};
}

void Draw::generate(const GenerateRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  const Recipe& wish = request.recipe;
  // A whole user turn is taken as it is: whoever writes one knows what the model reads.
  const std::string told = wish.user_text.empty() ? prompt_as_trained(config_.can, wish.prompt) : "";
  const PlanRun run = stages_.plan_run(wish.plan);
  const PaintRun paint_run = stages_.painter().resolve(wish.paint);
  const PlanPrompt prompt =
      wish.user_text.empty()
          ? stages_.planner().caption(told, request.reference_tokens)
          : stages_.planner().with_picture(wish.user_text, request.image.get(), request.reference_tokens, job, trace);
  const at::Tensor states = stages_.read({prompt}, job, trace);
  const at::Tensor negative = stages_.negative_tokens(run, paint_run, draws, !request.parity.noise.empty(), job, trace);
  for (int k = request.first; k < request.count; ++k) {
    job.checkpoint();
    PictureRun picture{stages_.completed(wish, &run, paint_run), paint_run, draws, k, request.count, request.previews};
    picture.recipe.seed = wish.seed + uint64_t(k);
    if (request.image) picture.recipe.source_sha256 = image_sha256(*request.image);
    const at::Tensor tokens = stages_.plan_tokens(states, run, picture, nullptr, job, trace);
    Image image = stages_.paint(tokens, negative, picture, nullptr, job, trace);
    if (k == request.first) trace.write();
    job.emit(finished(std::move(image), tokens, picture));
  }
}

void Draw::reconstruct(const ReconstructRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  const Draws draws(request.parity.noise);
  const PaintRun paint_run = stages_.painter().resolve(request.recipe.paint);
  PictureRun picture{stages_.completed(request.recipe, nullptr, paint_run), paint_run, draws, 0, 1, request.previews};
  picture.recipe.source_sha256 = image_sha256(*request.source);
  StageClock clock(job, Stage::read, 1);
  const at::Tensor tokens = stages_.clip_tokens_of(*request.source, job, trace);
  trace.put("E", tokens);
  const at::Tensor negative = paint_run.guidance > 1 ? stages_.nothing_tokens(job, trace) : at::Tensor();
  clock.step();
  Image image = stages_.paint(tokens, negative, picture, nullptr, job, trace);
  trace.write();
  TraceFile none{{}};
  const double cosine = mean_cosine(tokens, stages_.clip_tokens_of(image, job, none));
  ImageReady ready = finished(std::move(image), tokens, picture);
  ready.cosine = cosine;
  ready.view = square_view(*request.source, int(config_.draw->eva.image_size), paint_run);
  job.emit(std::move(ready));
}

void Draw::encode(const EncodeRequest& request, JobContext& job) {
  TraceFile none{{}};
  StageClock clock(job, Stage::read, 1);
  const at::Tensor tokens = stages_.clip_tokens_of(*request.source, job, none);
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
  const PaintRun paint_run = stages_.painter().resolve(settings);
  if (paint_run.guidance > 1 && request.negative.empty() && !config_.can.reconstruct)
    throw RequestError(
        "Guidance above 1 needs what to guide away from: add the tensor neg.E to the file, or use a folder with the "
        "CLIP encoder.");
  const PictureRun picture{
      stages_.completed(request.recipe, nullptr, paint_run), paint_run, draws, 0, 1, request.previews};
  const Shape shape = {1, request.token_count, request.token_width};
  const at::Tensor tokens = tensor_of(request.tokens, shape);
  at::Tensor negative;
  if (paint_run.guidance > 1)
    negative =
        request.negative.empty() ? stages_.nothing_tokens(job, trace).to(at::kCPU) : tensor_of(request.negative, shape);
  Image image = stages_.paint(tokens, negative, picture, nullptr, job, trace);
  trace.write();
  job.emit(finished(std::move(image), tokens, picture));
}

}  // namespace b3o
