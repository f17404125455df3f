// The flow under the tiny networks: generation.md 10.2 and 10.4, and every DiT tensor of the reference's chains.
#include "core/sampling/flow.h"

#include "core/models/eva_clip.h"
#include "tests/core/models/dit_support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

at::Tensor tiny_x() { return dit_input("in.clip_noise", {1, 24, 4, 4}); }
at::Tensor tiny_z() { return dit_input("in.cond_hidden", {1, 6, 64}); }

// All the savings: condition and modulation once, null rows without queries.
at::Tensor sample(const NextDit& dit, const at::Tensor& noise, const at::Tensor& z, const FlowSchedule& schedule,
                  double guidance, const AfterStep& after = {}) {
  const auto condition = dit.guided_condition(z);
  const auto modulation = dit.modulation(at::tensor(schedule.times), condition);
  const auto predict = [&](const at::Tensor& x, int step) {
    return flow_guidance(dit(at::cat({x, x}), modulation, step, condition), guidance);
  };
  return flow_euler(noise, schedule, predict, after);
}

void sampling_equals_the_table_of_the_specification() {
  const NextDit dit = tiny_dit();
  const at::Tensor six = sample(dit, tiny_x(), tiny_z(), flow_schedule(6), 3.0);
  check_first(six, {2.95081, -3.09572, 1.61209, -0.825073}, 3e-4, "B6");
  check_close(six.flatten()[-1].item<double>(), -3.39099, 3e-4, "B6 last");
  check_close(six.mean().item<double>(), 0.0549327, 3e-4, "B6 mean");
  check_close(six.std(false).item<double>(), 2.80238, 3e-4, "B6 deviation");
  check_close(six.abs().max().item<double>(), 9.23741, 3e-4, "B6 absmax");
  check_first(grid_to_tokens(six), {2.95081, 5.11579, 1.07048, 0.0841919}, 3e-4, "B6 as tokens");
  check_first(sample(dit, tiny_x(), tiny_z(), flow_schedule(30), 3.0), {2.97178, -2.71974, 1.71173, 0.132043}, 3e-4,
              "B30");
  check_first(sample(dit, tiny_x(), tiny_z(), flow_schedule(6), 1.0), {1.50737, 0.593058, -0.245087, -0.200792}, 3e-4,
              "g = 1");
  const at::Tensor exact = sample(dit, tiny_x(), tiny_z(), flow_schedule(6, 1.0, FlowTimes::exact), 3.0);
  check_first(exact, {2.85118, -3.15146, 1.68232, -0.584033}, 3e-4, "exact times");
  check_close(exact.flatten()[-1].item<double>(), -3.51869, 3e-4, "exact times, last");
}

void sampling_equals_the_golden_latents_of_every_step() {
  const NextDit dit = tiny_dit();
  int loops = 0;
  for (const auto& [name, entry] : golden_json("modules")["tests"].items()) {
    if (!name.starts_with("flow_N")) continue;
    const int n = std::stoi(name.substr(6));
    const double guidance = std::stod(name.substr(name.find("_g") + 2)), tolerance = entry["absolute_tolerance"];
    const FlowSchedule schedule = flow_schedule(n);
    check_close(at::tensor(schedule.sigmas), golden("modules").tensor(name + ".sigmas"), 0, name + ".sigmas");
    check_close(at::tensor(schedule.times), golden("modules").tensor(name + ".network_t"), 0, name + ".network_t");
    const at::Tensor latents = golden("modules").tensor(name + ".latents");
    const at::Tensor end = sample(dit, golden("modules").tensor(name + ".x"), golden("modules").tensor(name + ".z"),
                                  schedule, guidance, [&](at::Tensor x, int step) {
                                    check_close(x[0], latents[step - 1], tolerance, name + " step " + shown(step));
                                    return x;
                                  });
    check_close(end, golden("modules").tensor(name + ".final"), tolerance, name);
    ++loops;
  }
  check_equal(loops, 3, "stored loops");
}

