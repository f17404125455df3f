#include "core/base/error.h"
#include "core/nn/kv_cache.h"
#include "core/nn/layers.h"
#include "core/nn/rotary.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// softmax(q k^T / sqrt(D)) v with repeated heads, in double.
at::Tensor plain_attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& allowed) {
  const int64_t group = q.size(1) / k.size(1);
  const at::Tensor kk = k.repeat_interleave(group, 1).to(at::kDouble),
                   vv = v.repeat_interleave(group, 1).to(at::kDouble);
  at::Tensor scores = at::matmul(q.to(at::kDouble), kk.transpose(2, 3)) / std::sqrt(double(q.size(3)));
  if (allowed.defined()) scores = scores.masked_fill(allowed.logical_not(), -1e30);
  return at::matmul(at::softmax(scores, -1), vv);
}

at::Tensor lower_triangle(int64_t queries, int64_t keys) {
  return at::ones({1, 1, queries, keys}, at::kBool).tril(keys - queries);
}

void grouped_attention_over_a_batch_equals_the_plain_formula() {
  const at::Tensor q = values_by_name("q", {3, 6, 5, 8}, 2);
  const at::Tensor k = values_by_name("k", {3, 2, 9, 8}, 2), v = values_by_name("v", {3, 2, 9, 8}, 1);
  check_close(attend(q, k, v), plain_attention(q, k, v, {}), 1e-6, "without mask");
  check_close(attend(q, k, v, true), plain_attention(q, k, v, lower_triangle(5, 9)), 1e-6, "causal");
  at::Tensor mask = at::ones({3, 1, 5, 9}, at::kBool);
  mask.select(0, 1).narrow(2, 0, 3).fill_(false);
  mask.select(0, 2).narrow(2, 4, 1).fill_(false);
  check_close(attend(q, k, v, false, mask), plain_attention(q, k, v, mask), 1e-6, "masked");
  const at::Tensor both = at::logical_and(mask, lower_triangle(5, 9));
  check_close(attend(q, k, v, true, mask), plain_attention(q, k, v, both), 1e-6, "masked and causal");
  check_close(attend(q.narrow(2, 4, 1), k, v, true, mask.narrow(2, 4, 1)),
              plain_attention(q.narrow(2, 4, 1), k, v, mask.narrow(2, 4, 1)), 1e-6, "masked, one query");
}

void causal_attention_in_several_chunks_equals_the_plain_formula() {
  const int64_t queries = 2500, keys = 3000;  // 7.5 million places: more than one chunk of the mask
  const at::Tensor q = values_by_name("q", {1, 2, queries, 4}, 2);
  const at::Tensor k = values_by_name("k", {1, 1, keys, 4}, 2), v = values_by_name("v", {1, 1, keys, 4}, 1);
  check_close(attend(q, k, v, true), plain_attention(q, k, v, lower_triangle(queries, keys)), 1e-5, "causal");
  at::Tensor mask = at::ones({1, 1, queries, keys}, at::kBool);
  mask.narrow(3, 1000, 900).fill_(false);
  const at::Tensor both = at::logical_and(mask, lower_triangle(queries, keys));
  check_close(attend(q, k, v, true, mask), plain_attention(q, k, v, both), 1e-5, "masked and causal");
}

void attention_wider_than_the_fused_kernel_equals_the_plain_formula() {
  const at::Tensor q = values_by_name("q", {1, 1, 7, 300}, 1);
  const at::Tensor k = values_by_name("k", {1, 1, 9, 300}, 1), v = values_by_name("v", {1, 1, 9, 300}, 1);
  check_close(attend(q, k, v), plain_attention(q, k, v, {}), 1e-6, "without mask");
  check_close(attend(q, k, v, true), plain_attention(q, k, v, lower_triangle(7, 9)), 1e-6, "causal");
}

