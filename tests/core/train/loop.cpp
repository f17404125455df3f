// The loop: an interrupted run ends like an uninterrupted one, frozen tensors stay, bad steps are skipped.
#include <ATen/ATen.h>

#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/checkpoint.h"
#include "core/weights/safetensors.h"
#include "tests/core/train/toy.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

struct EndState {
  at::Tensor w, b, average, moment;
};

EndState end_of(const std::filesystem::path& folder) {
  const auto found = CheckpointFolder(folder).newest();
  check(found.has_value(), "the run left a checkpoint");
  const auto model = SafetensorsFile::open(found->folder / "model.safetensors");
  return {model->tensor("w").clone(), model->tensor("b").clone(),
          SafetensorsFile::open(found->folder / "ema.safetensors")->tensor("w").clone(),
          SafetensorsFile::open(found->folder / "optim.safetensors")->tensor("b.v").clone()};
}

std::vector<Json> lines_of(const std::filesystem::path& folder) {
  std::vector<Json> out;
  std::istringstream in(read_file(folder / "metrics.jsonl", 1 << 20));
  for (std::string line; std::getline(in, line);) out.push_back(parse_json(line, "line"));
  return out;
}

void an_interrupted_run_ends_bit_equal() {
  TemporaryFolder whole, parts;
  Group alone;
  Toy one;
  check(run(one.stage, toy_options(whole.path(), 20), alone) == Ended::done, "the run ends");
  for (int piece = 0;; ++piece) {
    Toy again;  // a new process: nothing but the folder is left of the last piece
    RunOptions o = toy_options(parts.path(), 20);
    int asked = 0;
    o.stop = [&] { return ++asked == 7; };
    if (run(again.stage, o, alone) == Ended::done) {
      check_equal(piece, 2, "number of interruptions");
      break;
    }
  }
  const EndState a = end_of(whole.path()), b = end_of(parts.path());
  check(at::equal(a.w, b.w) && at::equal(a.b, b.b), "the weights are equal bit by bit");
  check(at::equal(a.average, b.average) && at::equal(a.moment, b.moment), "average and moments are equal bit by bit");
  const auto lines = lines_of(whole.path()), other = lines_of(parts.path());
  check_equal(lines.size(), size_t(20), "metrics lines");
  check_equal(other.size(), size_t(20), "metrics lines of the interrupted run");
  for (size_t i = 0; i < lines.size(); ++i)
    check_equal(other[i]["loss"].get<double>(), lines[i]["loss"].get<double>(), "a loss");
  check(lines.back()["loss"].get<double>() < 0.5 * lines.front()["loss"].get<double>(), "the run learns");
}

void metrics_of_lost_steps_are_removed() {
  TemporaryFolder folder;
  Group alone;
  {
    Toy toy;
    RunOptions o = toy_options(folder.path(), 20);
    o.save_every = 8;
    o.stop = [n = 0]() mutable { return ++n == 11 ? throw Error("killed") : false; };
    message_of<Error>([&] { run(toy.stage, o, alone); });
  }
  check_equal(lines_of(folder.path()).size(), size_t(11), "lines before the crash");
  Toy toy;
  run(toy.stage, toy_options(folder.path(), 20), alone);
  const auto lines = lines_of(folder.path());
  check_equal(lines.size(), size_t(20), "lines");
  for (size_t i = 0; i < lines.size(); ++i) check_equal(lines[i]["step"].get<int64_t>(), int64_t(i + 1), "step");
}

void micro_batches_add_up_to_the_batch() {
  TemporaryFolder a, b;
  Group alone;
  Toy one, two;
  RunOptions o = toy_options(a.path(), 10);
  o.optimiser.muon = false;
  run(one.stage, o, alone);
  o.folder = b.path();
  o.batch = 1;
  o.accumulate = 4;
  run(two.stage, o, alone);
  check_close(end_of(b.path()).w, end_of(a.path()).w, 1e-5, "weights");
}