// generation.md 10.4: the stored hidden states of the tiny language model, six steps, guidance 3.
void hidden_states_of_the_tiny_language_model_lead_to_the_golden_tokens() {
  const NextDit dit = tiny_dit();
  for (const std::string name : {"query_cond", "query_negative"}) {
    const at::Tensor f = sample(dit, golden("modules").tensor(name + ".noise"), golden("modules").tensor(name + ".Q"),
                                flow_schedule(6), 3.0);
    check_close(grid_to_tokens(f), golden("modules").tensor(name + ".E"), 3e-4, name + ".E");
  }
  const at::Tensor f = sample(dit, tiny_x(), golden("modules").tensor("query_cond.Q"), flow_schedule(6), 3.0);
  check_first(f, {1.2561, -0.275123, -3.41689, -1.03024}, 3e-4, "f");
  check_first(grid_to_tokens(f).mean(1), {-0.300988, 2.1975, 1.92789, -2.36855}, 3e-4, "pooled mean");
}

void half_precision_flows_stay_close() {
  const at::Tensor right = sample(tiny_dit(), tiny_x(), tiny_z(), flow_schedule(6), 3.0);
  for (const auto& [type, limit] : std::map<at::ScalarType, double>{{at::kBFloat16, 0.04}, {at::kHalf, 0.005}}) {
    const at::Tensor f =
        sample(tiny_dit(tiny_dit_config(), type), tiny_x().to(type), tiny_z().to(type), flow_schedule(6), 3.0);
    check(f.scalar_type() == type, "keeps the number type");
    check(relative_l2(f, right) <= limit, shown(type) + " is " + shown(relative_l2(f, right)) + " away");
  }
}

// Two pictures in one batch are the two pictures alone.
void a_batch_of_pictures_equals_single_pictures() {
  const NextDit dit = tiny_dit();
  const at::Tensor noise = dit_input("in.two", {2, 24, 4, 4}), z = dit_input("in.two_z", {2, 6, 64});
  const at::Tensor both = sample(dit, noise, z, flow_schedule(6), 3.0);
  for (int64_t i = 0; i < 2; ++i)
    check_close(both.narrow(0, i, 1), sample(dit, noise.narrow(0, i, 1), z.narrow(0, i, 1), flow_schedule(6), 3.0),
                3e-4, "row " + shown(i));
}

NextDit chain_dit(at::ScalarType compute = at::kFloat) {
  const auto folder = data_path("generation/tiny-blip3o");
  const Json config = parse_json(read_file(folder / "config.json", 1 << 20), "config.json");
  FolderSource source(CheckpointFiles::of_model(folder), Placement{.compute = compute});
  return NextDit(Scope(source, kDitPrefix), NextDitConfig::from_json(Fields(config["dit_config"], "config.json")));
}

struct Chain {
  std::string prefix;  // of its tensors
  at::Tensor tensor(const std::string& name) const { return golden("chain").tensor(prefix + name); }
  bool has(const std::string& name) const { return golden("chain").has(prefix + name); }
};

std::vector<Chain> chains() {
  std::vector<Chain> found;
  for (const auto& [name, entry] : golden("chain").entries())
    if (name.ends_with("dit_x")) found.push_back({name.substr(0, name.size() - 5)});
  return found;
}

void every_chain_has_the_schedule_of_thirty_steps() {
  check_equal(chains().size(), size_t(6), "chains");
  const FlowSchedule schedule = flow_schedule(30);
  for (const Chain& c : chains()) {
    check_close(at::tensor(schedule.sigmas), c.tensor("dit_sigmas"), 0, c.prefix + "dit_sigmas");
    check_close(at::tensor(schedule.times), c.tensor("dit_t"), 0, c.prefix + "dit_t");
  }
}

