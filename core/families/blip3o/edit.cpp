#include "core/families/blip3o/edit.h"

#include <ATen/ATen.h>

#include <cmath>
#include <span>

#include "core/api/edit_part.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/families/blip3o/draw.h"
#include "core/families/blip3o/edit_area.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/progress.h"
#include "core/image/codec.h"
#include "core/image/mask.h"
#include "core/image/resize.h"
#include "core/sampling/noise.h"
#include "core/sampling/slerp.h"

namespace b3o {
namespace {

using Path = Told::Path;

constexpr double kRewrittenStrength = 0.6;  // of tokens on the caption path: the change, and what it may leave alone
constexpr uint64_t kSourceSeed = 0;         // of tokens that are planned for a source because nothing can encode it
constexpr const char* kReconstruct = "<image>\nPlease reconstruct the given image.";

// What a mode does with the tokens when the recipe does not say.
double usual_token_strength(EditMode mode, Path path) {
  if (mode == EditMode::vary || path == Path::nothing) return 0;
  return mode == EditMode::words && path == Path::caption ? kRewrittenStrength : 1;
}

std::string mask_sha256(const GrayImage& mask) {
  return Sha256().add(cat(mask.width, 'x', mask.height, ' ')).add(std::as_bytes(std::span(mask.pixels))).hex();
}

SourceView view_of(const EditArea& area, int read) {
  using Read = SourceView::Read;
  SourceView view;
  const bool square = area.part.width == area.part.height;
  view.read = !square ? Read::squashed : area.part.width != read ? Read::scaled : Read::as_it_is;
  view.read_width = view.read_height = read;
  view.x = area.part.x;
  view.y = area.part.y;
  view.width = area.part.width;
  view.height = area.part.height;
  view.painted_width = area.width;
  view.painted_height = area.height;
  return view;
}

}  // namespace

struct Edit::Work {
  Work(const EditRequest& asked, const Capabilities& can)
      : request(asked),
        draws(asked.parity.noise),
        told(told_of(asked.recipe, can)),
        recipe(asked.recipe),
        area(edit_area(asked, can)) {}

  const EditRequest& request;
  const Draws draws;
  Told told;
  Recipe recipe;  // the wish, with what the edit itself decided
  EditArea area;
  PaintRun paint;
  PlanRun plan;
  bool plans = false;               // the flow runs
  bool from_source = false;         // it starts from the source's tokens
  at::Tensor source, second;        // tokens [1, n, C] of the part that was read, of the second picture
  at::Tensor states;                // [1, n, H] that the flow runs under
  at::Tensor negative;              // undefined where the guidance is at most 1
  at::Tensor keep;                  // [1, 1, s, s] of bool; undefined: nothing is locked
  std::optional<PaintStart> start;  // absent: painting starts from noise alone
  std::vector<std::string> warnings;

