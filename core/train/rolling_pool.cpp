#include "core/train/rolling_pool.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/base/error.h"

namespace b3o::train {

RollingPool::RollingPool(Config config, Make make)
    : config_(config), make_(std::move(make)), held_(size_t(config.blocks), -1) {}

void RollingPool::fill(int64_t block, double progress) {
  const c10::AutoGradMode no_gradients(false);
  const std::vector<at::Tensor> made = make_(block, progress);
  if (all_.empty())
    for (const at::Tensor& like : made) {
      auto shape = like.sizes().vec();
      shape[0] = size();
      all_.push_back(at::empty(shape, like.options()));
    }
  const int64_t slot = block % config_.blocks;
  held_[size_t(slot)] = block;
  ensure(made.size() == all_.size(), "every block has the same tensors");
  for (size_t i = 0; i < made.size(); ++i) all_[i].narrow(0, slot * kBlock, kBlock).copy_(made[i]);
}

void RollingPool::advance(int64_t step, const std::function<double(int64_t)>& progress_of) {
  const int64_t made = config_.blocks + (config_.refresh_every > 0 ? step / config_.refresh_every : 0);
  for (int64_t block = made - config_.blocks; block < made; ++block) {
    if (held_[size_t(block % config_.blocks)] == block) continue;
    const bool first = block < config_.blocks;
    fill(block, first ? 0.0 : progress_of((block - config_.blocks + 1) * config_.refresh_every));
  }
}

std::vector<at::Tensor> RollingPool::pick(const at::Tensor& index) const {
  std::vector<at::Tensor> out;
  for (const at::Tensor& values : all_) out.push_back(values.index_select(0, index.to(values.device())));
  return out;
}

}  // namespace b3o::train
