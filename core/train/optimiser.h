// AdamW and Muon over a bank of parameters (training.md 8, embedded-model.md 8.3 rule 10).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/train/bank.h"

namespace b3o::train {

struct OptimiserConfig {
  bool muon = false;
  double lr = 1e-4;       // of AdamW, before the schedule
  double muon_lr = 3e-3;  // of the matrices under Muon
  double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
  double weight_decay = 0, momentum = 0.95;
  double clip = 1.0;  // of the norm over all gradients; training.md 4: never without
  // Learning rates for names that match a pattern; the first match counts. Such tensors are under AdamW.
  std::vector<std::pair<std::string, double>> groups;
  // Weight decay never touches names with "bias" nor names that match one of these (torch LayerNorm weights).
  std::vector<std::string> no_decay;

  static OptimiserConfig from_json(const Fields& f);
};

class Optimiser {
 public:
  // The order of the parameters inside the bank is the optimiser's own.
  Optimiser(const Named& parameters, const OptimiserConfig& config);

  Bank& bank() { return bank_; }
  const Bank& bank() const { return bank_; }
  void zero() { bank_.gradients.zero_(); }
  // Of all gradients together.
  double norm() const;
  // Scales the gradients down to the configured norm, then takes one step with the learning rates times `factor`.
  void step(double norm, double factor);

  int64_t steps() const { return steps_; }
  const OptimiserConfig& config() const { return config_; }
  // Moments by name: <parameter>.m, <parameter>.v. Views: loading copies into them.
  Named state() const;
  void set_steps(int64_t steps) { steps_ = steps; }

 private:
  struct Stretch {  // neighbours in the bank with the same rule
    int64_t begin, end;
    double lr, weight_decay;
  };
  struct Matrices {  // of one shape, worked off together
    int64_t rows, columns;
    double weight_decay;
    std::vector<size_t> slots;
  };
  void adam(const Stretch& s, double factor);
  void muon(const Matrices& m, double factor);

  OptimiserConfig config_;
  Bank bank_;
  std::vector<Stretch> stretches_;
  std::vector<Matrices> matrices_;
  at::Tensor first_, second_;  // moments, in the bank's layout
  int64_t steps_ = 0;
};

// The nearest orthogonal matrices to x [k, rows, columns], roughly: five Newton-Schulz steps.
at::Tensor orthogonal(const at::Tensor& x);

}  // namespace b3o::train
