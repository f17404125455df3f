#include "core/train/optimiser.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/error.h"
#include "core/train/pattern.h"

namespace b3o::train {
namespace {

constexpr int64_t kSmallestSide = 8;  // of a matrix under Muon

// How one tensor is trained.
struct Rule {
  bool muon;
  double lr, weight_decay;
  auto order() const { return std::tuple(muon, lr, weight_decay); }
};

Rule rule_of(const std::string& name, const at::Tensor& value, const OptimiserConfig& c) {
  const auto matches = [&](const std::string& pattern) { return matches_pattern(name, pattern); };
  const bool decays =
      name.find("bias") == std::string::npos && std::none_of(c.no_decay.begin(), c.no_decay.end(), matches);
  const double decay = decays ? c.weight_decay : 0;
  for (const auto& [pattern, lr] : c.groups)
    if (matches(pattern)) return {false, lr, decay};
  const bool matrix =
      value.dim() > 1 && std::min(value.size(0), value.numel() / std::max<int64_t>(1, value.size(0))) >= kSmallestSide;
  return c.muon && matrix ? Rule{true, c.muon_lr, decay} : Rule{false, c.lr, decay};
}

Named by_rule(Named parameters, const OptimiserConfig& c) {
  std::stable_sort(parameters.begin(), parameters.end(), [&](const auto& a, const auto& b) {
    return rule_of(a.first, a.second, c).order() < rule_of(b.first, b.second, c).order();
  });
  return parameters;
}

}  // namespace

OptimiserConfig OptimiserConfig::from_json(const Fields& f) {
  OptimiserConfig c;
  const std::string kind = f.string("kind", "adamw");
  if (kind != "adamw" && kind != "muon")
    throw LoadError(cat(f.where(), ": key 'kind' is '", kind, "', expected adamw or muon"));
  c.muon = kind == "muon";
  const auto positive = [&](const char* key, double fallback) {
    const double v = f.number(key, fallback);
    if (!(v >= 0 && std::isfinite(v))) throw LoadError(cat(f.where(), ": key '", key, "' is ", v, ", expected >= 0"));
    return v;
  };
  c.lr = positive("lr", c.lr);
  c.muon_lr = positive("muon_lr", c.muon_lr);
  c.eps = positive("eps", c.eps);
  c.weight_decay = positive("weight_decay", c.weight_decay);
  c.clip = positive("clip", c.clip);
  c.momentum = positive("momentum", c.momentum);
  if (f.has("betas")) {
    const auto betas = f.numbers("betas");
    if (betas.size() != 2) throw LoadError(cat(f.where(), ": key 'betas' has ", betas.size(), " entries, expected 2"));
    c.beta1 = betas[0], c.beta2 = betas[1];
  }
  if (!(c.beta1 >= 0 && c.beta1 < 1 && c.beta2 >= 0 && c.beta2 < 1 && c.momentum < 1))
    throw LoadError(cat(f.where(), ": betas and momentum must be in [0, 1)"));
  if (!(c.clip > 0)) throw LoadError(cat(f.where(), ": key 'clip' is 0, expected a positive norm"));
  if (f.has("groups")) {
    const Fields groups = f.object("groups");
    for (const auto& [pattern, lr] : groups.json().items()) c.groups.emplace_back(pattern, groups.number(pattern));
  }
  if (f.has("no_decay")) c.no_decay = f.strings("no_decay");
  return c;
}

Optimiser::Optimiser(const Named& parameters, const OptimiserConfig& config)
    : config_(config), bank_(by_rule(parameters, config)) {
  for (size_t i = 0; i < bank_.slots().size(); ++i) {
    const Bank::Slot& slot = bank_.slots()[i];
    const int64_t end = i + 1 < bank_.slots().size() ? bank_.slots()[i + 1].offset : bank_.size();
    const Rule rule = rule_of(slot.name, Bank::view(bank_.values, slot), config);
    if (rule.muon) {
      const int64_t rows = slot.shape[0], columns = slot.count / rows;
      auto at = std::find_if(matrices_.begin(), matrices_.end(), [&](const Matrices& m) {
        return m.rows == rows && m.columns == columns && m.weight_decay == rule.weight_decay;
      });
      if (at == matrices_.end()) at = matrices_.insert(at, {rows, columns, rule.weight_decay, {}});
      at->slots.push_back(i);
    } else if (!stretches_.empty() && stretches_.back().end == slot.offset && stretches_.back().lr == rule.lr &&
               stretches_.back().weight_decay == rule.weight_decay) {
      stretches_.back().end = end;
    } else {
      stretches_.push_back({slot.offset, end, rule.lr, rule.weight_decay});
    }
  }
  first_ = bank_.zeros();
  second_ = bank_.zeros();
}

double Optimiser::norm() const { return bank_.gradients.norm().item<double>(); }

void Optimiser::step(double norm, double factor) {
  // The reference divides by the norm plus 1e-6.
  const double scale = config_.clip / (norm + 1e-6);
  if (scale < 1) bank_.gradients.mul_(scale);
  ++steps_;
  for (const Stretch& s : stretches_) adam(s, factor);
  for (const Matrices& m : matrices_) muon(m, factor);
}

void Optimiser::adam(const Stretch& s, double factor) {
  const auto part = [&](const at::Tensor& flat) { return flat.narrow(0, s.begin, s.end - s.begin); };
  at::Tensor value = part(bank_.values), m = part(first_), v = part(second_);
  const at::Tensor g = part(bank_.gradients);
  const double lr = s.lr * factor;
  if (s.weight_decay != 0) value.mul_(1 - lr * s.weight_decay);
  m.lerp_(g, 1 - config_.beta1);
  v.mul_(config_.beta2).addcmul_(g, g, 1 - config_.beta2);
  const double bias1 = 1 - std::pow(config_.beta1, double(steps_)), bias2 = 1 - std::pow(config_.beta2, double(steps_));
  const at::Tensor spread = v.sqrt().div_(std::sqrt(bias2)).add_(config_.eps);
  value.addcdiv_(m, spread, -lr / bias1);
}

void Optimiser::muon(const Matrices& group, double factor) {
  std::vector<at::Tensor> directions;
  for (const size_t i : group.slots) {
    const Bank::Slot& slot = bank_.slots()[i];
    const at::Tensor g = bank_.gradients.narrow(0, slot.offset, slot.count);
    at::Tensor m = first_.narrow(0, slot.offset, slot.count);
    m.mul_(config_.momentum).add_(g);
    directions.push_back(g.add(m, config_.momentum).view({group.rows, group.columns}));  // Nesterov
  }
  const at::Tensor o = orthogonal(at::stack(directions));
  const double lr = config_.muon_lr * factor;
  const double scale = lr * 0.2 * std::sqrt(double(std::max(group.rows, group.columns)));
  for (size_t k = 0; k < group.slots.size(); ++k) {
    const Bank::Slot& slot = bank_.slots()[group.slots[k]];
    at::Tensor value = bank_.values.narrow(0, slot.offset, slot.count);
    if (group.weight_decay != 0) value.mul_(1 - lr * group.weight_decay);
    value.add_(o[int64_t(k)].reshape({-1}), -scale);
  }
}

Named Optimiser::state() const {
  Named out;
  const auto in_muon = [&](size_t slot) {
    return std::any_of(matrices_.begin(), matrices_.end(), [&](const Matrices& m) {
      return std::find(m.slots.begin(), m.slots.end(), slot) != m.slots.end();
    });
  };
  for (size_t i = 0; i < bank_.slots().size(); ++i) {
    const Bank::Slot& slot = bank_.slots()[i];
    out.emplace_back(slot.name + ".m", Bank::view(first_, slot));
    if (!in_muon(i)) out.emplace_back(slot.name + ".v", Bank::view(second_, slot));
  }
  return out;
}

at::Tensor orthogonal(const at::Tensor& x) {
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;  // a polynomial that drives singular values towards 1
  const bool tall = x.size(1) > x.size(2);
  at::Tensor y = tall ? x.transpose(1, 2) : x;  // [k, r, c], r <= c
  y = y / (y.flatten(1).norm(2, {1}, true).unsqueeze(2) + 1e-7);
  for (int i = 0; i < 5; ++i) {
    const at::Tensor gram = at::bmm(y, y.transpose(1, 2));  // [k, r, r]
    y = at::baddbmm(y, at::baddbmm(gram, gram, gram, b, c), y, a);
  }
  return tall ? y.transpose(1, 2) : y;
}

}  // namespace b3o::train
