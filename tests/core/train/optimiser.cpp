// AdamW against its formula in double precision, Muon by its properties, schedules by their corners.
#include "core/train/optimiser.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"
#include "core/train/average.h"
#include "core/train/pattern.h"
#include "core/train/random.h"
#include "core/train/schedule.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

at::Tensor random(int64_t k, at::IntArrayRef shape) { return normal(1, Use::noise, k, 0, 1, shape)[0]; }

void adamw_follows_its_formula() {
  OptimiserConfig c;
  c.lr = 0.01, c.weight_decay = 0.1, c.clip = 1e9;
  at::Tensor p = random(0, {5, 7}).requires_grad_();
  at::Tensor x = p.detach().to(at::kDouble), m = at::zeros_like(x), v = at::zeros_like(x);
  Optimiser optimiser({{"p", p}}, c);
  for (int64_t t = 1; t <= 4; ++t) {
    const at::Tensor g = random(t, {5, 7});
    optimiser.zero();
    p.mutable_grad().add_(g);
    const double factor = 1.0 / double(t);
    optimiser.step(optimiser.norm(), factor);
    const at::Tensor d = g.to(at::kDouble);
    m = 0.9 * m + 0.1 * d;
    v = 0.999 * v + 0.001 * d * d;
    const double lr = c.lr * factor;
    x = x * (1 - lr * 0.1) - lr * (m / (1 - std::pow(0.9, t))) / ((v / (1 - std::pow(0.999, t))).sqrt() + 1e-8);
  }
  check_close(p.detach(), x, 1e-6, "parameter");
}

void biases_and_listed_norms_do_not_decay() {
  OptimiserConfig c;
  c.lr = 0.5, c.weight_decay = 0.1;
  c.no_decay = {"*.norm_q.weight"};
  Named parameters;
  for (const char* name : {"a.weight", "a.bias", "b.norm_q.weight", "b.norm1.weight"})
    parameters.emplace_back(name, at::ones({3}).requires_grad_());
  Optimiser optimiser(parameters, c);
  optimiser.step(0, 1);  // no gradient: only the decay moves anything
  for (const auto& [name, value] : parameters) {
    const bool decays = name == "a.weight" || name == "b.norm1.weight";
    check_close(value[0].item<double>(), decays ? 0.95 : 1.0, 1e-7, name);
  }
}

void groups_have_their_own_rate() {
  OptimiserConfig c;
  c.lr = 0.1, c.clip = 1e9;
  c.muon = true;
  c.groups = {{"slow.*", 0.001}};
  at::Tensor fast = at::zeros({4}).requires_grad_(), slow = at::zeros({16, 16}).requires_grad_();
  Optimiser optimiser({{"fast.w", fast}, {"slow.w", slow}}, c);
  fast.mutable_grad().fill_(1);
  slow.mutable_grad().fill_(1);
  optimiser.step(optimiser.norm(), 1);
  check_close(fast.detach(), at::full({4}, -0.1), 1e-6, "fast");
  check_close(slow.detach(), at::full({16, 16}, -0.001), 1e-6, "slow, by AdamW although it is a matrix");
}

void clipping_bounds_the_norm_of_everything() {
  OptimiserConfig c;
  c.lr = 0;
  at::Tensor a = at::zeros({3}).requires_grad_(), b = at::zeros({2, 2}).requires_grad_();
  Optimiser optimiser({{"a", a}, {"b", b}}, c);
  a.mutable_grad().fill_(3);
  b.mutable_grad().fill_(-4);
  const double norm = optimiser.norm();
  check_close(norm, std::sqrt(27.0 + 64.0), 1e-5, "norm");
  optimiser.step(norm, 1);
  check_close(optimiser.norm(), 1, 1e-5, "norm after clipping");
  check_close(a.grad(), at::full({3}, 3 / norm), 1e-5, "direction");
}

void muon_turns_gradients_into_near_rotations() {
  for (const auto& [rows, columns] : {std::pair<int64_t, int64_t>{12, 40}, {40, 12}, {16, 16}}) {
    const at::Tensor x = random(rows, {3, rows, columns}), o = orthogonal(x);
    const at::Tensor sizes = at::linalg_svdvals(o);
    check(sizes.min().item<double>() > 0.3 && sizes.max().item<double>() < 1.3, "singular values near 1");
    const at::Tensor agreement = (o * x).sum();  // the nearest rotation has a positive one
    check(agreement.item<double>() > 0, "the direction is kept");
  }
}

