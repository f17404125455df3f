#include "core/nn/layers.h"

#include "core/base/hash.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void hash_formula_gives_the_published_first_values() {
  at::Tensor w = at::empty({32, 3, 2, 14, 14});
  fill_by_name_qwen("visual.patch_embed.proj.weight", w);
  check_first(w, {0.0022718273, -0.0237114169, -0.0100576729}, 1e-9, "patch_embed");
  at::Tensor c = at::empty({8, 4, 3, 3});
  fill_by_name_decoder("conv_in.weight", c);
  check_first(c, {0.0411362201, 0.221277893, -0.236696869}, 1e-8, "conv_in");
}

void linear_by_panels_equals_linear_of_the_converted_weight() {
  const at::Tensor w = values_by_name("w", {1500, 1024}, 0.1).to(at::kBFloat16), b = values_by_name("b", {1500}, 1);
  const at::Tensor x = values_by_name("x", {2, 3, 1024}, 1);
  check_close(apply_linear(x, w, b), at::linear(x, w.to(at::kFloat), b), 1e-5, "with bias");
  check_close(apply_linear(x, w, {}), at::linear(x, w.to(at::kFloat)), 1e-5, "without bias");
}

void grouped_attention_equals_attention_over_repeated_heads() {
  const at::Tensor q = values_by_name("q", {2, 6, 7, 8}, 1);
  const at::Tensor k = values_by_name("k", {2, 2, 7, 8}, 1), v = values_by_name("v", {2, 2, 7, 8}, 1);
  const at::Tensor kk = k.repeat_interleave(3, 1), vv = v.repeat_interleave(3, 1);
  for (const bool causal : {false, true})
    check_close(attend(q, k, v, causal), at::scaled_dot_product_attention(q, kk, vv, {}, 0.0, causal), 1e-6, "group");
  const at::Tensor last = q.narrow(2, 6, 1);
  check_close(attend(last, k, v, true), attend(q, k, v, true).narrow(2, 6, 1), 1e-6, "one query");
  check_close(attend(q.narrow(2, 3, 4), k, v, true), attend(q, k, v, true).narrow(2, 3, 4), 1e-6, "later queries");
}

void sinusoid_puts_cosines_first() {
  const at::Tensor s = sinusoid(at::full({1}, 981.0), 320);
  check_first(s, {0.679957, -0.798429, 0.578064}, 2e-5, "S(981, 320)");
  check_first(s.narrow(1, 160, 3), {0.733252, 0.602089, 0.815991}, 2e-5, "S(981, 320) from 160");
}

const Cases cases = {
    CASE(hash_formula_gives_the_published_first_values),
    CASE(linear_by_panels_equals_linear_of_the_converted_weight),
    CASE(grouped_attention_equals_attention_over_repeated_heads),
    CASE(sinusoid_puts_cosines_first),
};

}  // namespace
