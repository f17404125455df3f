#include "core/families/blip3o/paint.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/sampling/noise.h"

namespace b3o {
namespace {

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

void check_listed(const char* what, const std::string& name, const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw RequestError(cat("The ", what, " '", name, "' is not one of this model's: ", list_of(names), "."));
}

constexpr int kMostRepeats = 16;  // of a step; apart from the next step's streams of noise

// Without a mask there is nothing for the new to grow together with.
Repeats repeats_of(const PaintStart& start) {
  Repeats repeats;
  if (start.mask.defined()) repeats.times = start.resampling;
  return repeats;
}

}  // namespace

PaintRun Painter::resolve(const PaintSettings& s) const {
  const Capabilities& can = config_.can;
  PaintRun run;
  run.sampler = s.sampler.empty() ? can.samplers.front() : s.sampler;
  run.spacing = s.spacing.empty() ? can.spacings.front() : s.spacing;
  check_listed("sampler", run.sampler, can.samplers);
  check_listed("spacing", run.spacing, can.spacings);
  run.steps = s.steps.value_or(can.default_paint_steps);
  run.guidance = s.guidance.value_or(can.default_paint_guidance);
  if (!can.free_paint_guidance && run.guidance != can.default_paint_guidance)
    throw RequestError(
        cat("This model paints with guidance ", can.default_paint_guidance, " only, not with ", run.guidance, "."));
  if (!can.paint_steps.empty() && std::count(can.paint_steps.begin(), can.paint_steps.end(), run.steps) == 0) {
    std::vector<std::string> steps;
    for (const int n : can.paint_steps) steps.push_back(std::to_string(n));
    throw RequestError(cat("This model paints in ", list_of(steps), " steps, not in ", run.steps, "."));
  }
  run.width = s.width > 0 ? s.width : can.native_width;
  run.height = s.height > 0 ? s.height : can.native_height;
  if (!can.free_size && (run.width != can.native_width || run.height != can.native_height))
    throw RequestError(cat("This model paints ", can.native_width, "x", can.native_height, " pixels, not ", run.width,
                           "x", run.height, "."));
  if (run.width > can.max_side || run.height > can.max_side)
    throw RequestError(
        cat("The size ", run.width, "x", run.height, " is above the limit of ", can.max_side, " pixels a side."));
  if (run.width < can.size_multiple || run.height < can.size_multiple)
    throw RequestError(
        cat("The size ", run.width, "x", run.height, " is below ", can.size_multiple, " pixels a side."));
  run.original_width = s.original_width > 0 ? s.original_width : can.original_width;
  run.original_height = s.original_height > 0 ? s.original_height : can.original_height;
  run.crop_left = s.crop_left;
  run.crop_top = s.crop_top;
  return run;
}

Shape Painter::latent_shape(const PaintRun& run) const {
  const int64_t factor = config_.draw->vae.factor();
  return {1, config_.draw->vae.latent_channels, run.height / factor, run.width / factor};
}

NoiseSchedule Painter::schedule(const PaintRun& run) const {
  return noise_schedule(config_.draw->noise.with_spacing(run.spacing), run.steps);
}

int Painter::steps_of(const PaintRun& run, const PaintStart* start) const {
  if (!start) return run.steps;
  return steps_taken(schedule(run), first_step(run.steps, start->strength), repeats_of(*start));
}

at::Tensor Painter::begin(const PaintStart& start, const at::Tensor& noise, DiffusionRun& walk, AfterStep& keep) const {
  const NoiseSchedule& schedule = walk.schedule;
  walk.first = first_step(schedule.steps(), start.strength);
  if (start.mask.defined()) {
    keep = start.soft ? keep_by_degrees(start.mask, start.latent, noise, schedule, walk.first)
                      : keep_outside(start.mask, start.latent, noise, schedule);
    walk.repeats = repeats_of(start);
    walk.repeats.noise = [seed = start.seed, shape = noise.sizes().vec()](int step, int repeat) {
      return standard_normal(seed, step_noise(kPaintRepeatNoise, uint64_t(step * kMostRepeats + repeat)), shape);
    };
    if (walk.first == 0) return noise * schedule.init_sigma;
  }
  return add_noise(start.latent, noise, schedule.sigmas[size_t(walk.first)]);
}

bool Painter::is_cheap() const {
  int64_t widest = 0;
  for (const auto& level : config_.draw->unet.levels) widest = std::max(widest, level.channels);
  return !networks_.device().is_cpu() || widest <= 160;
}

at::Tensor Painter::latent(const at::Tensor& tokens, const at::Tensor& negative, const PaintRun& run,
                           const at::Tensor& noise, const PaintStart* start, JobContext& job,
                           const std::function<void()>& step_done, const SeeEstimate& see, TraceFile& trace) {
  const SdxlUnet& unet = networks_.unet(job);
  const bool guided = run.guidance > 1;
  ensure(!guided || negative.defined(), "guided painting has negative tokens");
  // In one order in memory wherever they come from, or sums over them would round differently.
  const at::Tensor e =
      (guided ? at::cat({tokens, negative}) : tokens).to(networks_.device(), networks_.type()).contiguous();
  const at::Tensor pooled = e.mean(1);
  const int64_t rows = e.size(0);
  const at::Tensor ids =
      at::tensor({run.original_height, run.original_width, run.crop_top, run.crop_left, run.height, run.width},
                 at::kLong)
          .expand({rows, 6});
  const auto condition = unet.condition(e, pooled, ids.to(networks_.device(), at::kFloat));
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });

  DiffusionRun walk;
  walk.schedule = schedule(run);
  const NoiseSchedule& schedule = walk.schedule;
  trace.put("unet.prompt_embeds", e);
  trace.put("unet.text_embeds", pooled);
  trace.put("unet.time_ids", ids);
  trace.put("unet.noise", noise);
  trace.put("unet.timesteps", at::tensor(schedule.timesteps, at::kDouble));
  trace.put("unet.sigmas", at::tensor(schedule.sigmas, at::kDouble));

  const at::Tensor n = noise.to(networks_.device(), at::kFloat);
  AfterStep keep;
  const at::Tensor x = start ? begin(*start, n, walk, keep) : n * schedule.init_sigma;
  walk.predict = [&](const at::Tensor& scaled, int step) {
    job.checkpoint();
    const at::Tensor input = guided ? at::cat({scaled, scaled}) : scaled;
    const at::Tensor t = at::full({rows}, schedule.timesteps[size_t(step)], input.options().dtype(at::kFloat));
    const at::Tensor output = unet(input.to(networks_.type()), t, condition, stop).to(at::kFloat);
    if (step == walk.first) {
      trace.put("unet.input_step0", input);
      trace.put("unet.out_step0", output);
    }
    const at::Tensor combined = guided ? diffusion_guidance(output, run.guidance) : output;
    trace.append("unet.eps_cfg", combined[0]);
    return combined;
  };
  walk.after = [&](at::Tensor state, int step) {
    if (keep) state = keep(std::move(state), step);
    trace.append("unet.latents", state[0]);
    step_done();
    return state;
  };
  if (see)
    walk.see = [&](const at::Tensor& data, int) { see(image_of(latent_to_rgb(data[0], sdxl_preview_factors()))); };
  return sampler_named(run.sampler).run(x, walk);
}

