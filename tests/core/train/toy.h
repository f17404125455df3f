// A stage small enough to train in milliseconds: y = W F x + b against a fixed map, F frozen in between.
#pragma once

#include <ATen/ATen.h>

#include "core/train/group.h"
#include "core/train/random.h"
#include "core/train/run.h"

namespace b3o::test {

struct Toy {
  at::Tensor w = at::zeros({8, 12}).requires_grad_(), b = at::zeros({8}).requires_grad_();
  at::Tensor frozen = at::eye(12) + 0.1 * at::linspace(-1, 1, 144).view({12, 12});
  at::Tensor wanted = at::eye(8, 12);
  train::Stage stage;

  Toy() {
    stage.name = "toy";
    stage.parameters = {{"w", w}, {"b", b}, {"frozen", frozen}};
    stage.loss = [this](const train::Step& s) {
      const at::Tensor x = train::normal(s.seed, train::Use::noise, s.step, s.first, s.count, {12});
      const at::Tensor y = at::linear(at::linear(x, frozen), w, b);
      return (y - at::linear(x, wanted)).square().mean();
    };
  }
  Toy(const Toy&) = delete;
};

inline train::RunOptions toy_options(const std::filesystem::path& folder, int64_t steps) {
  train::RunOptions o;
  o.folder = folder;
  o.recipe = {{"stage", "toy"}};
  o.seed = 3;
  o.batch = 4;
  o.limits.max_steps = steps;
  o.schedule.warmup = 3;
  o.optimiser.muon = true;
  o.optimiser.muon_lr = 0.2;
  o.optimiser.lr = 0.01;
  o.average = 0.9;
  o.log_every = 1;
  o.save_seconds = 0;
  return o;
}

}  // namespace b3o::test