void rotation_turns_the_pairs_of_both_halves() {
  const at::Tensor x = values_by_name("x", {3, 6}, 1), angle = values_by_name("a", {3, 3}, 3);
  const at::Tensor y = rotate(x, angle.cos(), angle.sin());
  for (int64_t j = 0; j < 3; ++j) {
    const at::Tensor a = x.select(1, j), b = x.select(1, j + 3), t = angle.select(1, j);
    check_close(y.select(1, j), a * t.cos() - b * t.sin(), 1e-6, "first half");
    check_close(y.select(1, j + 3), b * t.cos() + a * t.sin(), 1e-6, "second half");
  }
  check_first(rotary_frequencies(10000, 8), {1, 0.1, 0.01, 0.001}, 1e-8, "frequencies");
}

at::Tensor tokens(const char* name, int64_t count) { return values_by_name(name, {2, 3, count, 4}, 1); }

void a_cache_returns_everything_it_was_given() {
  KvCache cache(2);
  at::Tensor all;
  for (const int64_t count : {3, 1, 300, 1, 700}) {  // through two growths
    const at::Tensor k = tokens("k", count) + double(cache.length());
    all = all.defined() ? at::cat({all, k}, 2) : k;
    for (const int64_t layer : {0, 1}) {
      const auto [seen_k, seen_v] = cache.append(layer, k + double(layer), -k);
      check(at::equal(seen_k, at::cat({all.narrow(2, 0, cache.length()), k}, 2) + double(layer)), "keys are kept");
      check(at::equal(seen_v, -all), "values are kept");
    }
    cache.commit(count);
  }
  check_equal(cache.length(), 1005);
}

void what_was_not_committed_is_overwritten() {
  KvCache cache(1);
  cache.append(0, tokens("a", 2), tokens("a", 2));
  cache.commit(2);
  cache.append(0, tokens("stopped", 3), tokens("stopped", 3));
  check_equal(cache.length(), 2);
  const auto [k, v] = cache.append(0, tokens("b", 1), tokens("b", 1));
  check(at::equal(k, at::cat({tokens("a", 2), tokens("b", 1)}, 2)), "the stopped call left nothing behind");
}

void truncating_keeps_the_prefix() {
  KvCache cache(1);
  cache.append(0, tokens("a", 5), tokens("a", 5));
  cache.commit(5);
  cache.truncate(2);
  const auto [k, v] = cache.append(0, tokens("b", 1), tokens("b", 1));
  check(at::equal(k, at::cat({tokens("a", 5).narrow(2, 0, 2), tokens("b", 1)}, 2)), "two tokens and the new one");
  check_contains(message_of<Error>([&] { cache.truncate(3); }), "prefix");
}

void a_cleared_cache_takes_another_batch() {
  KvCache cache(1);
  cache.append(0, tokens("a", 5), tokens("a", 5));
  cache.commit(5);
  const at::Tensor one = tokens("b", 2).narrow(0, 0, 1);
  check_contains(message_of<Error>([&] { cache.append(0, one, one); }), "one batch");
  cache.clear();
  check_equal(cache.bytes(), 0, "bytes of a cleared cache");
  check_equal(cache.append(0, one, one).first.size(2), 2);
}

void reserved_room_is_made_at_once() {
  KvCache cache(1);
  cache.reserve(1000);
  cache.append(0, tokens("a", 5), tokens("a", 5));
  cache.commit(5);
  const int64_t bytes = cache.bytes();
  check_equal(bytes, 2 * 2 * 3 * 1000 * 4 * 4, "bytes for 1000 tokens");
  cache.append(0, tokens("a", 995), tokens("a", 995));
  check_equal(cache.bytes(), bytes, "bytes when full");
}

const Cases cases = {
    CASE(grouped_attention_over_a_batch_equals_the_plain_formula),
    CASE(causal_attention_in_several_chunks_equals_the_plain_formula),
    CASE(attention_wider_than_the_fused_kernel_equals_the_plain_formula),
    CASE(rotation_turns_the_pairs_of_both_halves),
    CASE(a_cache_returns_everything_it_was_given),
    CASE(what_was_not_committed_is_overwritten),
    CASE(truncating_keeps_the_prefix),
    CASE(a_cleared_cache_takes_another_batch),
    CASE(reserved_room_is_made_at_once),
};

}  // namespace
