#include "core/sampling/slerp.h"

#include <ATen/ATen.h>

#include <numbers>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr double kStraight = 1e-3;  // radians from equal or opposite directions
constexpr double kNoLength = 1e-30;

struct Polar {
  at::Tensor direction, length;  // [..., C], [..., 1]
};

Polar polar(const at::Tensor& tokens) {
  const at::Tensor length = tokens.norm(2, -1, true);
  return {tokens / length.clamp_min(kNoLength), length};
}

}  // namespace

Between between(const at::Tensor& from, const at::Tensor& to, double place) {
  ensure(from.sizes() == to.sizes(), "tokens to go between have one shape");
  const at::Tensor a = from.to(at::kDouble), b = to.to(at::kDouble);
  const Polar u = polar(a), w = polar(b);
  const at::Tensor angle = (u.direction * w.direction).sum(-1, true).clamp(-1, 1).acos();  // [..., 1]
  const at::Tensor opposed = angle > std::numbers::pi - kStraight;
  Between out;
  out.opposed = opposed.sum().item<int64_t>();
  if (place == 0 || place == 1) {
    out.tokens = (place == 0 ? from : to).to(at::kFloat);
    return out;
  }
  const at::Tensor direction =
      (((1 - place) * angle).sin() * u.direction + (place * angle).sin() * w.direction) / angle.sin();
  const at::Tensor turned = direction * ((1 - place) * u.length + place * w.length);
  out.tokens = at::where(opposed | (angle < kStraight), (1 - place) * a + place * b, turned).to(at::kFloat);
  return out;
}

double mean_cosine(const at::Tensor& a, const at::Tensor& b) {
  ensure(a.sizes() == b.sizes(), "tokens to compare have one shape");
  return (polar(a.to(at::kDouble)).direction * polar(b.to(at::kDouble)).direction).sum(-1).mean().item<double>();
}

}  // namespace b3o