// Each step is fed with the stored latent of the step before.
void every_step_of_every_chain_equals_the_golden_step() {
  const NextDit dit = chain_dit();
  const FlowSchedule schedule = flow_schedule(30);
  for (const Chain& c : chains()) {
    const auto condition = dit.guided_condition(c.tensor("Q"));
    const auto modulation = dit.modulation(at::tensor(schedule.times), condition);
    const at::Tensor stored = c.tensor("dit_x");
    at::Tensor x = c.tensor("clip_noise");
    for (int i = 0; i < 30; ++i) {
      const std::string where = c.prefix + "step " + shown(i);
      const at::Tensor rows = dit(at::cat({x, x}), modulation, i, condition), v = flow_guidance(rows, 3.0);
      if (c.has("dit_v_null")) {
        check_close(rows[0], c.tensor("dit_v_null")[i], 1e-3, where + " null");
        check_close(rows[1], c.tensor("dit_v_cond")[i], 1e-3, where + " cond");
      }
      if (c.has("dit_v")) check_close(v[0], c.tensor("dit_v")[i], 1e-3, where + " velocity");
      check_close(flow_step(x, v, schedule.sigmas[size_t(i)], schedule.sigmas[size_t(i) + 1])[0], stored[i], 5e-4,
                  where + " latent");
      x = stored.narrow(0, i, 1);
    }
  }
}

void every_chain_ends_at_its_golden_tokens() {
  const NextDit dit = chain_dit();
  for (const Chain& c : chains()) {
    const at::Tensor stored = c.tensor("dit_x");
    const at::Tensor f =
        sample(dit, c.tensor("clip_noise"), c.tensor("Q"), flow_schedule(30), 3.0, [&](at::Tensor x, int step) {
          check_close(x[0], stored[step - 1], 5e-4, c.prefix + "step " + shown(step));
          return x;
        });
    check_close(grid_to_tokens(f), c.tensor("E"), 5e-4, c.prefix + "E");
  }
}

void step_invariant_parts_equal_the_golden_tensors() {
  const NextDit dit = chain_dit();
  int stored = 0;
  for (const Chain& c : chains()) {
    if (!c.has("dit_caption_projection")) continue;
    const at::Tensor z = c.tensor("Q");
    const auto rows = dit.condition(at::cat({at::zeros_like(z), z}));
    check_close(rows.caption, c.tensor("dit_caption_projection"), 2e-5, c.prefix + "dit_caption_projection");
    const at::Tensor first = at::tensor(flow_schedule(30).times).narrow(0, 0, 1);
    check_close(dit.modulation(first, rows).temb[0], c.tensor("dit_temb_step0"), 5e-5, c.prefix + "dit_temb_step0");
    check_close(dit.modulation(first, dit.guided_condition(z)).temb[0], c.tensor("dit_temb_step0"), 5e-5,
                c.prefix + "dit_temb_step0, guided");
    ++stored;
  }
  check_equal(stored, 1, "chains with these tensors");
}

// README of the goldens: 0.2 % (fp16) and 1.6 % (bf16) of E for the whole first stage.
void half_precision_chains_stay_close() {
  const NextDit half = chain_dit(at::kHalf), brain = chain_dit(at::kBFloat16);
  for (const Chain& c : chains()) {
    const auto distance = [&](const NextDit& dit, at::ScalarType type) {
      return relative_l2(
          grid_to_tokens(sample(dit, c.tensor("clip_noise").to(type), c.tensor("Q").to(type), flow_schedule(30), 3.0)),
          c.tensor("E"));
    };
    const double fp16 = distance(half, at::kHalf), bf16 = distance(brain, at::kBFloat16);
    check(fp16 < 0.004, c.prefix + "fp16 is " + shown(fp16) + " away");
    check(bf16 < 0.03, c.prefix + "bf16 is " + shown(bf16) + " away");
  }
}

const Cases cases = {
    CASE(sampling_equals_the_table_of_the_specification),
    CASE(sampling_equals_the_golden_latents_of_every_step),
    CASE(hidden_states_of_the_tiny_language_model_lead_to_the_golden_tokens),
    CASE(half_precision_flows_stay_close),
    CASE(a_batch_of_pictures_equals_single_pictures),
    CASE(every_chain_has_the_schedule_of_thirty_steps),
    CASE(every_step_of_every_chain_equals_the_golden_step),
    CASE(every_chain_ends_at_its_golden_tokens),
    CASE(step_invariant_parts_equal_the_golden_tensors),
    CASE(half_precision_chains_stay_close),
};

}  // namespace
