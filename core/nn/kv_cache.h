// Keys and values of the tokens that a language model has seen, so that a new token costs one row of work. For
// inference only: the buffers are written in place.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace b3o {

// Letters: B batch, K key/value heads, S new tokens, D width of a head.
//
// A forward call appends to every layer and commits once at its end. A call that throws in between (the user stopped)
// leaves the cache as it was.
class KvCache {
 public:
  explicit KvCache(int64_t layers);

  int64_t length() const { return length_; }  // tokens that every layer holds
  // Room for this many tokens is made at once at the next append, instead of by doubling.
  void reserve(int64_t tokens) { reserved_ = tokens; }
  // Writes k and v [B, K, S, D] behind the committed tokens; returns what the queries may see: k and v of length() + S
  // tokens, as views.
  std::pair<at::Tensor, at::Tensor> append(int64_t layer, const at::Tensor& k, const at::Tensor& v);
  void commit(int64_t tokens);
  // Keeps the first `tokens` tokens; the rest is forgotten. The buffers stay.
  void truncate(int64_t tokens);
  // Forgets everything and frees the buffers.
  void clear();
  int64_t bytes() const;  // of all buffers

 private:
  struct Layer {
    at::Tensor k, v;  // [B, K, capacity, D]; undefined before the first append
  };
  void grow(at::Tensor& buffer, const at::Tensor& like, int64_t tokens) const;

  std::vector<Layer> layers_;
  int64_t length_ = 0;
  int64_t reserved_ = 0;
};

}  // namespace b3o
