// From image tokens to pixels (decoder.md 1 to 4): the UNet paints a latent under the tokens, the VAE turns it into a
// picture.
#pragma once

#include <functional>

#include "core/families/blip3o/networks.h"
#include "core/families/blip3o/trace_file.h"
#include "core/sampling/latent_preview.h"

namespace b3o {

// Settings with every default filled in.
struct PaintRun {
  std::string sampler, spacing;
  int steps = 50;
  double guidance = 3;
  int width = 0, height = 0;  // pixels
  int original_width = 0, original_height = 0, crop_left = 0, crop_top = 0;
};

// Where painting starts when it changes a picture instead of making one.
struct PaintStart {
  at::Tensor latent;  // [1, L, h, w] of the source
  double strength = 1;
  at::Tensor mask;     // [1, 1, h, w], 1 = repaint, 0 = keep; undefined: everything
  bool soft = false;   // values between are released late; otherwise there are none
  int resampling = 1;  // how often noisy steps are taken where there is a mask
  uint64_t seed = 0;   // of the noise between repeats
};

class Painter {
 public:
  Painter(const FolderConfig& config, Networks& networks) : config_(config), networks_(networks) {}

  // The settings for this folder. RequestError for what it cannot do.
  PaintRun resolve(const PaintSettings& settings) const;

  Shape latent_shape(const PaintRun& run) const;  // [1, L, h, w]

  // Is shown a picture of the estimate after each step.
  using SeeEstimate = std::function<void(Image preview)>;
  // tokens and negative [1, n, C]; negative may be undefined where the guidance is at most 1. noise in latent_shape().
  // Returns the latent. step_done is called after each step.
  at::Tensor latent(const at::Tensor& tokens, const at::Tensor& negative, const PaintRun& run, const at::Tensor& noise,
                    const PaintStart* start, JobContext& job, const std::function<void()>& step_done,
                    const SeeEstimate& see, TraceFile& trace);
  Image picture(const at::Tensor& latent, JobContext& job, TraceFile& trace);
  // The source's latent: the mean of the VAE's distribution. Sides must be multiples of the VAE's factor.
  at::Tensor encode(const Image& image, JobContext& job);

  // Steps that `latent` will take.
  int steps_of(const PaintRun& run, const PaintStart* start) const;
  // Whether a few steps cost so little that a preview may run them.
  bool is_cheap() const;

 private:
  NoiseSchedule schedule(const PaintRun& run) const;
  // The run's start and what it keeps of the source.
  at::Tensor begin(const PaintStart& start, const at::Tensor& noise, DiffusionRun& walk, AfterStep& keep) const;

  const FolderConfig& config_;
  Networks& networks_;
};

}  // namespace b3o
