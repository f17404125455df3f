#include "core/train/run.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/image/codec.h"
#include "core/train/average.h"
#include "core/train/checkpoint.h"
#include "core/train/metrics.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxSkips = 10;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

Named split(const Named& all, bool trained) {
  Named out;
  for (const auto& item : all)
    if (item.second.requires_grad() == trained) out.push_back(item);
  return out;
}

Named frozen_of(const Stage& stage) {
  Named out = split(stage.parameters, false);
  out.insert(out.end(), stage.frozen.begin(), stage.frozen.end());
  return out;
}

std::string recipe_hash(Json recipe) {
  for (const char* key :
       {"log_every", "validate_every", "sheet_every", "save_every", "save_seconds", "keep", "keep_every", "threads"})
    recipe.erase(key);
  return sha256_hex(recipe.dump());
}

std::string clock(double seconds) {
  char text[48];
  const auto s = static_cast<long long>(seconds);
  if (s >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
  else
    std::snprintf(text, sizeof text, "%lld:%02lld", s / 60, s % 60);
  return text;
}

// While this lives matrix products and convolutions compute in bf16; their weights stay fp32.
class HalfPrecision {
 public:
  HalfPrecision(bool on, at::Device device) : on_(on), device_(device.type()) {
    if (!on_) return;
    before_ = at::autocast::is_autocast_enabled(device_);
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
    at::autocast::set_autocast_enabled(device_, true);
    at::autocast::increment_nesting();
  }
  ~HalfPrecision() {
    if (!on_) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(device_, before_);
  }
  HalfPrecision(const HalfPrecision&) = delete;
  HalfPrecision& operator=(const HalfPrecision&) = delete;

 private:
  bool on_, before_ = false;
  at::DeviceType device_;
};

// One run from its start or its checkpoint to its end.
class Runner {
 public:
  Runner(Stage& stage, const RunOptions& o, Group& group)
      : stage_(stage),
        o_(o),
        group_(group),
        frozen_(frozen_of(stage)),
        optimiser_(split(stage.parameters, true), o.optimiser),
        average_(optimiser_.bank(), o.average),
        checkpoints_(o.folder, o.keep, o.keep_every),
        frozen_sum_(checksum(frozen_)) {
    group_.share(optimiser_.bank().values);
  }

  Ended go() {
    if (leads()) fs::create_directories(o_.folder);
    resume();
    if (leads()) metrics_.emplace(o_.folder / "metrics.jsonl", step_);
    describe();
    if (stage_.prepare) stage_.prepare(step_, progress());
    started_ = last_save_ = window_start_ = now();
    try {
      return steps();
    } catch (const LostProcess& e) {
      // Nothing of the step that failed was applied, so what is here belongs to the step before.
      if (leads()) save(true);
      throw LostProcess(cat(e.what(), " The run can be continued from step ", saved_ < 0 ? first_step_ : saved_,
                            " with the same command."));
    }
  }

 private:
  Ended steps() {
    while (!o_.limits.reached(step_, seconds())) {
      one_step();
      if (step_ == first_step_ + 1) check_frozen();
      if (due(o_.log_every)) log();
      if (due(o_.validate_every)) validate();
      if (due(o_.sheet_every)) draw_sheet();
      if (group_.any(o_.stop())) {
        save(true);
        return Ended::interrupted;
      }
      if (due(o_.save_every) || (o_.save_seconds > 0 && group_.any(now() - last_save_ > o_.save_seconds))) save(false);
    }
    check_frozen();
    if (step_ != logged_) log();
    validate();
    draw_sheet();
    save(true);
    if (leads() && stage_.write_result) {
      const c10::AutoGradMode no_gradients(false);
      const Average::InPlace averaged(average_);
      stage_.write_result(o_.folder / "result");
    }
    return Ended::done;
  }

  bool leads() const { return group_.rank() == 0; }
  bool due(int64_t every) const { return every > 0 && step_ % every == 0; }
  double progress() const { return o_.limits.progress(step_, seconds_); }
  int64_t whole_batch() const { return o_.batch * o_.accumulate * group_.size(); }

  // Of the whole run, stretches before an interruption included; the clock of process 0 counts.
  double seconds() {
    at::Tensor t = at::full({1}, before_ + now() - started_, at::kDouble);
    if (o_.limits.max_seconds > 0) group_.share(t);
    return seconds_ = t.item<double>();
  }

  std::vector<CheckpointPart> parts() {
    std::vector<CheckpointPart> out = {{"model.safetensors", stage_.parameters},
                                       {"optim.safetensors", optimiser_.state()}};
    if (average_.on()) out.push_back({"ema.safetensors", optimiser_.bank().named(average_.values())});
    return out;
  }

  void resume() {
    const auto found = checkpoints_.newest();
    if (!found) return;
    const Fields state(found->state, (found->folder / "trainer.json").string());
    if (state.string("stage") != stage_.name)
      throw RequestError(cat("The folder ", o_.folder.string(), " holds a run of the stage '", state.string("stage"),
                             "', not of '", stage_.name, "'; give another --out."));
    if (!o_.allow_config_change && state.string("recipe_hash") != recipe_hash(o_.recipe))
      throw RequestError(cat("The run in ", o_.folder.string(),
                             " was started with other settings; give --allow-config-change to go on with the new ones, "
                             "or another --out."));
    const c10::AutoGradMode no_gradients(false);
    for (const CheckpointPart& part : parts()) load_part(found->folder, part);
    step_ = first_step_ = logged_ = found->step;
    before_ = seconds_ = state.number("seconds");
    skipped_ = state.integer("skipped");
    optimiser_.set_steps(state.integer("optimiser_steps"));
    frozen_sum_ = checksum(frozen_);
    if (leads()) o_.say(cat("Going on from step ", step_, " of ", found->folder.filename().string(), "."));
  }

  void describe() const {
    if (!leads()) return;
    int64_t trained = 0, frozen = 0;
    for (const auto& slot : optimiser_.bank().slots()) trained += slot.count;
    for (const auto& [name, tensor] : frozen_) frozen += tensor.numel();
    log_info(cat("stage ", stage_.name, ": ", optimiser_.bank().slots().size(), " trained tensors, ", trained,
                 " numbers; ", frozen_.size(), " frozen tensors, ", frozen, " numbers"));
    for (const auto& slot : optimiser_.bank().slots()) log_line(LogLevel::debug, "trained: " + slot.name);
  }

  void one_step() {
    optimiser_.zero();
    double loss = 0;
    for (int64_t k = 0; k < o_.accumulate; ++k) {
      const int64_t first = (k * group_.size() + group_.rank()) * o_.batch;
      const Step step{o_.seed, step_, first, o_.batch, whole_batch(), progress(), window_};
      const at::Tensor value = [&] {
        const HalfPrecision half(o_.bf16, optimiser_.bank().values.device());
        return stage_.loss(step);
      }();
      (o_.accumulate == 1 ? value : value / double(o_.accumulate)).backward();
      loss += value.item<double>() / double(o_.accumulate);
    }
    if (group_.size() > 1) {
      group_.sum(optimiser_.bank().gradients);
      optimiser_.bank().gradients.div_(double(group_.size()));
    }
    const double norm = optimiser_.norm();
    window_.add("loss", loss);
    if (std::isfinite(norm)) {
      const c10::AutoGradMode no_gradients(false);
      factor_ = o_.schedule.factor(step_, seconds_, o_.limits);
      optimiser_.step(norm, factor_);
      average_.update(optimiser_.steps());
      window_.add("norm", norm);
      skips_in_a_row_ = 0;
    } else {
      ++skipped_;
      if (++skips_in_a_row_ == kMaxSkips)
        throw Error(cat("Ten steps in a row had a gradient that is infinite or not a number (the last was step ", step_,
                        "). Lower the learning rate; the checkpoint before is still there."));
    }
    ++step_;
  }

  void check_frozen() {
    if (checksum(frozen_) != frozen_sum_)
      throw Error("internal error: a frozen tensor moved; the checkpoint before is still there");
  }

  // Sums over the processes, so that every number is one of the whole batch.
  void collect(Tally& tally) {
    if (group_.size() == 1) return;
    for (auto& [name, s] : tally.sums()) {
      at::Tensor t = at::tensor({s.sum, s.weight}, at::kDouble);
      group_.sum(t);
      s.sum = t[0].item<double>(), s.weight = t[1].item<double>();
    }
  }

  void log() {
    collect(window_);
    const double time = now(), spent = time - window_start_;
    const double rate = double((step_ - logged_) * whole_batch()) / std::max(spent, 1e-9);
    if (leads()) {
      Json line = {{"step", step_}, {"seconds", before_ + time - started_}};
      window_.write(line);
      line["lr"] = factor_ * (o_.optimiser.muon ? o_.optimiser.muon_lr : o_.optimiser.lr);
      line["samples_per_second"] = rate;
      line["skipped"] = skipped_;
      metrics_->write(line);
      o_.show(progress_line(rate));
    }
    window_.clear();
    window_start_ = time, logged_ = step_;
  }

  std::string progress_line(double rate) const {
    std::string out = cat(stage_.name, "  step ", step_);
    if (o_.limits.max_steps > 0) out += cat(" of ", o_.limits.max_steps);
    char text[96];
    std::snprintf(text, sizeof text, "  loss %.4g  %.3g samples/s", window_.mean("loss"), rate);
    out += text;
    const double p = progress(), here = now() - started_;
    const double done = o_.limits.progress(first_step_, before_);
    if (p > done) out += cat("  ", clock(here * (1 - p) / (p - done)), " left");
    if (skipped_ > 0) out += cat("  ", skipped_, " skipped");
    return out;
  }

  void validate() {
    if (!stage_.validate || step_ == validated_) return;
    validated_ = step_;
    const double began = now();
    Tally tally;
    {
      const c10::AutoGradMode no_gradients(false);
      const Average::InPlace averaged(average_);
      stage_.validate(tally);
    }
    if (!leads()) return;
    Json values = Json::object();
    tally.write(values);
    metrics_->write({{"step", step_}, {"seconds", before_ + now() - started_}, {"validation", values}});
    std::string text = cat(stage_.name, "  step ", step_, "  validation");
    for (const auto& [name, value] : values.items()) {
      char number[32];
      std::snprintf(number, sizeof number, "%.4g", value.get<double>());
      text += cat("  ", name, " ", number);
    }
    o_.say(text);
    window_start_ += now() - began;
  }

  void draw_sheet() {
    if (!stage_.sheet || !leads() || step_ == drawn_) return;
    drawn_ = step_;
    const c10::AutoGradMode no_gradients(false);
    const Average::InPlace averaged(average_);
    char name[40];
    std::snprintf(name, sizeof name, "step-%08lld.png", static_cast<long long>(step_));
    fs::create_directories(o_.folder / "sheets");
    write_file(o_.folder / "sheets" / name, encode_png(stage_.sheet()));
  }

  // A checkpoint on the way may fail (the disk is full): the one before is kept and the run goes on. At the end it may
  // not.
  void save(bool last) {
    last_save_ = now();
    if (!leads() || step_ == saved_) return;
    const Json state = {{"format", 1},
                        {"stage", stage_.name},
                        {"seconds", before_ + now() - started_},
                        {"samples", step_ * whole_batch()},
                        {"seed", o_.seed},
                        {"skipped", skipped_},
                        {"optimiser_steps", optimiser_.steps()},
                        {"processes", group_.size()},
                        {"recipe_hash", recipe_hash(o_.recipe)},
                        {"recipe", o_.recipe}};
    try {
      checkpoints_.save(step_, parts(), state);
      saved_ = step_;
    } catch (const Error& e) {
      if (last) throw;
      o_.say(cat(e.what(), " The checkpoint before is kept; the run goes on."));
    }
  }

  Stage& stage_;
  const RunOptions& o_;
  Group& group_;
  Named frozen_;
  Optimiser optimiser_;
  Average average_;
  CheckpointFolder checkpoints_;
  std::string frozen_sum_;
  std::optional<MetricsFile> metrics_;
  Tally window_;  // since the last line of the metrics
  int64_t step_ = 0, first_step_ = 0, logged_ = 0, validated_ = -1, drawn_ = -1, saved_ = -1;
  int64_t skipped_ = 0;
  int skips_in_a_row_ = 0;
  double before_ = 0, seconds_ = 0, started_ = now(), last_save_ = 0, window_start_ = 0, factor_ = 1;
};

}  // namespace