  EditMode mode() const { return recipe.edit.mode; }
  double token_strength() const { return recipe.edit.token_strength.value_or(0); }
};

// The states of the queries after a user turn about the picture.
at::Tensor Edit::states_of_picture(const std::string& words, const Image& image, JobContext& job, TraceFile& trace) {
  return stages_.read({stages_.planner().with_picture(words, &image, false, job, trace)}, job, trace);
}

// By the CLIP encoder, or where the folder has none as the language model sees the picture (generation.md 8).
at::Tensor Edit::source_tokens(const Image& image, const Work& work, JobContext& job, TraceFile& trace) {
  if (config_.can.reconstruct) {
    StageClock clock(job, Stage::read, 1);
    const at::Tensor tokens = stages_.clip_tokens_of_all(image, job);
    clock.step();
    return tokens;
  }
  const at::Tensor states = states_of_picture(kReconstruct, image, job, trace);
  const at::Tensor noise = standard_normal(kSourceSeed, kClipNoise, stages_.planner().noise_shape());
  StageClock clock(job, Stage::plan, work.plan.steps);
  return stages_.planner().plan(states, noise, work.plan, job, [&] { clock.step(); }, {}, trace, "source.");
}

at::Tensor Edit::kept_cells(const Work& work) const {
  if (!work.recipe.edit.keep_cells) return {};
  const auto side = int(std::llround(std::sqrt(double(config_.draw->queries))));
  const std::vector<bool> kept = b3o::kept_cells(*work.area.fresh, side);
  at::Tensor keep = at::zeros({side * side}, at::kBool);
  for (size_t i = 0; i < kept.size(); ++i) keep[int64_t(i)] = bool(kept[i]);
  return keep.reshape({1, 1, side, side}).to(networks_.device());
}

PaintStart Edit::paint_start(const Work& work, JobContext& job) {
  const EditArea& area = work.area;
  PaintStart start;
  start.strength = work.recipe.strength;
  start.latent = stages_.painter().encode(resize_bicubic(area.seen, area.width, area.height), job);
  start.resampling = work.recipe.edit.resampling;
  if (!area.change) return start;
  const at::Tensor pixels =
      tensor_of(area_average(*area.change, area.width, area.height), {1, 1, area.height, area.width});
  const int64_t factor = config_.can.size_multiple;
  start.soft = area.by_degrees;
  start.mask = (start.soft ? soft_latent_mask(pixels, factor) : latent_mask(pixels, factor)).to(networks_.device());
  return start;
}

// Everything that all proposals share.
void Edit::read(Work& work, JobContext& job, TraceFile& trace) {
  EditSettings& e = work.recipe.edit;
  const Image& seen = work.area.seen;
  work.keep = kept_cells(work);
  if (work.told.unwritten) {
    StageClock clock(job, Stage::read, 1);
    e.caption = work.told.text = writer_.caption_after(seen, work.recipe.prompt, job);
    clock.step();
  }
  const double strength = work.token_strength();
  const bool blends = work.mode() == EditMode::blend;
  work.plans = !blends && strength > 0;
  work.from_source = work.plans && work.told.path != Path::instruction;
  // Of a sibling it is always told how near it stays.
  if (!work.plans || strength < 1 || work.keep.defined() || work.mode() == EditMode::vary)
    work.source = source_tokens(seen, work, job, trace);
  if (blends) {
    work.second = source_tokens(*work.request.second, work, job, trace);
    if (const int64_t opposed = between(work.source, work.second, 0).opposed; opposed > 0)
      work.warnings.push_back(cat(opposed, " of ", work.source.size(1),
                                  " tokens of the two pictures point in opposite directions, so the way between them "
                                  "is a guess there."));
  }
  if (work.plans && work.told.path == Path::caption)
    work.states = stages_.read({stages_.planner().caption(work.told.text, false)}, job, trace);
  else if (work.plans)
    work.states = states_of_picture(work.told.path == Path::instruction ? "<image>\n" + work.told.text : kReconstruct,
                                    seen, job, trace);
  if (work.paint.guidance > 1) {
    const bool by_plan = work.plans || !config_.can.reconstruct;
    work.negative = by_plan ? stages_.planner().negative_tokens(work.plan, work.draws,
                                                                !work.request.parity.noise.empty(), job, trace)
                            : stages_.nothing_tokens(job, trace);
  }
  const bool from_noise = blends || (work.mode() == EditMode::vary && work.recipe.strength == 1);
  if (!from_noise) work.start = paint_start(work, job);
}

// What the picture is painted from.
at::Tensor Edit::tokens_of(const Work& work, const PictureRun& picture, JobContext& job, TraceFile& trace) {
  const EditSettings& e = picture.recipe.edit;
  if (work.mode() == EditMode::blend) return between(work.source, work.second, e.blend).tokens;
  if (!work.plans) return work.source;
  PlanStart start{work.source, work.from_source ? work.token_strength() : 1, work.keep, e.resampling,
                  picture.recipe.seed};
  at::Tensor tokens =
      stages_.plan_tokens(work.states, work.plan, picture, work.source.defined() ? &start : nullptr, job, trace);
  if (work.from_source || work.token_strength() == 1) return tokens;
  tokens = between(work.source, tokens, work.token_strength()).tokens;
  if (!work.keep.defined()) return tokens;
  return at::where(work.keep.reshape({1, -1, 1}).to(tokens.device()), work.source, tokens);
}

ImageReady Edit::proposal(Work& work, int number, JobContext& job, TraceFile& trace) {
  const EditRequest& request = work.request;
  PictureRun picture{stages_.completed(work.recipe, work.plans ? &work.plan : nullptr, work.paint),
                     work.paint,
                     work.draws,
                     number,
                     request.count,
                     request.previews};
  if (work.area.cropped) picture.part = work.area.part;
  if (request.film)
    picture.recipe.edit.blend = double(number) / (request.count - 1);
  else
    picture.recipe.seed += uint64_t(number);
  if (work.start) work.start->seed = picture.recipe.seed;
  const at::Tensor tokens = tokens_of(work, picture, job, trace);
  const Image painted = stages_.paint(tokens, work.negative, picture, work.start ? &*work.start : nullptr, job, trace);
  ImageReady ready = finished(put_back(work.area, painted), tokens, picture);
  if (work.source.defined()) ready.cosine = mean_cosine(work.source, tokens);
  ready.view = view_of(work.area, int(config_.draw->eva.image_size));
  ready.warnings = work.warnings;
  return ready;
}

// What the recipe left open; refuses what the model cannot do.
void Edit::decide(Work& work) {
  const EditRequest& request = work.request;
  EditSettings& e = work.recipe.edit;
  const Path path = work.told.path;
  e.token_strength = e.token_strength.value_or(usual_token_strength(e.mode, path));
  if (path == Path::nothing && e.mode != EditMode::vary) e.token_strength = 0;
  e.crop = work.area.cropped;
  e.keep_cells = work.area.change && (e.keep_cells || e.mode == EditMode::extend);
  e.path = path == Path::instruction ? kInstructionPath : path == Path::caption ? kCaptionPath : "";
  PaintSettings settings = request.recipe.paint;
  if (!settings.steps && config_.can.default_edit_steps > 0) settings.steps = config_.can.default_edit_steps;
  settings.width = work.area.width;
  settings.height = work.area.height;
  work.plan = stages_.plan_run(request.recipe.plan);
  work.paint = stages_.painter().resolve(settings);
  if (e.mode != EditMode::blend) first_step(work.paint.steps, work.recipe.strength);  // refuses one that runs no step
  work.recipe.source_sha256 = image_sha256(*request.source);
  if (request.second) work.recipe.second_sha256 = image_sha256(*request.second);
  if (request.mask) work.recipe.mask_sha256 = mask_sha256(*request.mask);
}

void Edit::serve(const EditRequest& request, JobContext& job) {
  TraceFile trace(request.parity.trace);
  Work work(request, config_.can);
  decide(work);
  read(work, job, trace);
  for (int k = request.first; k < request.count; ++k) {
    job.checkpoint();
    ImageReady ready = proposal(work, k, job, trace);
    if (k == request.first) trace.write();
    job.emit(std::move(ready));
  }
}

}  // namespace b3o