void frozen_tensors_do_not_move_while_gradients_pass_through() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  const std::string before = checksum({{"frozen", toy.frozen}});
  run(toy.stage, toy_options(folder.path(), 5), alone);
  check_equal(checksum({{"frozen", toy.frozen}}), before, "checksum");
  check(toy.w.abs().max().item<double>() > 0, "what lies before the frozen tensor moved");
}

void a_frozen_tensor_that_moves_ends_the_run() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  const auto loss = toy.stage.loss;
  toy.stage.loss = [&](const Step& s) {
    toy.frozen.add_(1e-6);
    return loss(s);
  };
  check_contains(message_of<Error>([&] { run(toy.stage, toy_options(folder.path(), 5), alone); }), "frozen");
}

void a_step_with_an_infinite_gradient_is_skipped() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  const auto loss = toy.stage.loss;
  toy.stage.loss = [&](const Step& s) {
    return s.step == 4 ? loss(s) * std::numeric_limits<double>::infinity() : loss(s);
  };
  run(toy.stage, toy_options(folder.path(), 8), alone);
  const EndState end = end_of(folder.path());
  check(at::isfinite(end.w).all().item<bool>() && at::isfinite(end.average).all().item<bool>(), "all stays finite");
  check_equal(lines_of(folder.path()).back()["skipped"].get<int64_t>(), int64_t(1), "skipped steps");
}

void ten_such_steps_end_the_run_with_a_sentence() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  const auto loss = toy.stage.loss;
  toy.stage.loss = [&](const Step& s) { return loss(s) * std::numeric_limits<double>::quiet_NaN(); };
  check_contains(message_of<Error>([&] { run(toy.stage, toy_options(folder.path(), 50), alone); }), "Ten steps");
}

void other_settings_need_a_flag() {
  TemporaryFolder folder;
  Group alone;
  Toy toy, again, third;
  run(toy.stage, toy_options(folder.path(), 3), alone);
  RunOptions o = toy_options(folder.path(), 6);
  o.recipe["batch"] = 8;
  check_contains(message_of<RequestError>([&] { run(again.stage, o, alone); }), "--allow-config-change");
  o.allow_config_change = true;
  check(run(third.stage, o, alone) == Ended::done, "the flag lets it go on");
}

void another_shape_is_refused_by_name() {
  TemporaryFolder folder;
  Group alone;
  Toy toy, again;
  run(toy.stage, toy_options(folder.path(), 3), alone);
  again.stage.parameters[1].second = at::zeros({9}).requires_grad_();
  RunOptions o = toy_options(folder.path(), 6);
  o.allow_config_change = true;
  const std::string message = message_of<LoadError>([&] { run(again.stage, o, alone); });
  check_contains(message, "'b'");
  check_contains(message, "[8]");
}

void the_clock_ends_a_run_and_anneals_it() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  RunOptions o = toy_options(folder.path(), 0);
  o.limits.max_seconds = 0.3;
  run(toy.stage, o, alone);
  const auto lines = lines_of(folder.path());
  check(lines.size() > 3, "some steps fit");
  check(lines.back()["lr"].get<double>() < 0.2 * 0.2, "the rate has fallen at the end");
  check(CheckpointFolder(folder.path()).newest()->state["seconds"].get<double>() >= 0.3, "the time is kept");
}

const Cases cases = {
    CASE(an_interrupted_run_ends_bit_equal),          CASE(metrics_of_lost_steps_are_removed),
    CASE(micro_batches_add_up_to_the_batch),          CASE(frozen_tensors_do_not_move_while_gradients_pass_through),
    CASE(a_frozen_tensor_that_moves_ends_the_run),    CASE(a_step_with_an_infinite_gradient_is_skipped),
    CASE(ten_such_steps_end_the_run_with_a_sentence), CASE(other_settings_need_a_flag),
    CASE(another_shape_is_refused_by_name),           CASE(the_clock_ends_a_run_and_anneals_it),
};

}  // namespace