Image Painter::picture(const at::Tensor& latent, JobContext& job, TraceFile& trace) {
  const SdxlVae& vae = networks_.vae(job);
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const int64_t native = config_.draw->vae.sample_size / config_.draw->vae.factor();
  // Quarters of the native picture where memory is short; a tile's overlap must be whole.
  const int64_t tile = networks_.lean() ? std::max<int64_t>(4, native / 8 * 4) : native;
  const at::Tensor z = config_.draw->vae.from_latent(latent);
  // Beyond the native size the memory of an untiled decoder grows out of bounds.
  const bool tiled = networks_.lean() || (!networks_.device().is_cpu() && std::max(z.size(2), z.size(3)) > 2 * native);
  const at::Tensor out =
      tiled ? vae.decode_tiled(z, {tile * config_.draw->vae.factor(), tile}, stop) : vae.decode(z, stop);
  check_finite(out);
  const at::Tensor bytes = to_bytes(out);  // [1, H, W, 3]
  trace.put("vae.decode_out", out);
  if (trace.on()) trace.put("rgb", (out[0].to(at::kFloat) / 2 + 0.5).clamp(0, 1).permute({1, 2, 0}));
  trace.put("image_u8", bytes[0]);
  return image_of(bytes[0]);
}

at::Tensor Painter::encode(const Image& image, JobContext& job) {
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const at::Tensor pixels = from_bytes(tensor_of(image).unsqueeze(0)).to(networks_.device());
  return config_.draw->vae.to_latent(networks_.vae(job).encode(pixels, stop).mean).to(at::kFloat);
}

}  // namespace b3o