RunOptions RunOptions::from_json(const Json& recipe, const std::string& where) {
  const Fields f(recipe, where);
  RunOptions o;
  o.recipe = recipe;
  o.seed = uint64_t(f.integer_in("seed", 0, int64_t(1) << 53));
  o.batch = f.integer_in("batch", 1, 1 << 20);
  if (f.has("accumulate")) o.accumulate = f.integer_in("accumulate", 1, 1 << 20);
  o.limits = Limits::from_json(f);
  const Json none = Json::object();
  const Fields optimiser = f.has("optimizer") ? f.object("optimizer") : Fields(none, where);
  o.optimiser = OptimiserConfig::from_json(optimiser);
  o.schedule = Schedule::from_json(optimiser, o.limits);
  const std::string precision = f.string("precision", "fp32");
  if (precision != "fp32" && precision != "bf16")
    throw LoadError(
        cat(where, ": key 'precision' is '", precision, "', expected fp32 or bf16; gradients in fp16 vanish"));
  o.bf16 = precision == "bf16";
  o.average = f.number("ema", 0);
  if (!(o.average >= 0 && o.average < 1))
    throw LoadError(cat(where, ": key 'ema' is ", o.average, ", expected a decay in [0, 1)"));
  const auto every = [&](const char* key, int64_t fallback) {
    return f.has(key) ? f.integer_in(key, 0, int64_t(1) << 40) : fallback;
  };
  o.log_every = every("log_every", o.log_every);
  o.validate_every = every("validate_every", 0);
  o.sheet_every = every("sheet_every", 0);
  o.save_every = every("save_every", 0);
  o.save_seconds = f.number("save_seconds", o.save_seconds);
  o.keep = int(every("keep", o.keep));
  o.keep_every = every("keep_every", 0);
  return o;
}