void muon_steps_do_not_depend_on_the_gradients_scale() {
  const auto moved = [](double scale) {
    OptimiserConfig c;
    c.muon = true;
    c.clip = 1e9;
    at::Tensor w = at::zeros({9, 8, 3, 3}).requires_grad_();
    Optimiser optimiser({{"w", w}}, c);
    w.mutable_grad().copy_(random(5, {9, 8, 3, 3}) * scale);
    optimiser.step(optimiser.norm(), 1);
    return w.detach().clone();
  };
  const at::Tensor one = moved(1);
  check_close(moved(1000), one, 1e-6, "step");
  // 0.2 sqrt(max(rows, columns)) O of a 9 x 72 matrix: about 0.2 lr a number
  check_close(one.square().mean().sqrt().item<double>(), 0.003 * 0.2, 0.003 * 0.06, "size of the step");
}

void small_matrices_and_vectors_are_not_under_muon() {
  OptimiserConfig c;
  c.muon = true;
  c.lr = 0.25;
  c.clip = 1e9;
  at::Tensor thin = at::zeros({7, 64}).requires_grad_(), vector = at::zeros({64}).requires_grad_();
  at::Tensor token = at::zeros({1, 65, 64}).requires_grad_();
  Optimiser optimiser({{"thin", thin}, {"vector", vector}, {"token", token}}, c);
  optimiser.bank().gradients.fill_(2);
  optimiser.step(optimiser.norm(), 1);
  for (const at::Tensor& t : {thin, vector, token})
    check_close(t.detach(), at::full_like(t, -0.25), 1e-5, "a first step of Adam");
}

void schedules_pass_their_corners() {
  Limits steps;
  steps.max_steps = 110;
  Schedule s;
  s.warmup = 10, s.end = 0.1;
  check_close(s.factor(0, 0, steps), 0.1, 1e-12, "first step of the warm-up");
  check_close(s.factor(9, 0, steps), 1, 1e-12, "last step of the warm-up");
  check_close(s.factor(60, 0, steps), 0.55, 1e-12, "middle of the cosine");
  check_close(s.factor(110, 0, steps), 0.1, 1e-12, "floor");
  s.hold = 0.5;
  check_close(s.factor(59, 0, steps), 1, 1e-12, "held");
  s.decay = Schedule::Decay::linear;
  check_close(s.factor(85, 0, steps), 0.55, 1e-12, "middle of the straight line");
  Limits clock;
  clock.max_seconds = 100;
  check_close(s.factor(5000, 75, clock), 0.55, 1e-12, "the same by the clock");
}

void averages_start_short_and_swap_back() {
  at::Tensor p = at::zeros({4}).requires_grad_();
  Bank bank({{"p", p}});
  Average average(bank, 0.99);
  bank.values.narrow(0, 0, 4).fill_(1);
  average.update(1);  // decay min(0.99, 2 / 11)
  {
    const Average::InPlace in_place(average);
    check_close(p.detach(), at::full({4}, 9.0 / 11), 1e-6, "averaged");
  }
  check_close(p.detach(), at::ones({4}), 0, "back again");
}

void patterns_match_whole_names() {
  for (const auto& [name, pattern, wanted] : {std::tuple{"model.dit.x", "model.dit.*", true},
                                              {"model.dit.x", "*.x", true},
                                              {"model.dit.x", "dit", false},
                                              {"a.b.c", "a*c", true},
                                              {"a.b.c", "a*b", false},
                                              {"", "*", true},
                                              {"abc", "abc", true},
                                              {"abc", "a**c*", true}})
    check_equal(matches_pattern(name, pattern), wanted, std::string(name) + " against " + pattern);
}

void wrong_settings_name_their_key() {
  for (const auto& [json, key] : {std::pair{Json{{"kind", "sgd"}}, "kind"},
                                  {Json{{"lr", -1}}, "lr"},
                                  {Json{{"betas", {0.9}}}, "betas"},
                                  {Json{{"clip", 0}}, "clip"}})
    check_contains(message_of<LoadError>([&] { OptimiserConfig::from_json(Fields(json, "recipe")); }),
                   std::string("'") + key + "'");
}

const Cases cases = {
    CASE(adamw_follows_its_formula),
    CASE(biases_and_listed_norms_do_not_decay),
    CASE(groups_have_their_own_rate),
    CASE(clipping_bounds_the_norm_of_everything),
    CASE(muon_turns_gradients_into_near_rotations),
    CASE(muon_steps_do_not_depend_on_the_gradients_scale),
    CASE(small_matrices_and_vectors_are_not_under_muon),
    CASE(schedules_pass_their_corners),
    CASE(averages_start_short_and_swap_back),
    CASE(patterns_match_whole_names),
    CASE(wrong_settings_name_their_key),
};

}  // namespace
