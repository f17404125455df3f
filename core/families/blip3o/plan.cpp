#include "core/families/blip3o/plan.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/progress.h"
#include "core/image/resize.h"
#include "core/models/qwen_positions.h"
#include "core/sampling/flow.h"
#include "core/sampling/noise.h"

namespace b3o {
namespace {

// The negative's noise never changes, so equal seeds give equal pictures whatever ran before.
constexpr uint64_t kNegativeSeed = 0;
constexpr int kMostRepeats = 16;  // of a step; apart from the next step's streams of noise

int64_t start_of_image(const Tokenizer& tokenizer, const FolderConfig& config) {
  if (const auto id = tokenizer.id_of("[IMG]")) return *id;
  throw LoadError(config.folder.string() + ": the tokenizer has no token [IMG], which starts a picture");
}

// The flow from a picture's tokens; cells that are kept follow them down and end as they are.
at::Tensor flow_from(const PlanStart& start, const at::Tensor& noise, const FlowSchedule& schedule,
                     const FlowPredict& predict, const AfterStep& after) {
  const at::Tensor source = tokens_to_grid(start.tokens.to(noise.options()), noise.size(2), noise.size(3));
  const int first = flow_first_step(schedule.steps(), start.strength);
  const at::Tensor x = flow_mix(source, noise, schedule.sigmas[size_t(first)]);
  if (!start.keep.defined()) return flow_euler(x, schedule, predict, after, first);
  const AfterStep keep = keep_places(start.keep.to(noise.device()), source, noise, schedule);
  const FlowRepeats repeats{start.resampling, [&](int step, int repeat) {
                              const auto stream = step_noise(kPlanRepeatNoise, uint64_t(step * kMostRepeats + repeat));
                              return standard_normal(start.seed, stream, noise.sizes());
                            }};
  return flow_euler(
      x, schedule, predict, [&](at::Tensor state, int step) { return after(keep(std::move(state), step), step); },
      first, repeats);
}

}  // namespace

Planner::Planner(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer)
    : config_(config), networks_(networks), tokenizer_(tokenizer), start_of_image_(start_of_image(tokenizer, config)) {}

PlanPrompt Planner::finish(RenderedPrompt rendered, std::vector<int64_t> copies, bool reference_tokens) const {
  if (reference_tokens) rendered.trust_all();
  rendered.repeat_image_pads(copies);
  PlanPrompt out{tokenizer_.encode(rendered.spans), {}};
  out.ids.push_back(start_of_image_);
  if (int64_t(out.ids.size()) + config_.draw->queries > config_.can.max_context)
    throw RequestError(cat("The prompt has ", out.ids.size(), " tokens, this model's limit is ",
                           config_.can.max_context - config_.draw->queries, "; shorten it."));
  return out;
}

PlanPrompt Planner::caption(const std::string& text, bool reference_tokens) const {
  return finish(render_generation(text), {}, reference_tokens);
}

PlanPrompt Planner::negative() const { return finish(render_negative(), {}, false); }

PlanPrompt Planner::with_picture(const std::string& user_text, const Image* image, bool reference_tokens,
                                 JobContext& job, TraceFile& trace) {
  const auto parts = parts_of_marked_text(user_text);
  int64_t places = 0;
  for (const auto& part : parts) places += part.kind == TemplatePart::Kind::image ? 1 : 0;
  if (places != (image ? 1 : 0))
    throw RequestError(
        cat("The user text has ", places, " places <image>, but there ", image ? "is one picture." : "is no picture."));
  if (!image) return finish(render_generation(parts), {}, reference_tokens);
  // The reference squashes the picture to the size the CLIP encoder works at; no further resizing happens.
  const auto factor = int64_t(config_.image.patch) * config_.image.merge;
  const auto side = int(std::max<int64_t>(1, config_.draw->eva.image_size / factor) * factor);
  QwenImageConfig image_config = config_.image;
  image_config.min_pixels = image_config.max_pixels = int64_t(side) * side;
  const VisionInput input = vision_input(resize_bicubic(*image, side, side), image_config);
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const at::Tensor rows =
      networks_.vision(job)(input.pixels.to(networks_.device(), networks_.type()), {input.grid}, stop);
  if (trace.on()) {
    const int64_t last = input.pixels.size(0) - 1;
    trace.put("pixel_values_rows", input.pixels.index_select(0, at::tensor({int64_t(0), int64_t(1), last / 2, last})));
    trace.put("grid_thw", at::tensor({input.grid.t, input.grid.h, input.grid.w}, at::kLong).unsqueeze(0));
    trace.put("vision_out", rows);
  }
  PlanPrompt out = finish(render_generation(parts), {rows.size(0)}, reference_tokens);
  out.rows = rows;
  return out;
}

at::Tensor Planner::states(const std::vector<PlanPrompt>& prompts, JobContext& job) {
  const QwenText& text = networks_.text(job);
  const at::Tensor& queries = networks_.queries(job);
  const int64_t count = queries.size(1);
  int64_t longest = 0;
  for (const auto& prompt : prompts) longest = std::max(longest, int64_t(prompt.ids.size()));
  // Shorter prompts are padded on the left; hidden tokens do not count as positions.
  std::vector<at::Tensor> embeds, positions, masks;
  for (const auto& prompt : prompts) {
    const auto size = int64_t(prompt.ids.size()), pad = longest - size;
    const at::Tensor ids = at::tensor(prompt.ids, at::kLong).unsqueeze(0);
    at::Tensor e = text.embed(ids);  // [1, size, H]
    if (prompt.rows.defined()) e = place_rows(e, ids.to(e.device()), config_.ids.image_pad, prompt.rows);
    e = at::cat({e, queries.to(e.scalar_type())}, 1);
    embeds.push_back(at::constant_pad_nd(e, {0, 0, pad, 0}));
    positions.push_back(at::constant_pad_nd(plain_positions(0, size + count), {pad, 0}));
    masks.push_back(at::cat({at::zeros({pad}, at::kBool), at::ones({size + count}, at::kBool)}));
  }
  const bool padded = prompts.size() > 1;
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const at::Tensor hidden = text(at::cat(embeds), at::stack(positions, 1).to(networks_.device()), nullptr, stop,
                                 padded ? at::stack(masks).to(networks_.device()) : at::Tensor());
  return hidden.narrow(1, hidden.size(1) - count, count);
}

void Planner::trace_condition(const NextDit& dit, const at::Tensor& states, TraceFile& trace,
                              const std::string& prefix) const {
  const NextDit::Condition both = dit.condition(at::cat({at::zeros_like(states), states}));
  const at::Tensor first = at::full({1}, 1000.0, states.options().dtype(at::kFloat));
  trace.put(prefix + "dit_caption_projection", both.caption);
  trace.put(prefix + "dit_temb_step0", dit.modulation(first, both).temb[0]);
}

at::Tensor Planner::plan(const at::Tensor& states, const at::Tensor& noise, const PlanRun& run, JobContext& job,
                         const std::function<void()>& step_done, const SeeEstimate& see, TraceFile& trace,
                         const std::string& prefix, const PlanStart* start) {
  const NextDit& dit = networks_.dit(job);
  const bool guided = run.guidance != 1;
  const FlowSchedule schedule =
      flow_schedule(run.steps, config_.draw->flow_shift, run.exact_times ? FlowTimes::exact : FlowTimes::truncated);
  const auto condition = guided ? dit.guided_condition(states) : dit.condition(states);
  const at::Tensor times = at::tensor(schedule.times, at::kFloat);
  const auto modulation = dit.modulation(times.to(networks_.device()), condition);
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  if (trace.on()) {
    trace.put(prefix + "dit_t", times.to(at::kLong));
    trace.put(prefix + "dit_sigmas", at::tensor(schedule.sigmas, at::kFloat));
    trace_condition(dit, states, trace, prefix);
  }
  at::Tensor estimate;
  const auto predict = [&](const at::Tensor& x, int step) {
    job.checkpoint();
    at::Tensor v = dit(guided ? at::cat({x, x}) : x, modulation, step, condition, stop);
    if (guided) {
      trace.append(prefix + "dit_v_null", v[0]);
      trace.append(prefix + "dit_v_cond", v[x.size(0)]);
      v = flow_guidance(v, run.guidance);
    }
    trace.append(prefix + "dit_v", v[0]);
    if (see) estimate = flow_estimate(x, v, schedule.sigmas[size_t(step)]);
    return v;
  };
  const auto after = [&](at::Tensor x, int step) {
    trace.append(prefix + "dit_x", x[0]);
    step_done();
    if (see) see(estimate, step);
    return x;
  };
  const at::Tensor n = noise.to(networks_.device(), at::kFloat);
  if (!start) return grid_to_tokens(flow_euler(n, schedule, predict, after)).to(at::kFloat);
  return grid_to_tokens(flow_from(*start, n, schedule, predict, after)).to(at::kFloat);
}

int Planner::steps_of(const PlanRun& run, const PlanStart* start) {
  if (!start) return run.steps;
  return (run.steps - flow_first_step(run.steps, start->strength)) * (start->keep.defined() ? start->resampling : 1);
}

at::Tensor Planner::negative_tokens(const PlanRun& run, const Draws& draws, bool own_noise, JobContext& job,
                                    TraceFile& trace) {
  const bool keep = !own_noise && !trace.on();
  for (const auto& [settings, tokens] : negatives_)
    if (keep && settings == run) return tokens;
  const PlanPrompt prompt = negative();
  const at::Tensor noise = draws.normal("neg.clip_noise", kNegativeSeed, kNegativeNoise, noise_shape());
  const at::Tensor q = states({prompt}, job);
  trace.put("neg.ids", at::tensor(prompt.ids, at::kLong));
  trace.put("neg.clip_noise", noise);
  trace.put("neg.Q", q);
  const at::Tensor tokens = plan(q, noise, run, job, [] {}, {}, trace, "neg.");
  trace.put("neg.E", tokens);
  if (keep) negatives_.emplace_back(run, tokens);
  return tokens;
}

Shape Planner::noise_shape() const {
  const auto side = std::llround(std::sqrt(double(config_.draw->queries)));
  return {1, config_.draw->dit.in_channels, side, side};
}

}  // namespace b3o