Ended run(Stage& stage, const RunOptions& options, Group& group) { return Runner(stage, options, group).go(); }

std::string checksum(const Named& tensors) {
  uint64_t sum = 0;
  for (const auto& [name, tensor] : tensors) {
    const at::Tensor t = tensor.detach().cpu().contiguous();
    const char* bytes = static_cast<const char*>(t.const_data_ptr());
    uint64_t lanes[4] = {fnv1a64(name), 1, 2, 3};  // independent, so that memory is the only limit
    size_t at = 0;
    for (; at + sizeof lanes <= t.nbytes(); at += sizeof lanes) {
      uint64_t words[4];
      std::memcpy(words, bytes + at, sizeof words);
      for (int k = 0; k < 4; ++k) lanes[k] = (lanes[k] ^ words[k]) * 0x9fb21c651e98df25u;
      for (uint64_t& lane : lanes) lane ^= lane >> 29;
    }
    uint64_t rest = fnv1a64({bytes + at, t.nbytes() - at});
    for (const uint64_t lane : lanes) rest = mix64(rest ^ lane);
    sum = mix64(sum + rest);
  }
  return cat(std::hex, sum);
}

bool Group::any(bool yes) {
  if (size() == 1) return yes;
  at::Tensor t = at::full({1}, yes ? 1.0 : 0.0, at::kDouble);
  sum(t);
  return t.item<double>() > 0;
}

}  // namespace b3o::train
