#include "core/nn/kv_cache.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int64_t kFirstTokens = 256;

}  // namespace

KvCache::KvCache(int64_t layers) : layers_(size_t(layers)) {}

void KvCache::grow(at::Tensor& buffer, const at::Tensor& like, int64_t tokens) const {
  const int64_t capacity = buffer.defined() ? buffer.size(2) : 0;
  if (tokens <= capacity) return;
  const int64_t wanted = std::max({tokens, 2 * capacity, reserved_, kFirstTokens});
  at::Tensor bigger = at::empty({like.size(0), like.size(1), wanted, like.size(3)}, like.options());
  if (length_ > 0) bigger.narrow(2, 0, length_).copy_(buffer.narrow(2, 0, length_));
  buffer = bigger;
}

std::pair<at::Tensor, at::Tensor> KvCache::append(int64_t layer, const at::Tensor& k, const at::Tensor& v) {
  ensure(!k.requires_grad() && !v.requires_grad(), "a key/value cache without gradients");
  Layer& kept = layers_.at(size_t(layer));
  if (length_ == 0 && kept.k.defined() && (kept.k.size(0) != k.size(0) || kept.k.scalar_type() != k.scalar_type()))
    kept = {};
  if (kept.k.defined())
    ensure(kept.k.size(0) == k.size(0) && kept.k.size(1) == k.size(1) && kept.k.size(3) == k.size(3) &&
               kept.k.scalar_type() == k.scalar_type(),
           "a key/value cache used with one batch, model and number type");
  const int64_t added = k.size(2), total = length_ + added;
  grow(kept.k, k, total);
  grow(kept.v, v, total);
  kept.k.narrow(2, length_, added).copy_(k);
  kept.v.narrow(2, length_, added).copy_(v);
  return {kept.k.narrow(2, 0, total), kept.v.narrow(2, 0, total)};
}

void KvCache::commit(int64_t tokens) { length_ += tokens; }

void KvCache::truncate(int64_t tokens) {
  ensure(tokens >= 0 && tokens <= length_, "a key/value cache truncated to a prefix of itself");
  length_ = tokens;
}

void KvCache::clear() {
  length_ = 0;
  for (Layer& layer : layers_) layer = {};
}

int64_t KvCache::bytes() const {
  int64_t sum = 0;
  for (const Layer& layer : layers_)
    if (layer.k.defined()) sum += int64_t(layer.k.nbytes() + layer.v.nbytes());
  return sum;
}

}  // namespace b3o
