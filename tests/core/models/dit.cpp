#include "core/models/next_dit.h"

#include "core/base/error.h"
#include "core/sampling/noise.h"
#include "tests/core/models/dit_support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

at::Tensor tiny_x() { return dit_input("in.clip_noise", {1, 24, 4, 4}); }
at::Tensor tiny_z() { return dit_input("in.cond_hidden", {1, 6, 64}); }

struct Statistics {
  std::vector<double> first;
  double last, mean, deviation, absmax;
};

void check_statistics(const at::Tensor& got, const Statistics& wanted, double tolerance, const std::string& what) {
  const at::Tensor flat = got.to(at::kDouble).flatten();
  check_first(got, wanted.first, tolerance, what);
  check_close(flat[-1].item<double>(), wanted.last, tolerance, what + " last");
  check_close(flat.mean().item<double>(), wanted.mean, tolerance, what + " mean");
  check_close(flat.std(false).item<double>(), wanted.deviation, tolerance, what + " deviation");
  check_close(flat.abs().max().item<double>(), wanted.absmax, tolerance, what + " absmax");
}

// The table of generation.md 10.2.
void forwards_equal_the_table_of_the_specification() {
  const NextDit dit = tiny_dit();
  const at::Tensor x = tiny_x(), z = tiny_z();
  const auto given = dit.condition(z);
  check_statistics(dit(x, at_time(966), dit.condition(at::zeros_like(z))),
                   {{0.85382, -2.43767, -1.19256, -0.776441}, -0.624121, -0.0691801, 1.08195, 3.19337}, 1e-4, "A0");
  check_statistics(dit(x, at_time(966), given),
                   {{-1.81613, -1.15898, -1.57401, 1.03186}, 1.55079, 0.17115, 1.1174, 3.59941}, 1e-4, "A1");
  check_statistics(dit(x, at_time(0), given),
                   {{-1.92798, -1.69871, -1.76173, 1.22781}, 1.4891, 0.135475, 1.27062, 4.77325}, 1e-4, "A2");
  check_statistics(dit(x, at_time(1000), given),
                   {{-1.83666, -1.29576, -1.51726, 1.37558}, 1.56337, 0.188812, 1.23229, 4.1242}, 1e-4, "A3");
  check_statistics(dit(dit_input("in.clip_rect", {1, 24, 3, 5}), at_time(500), given),
                   {{-1.21504, 2.32415, 1.81349, -0.3946}, -0.459525, 0.00195301, 1.15658, 4.29907}, 1e-4, "R");
  NextDitConfig config = tiny_dit_config();
  config.in_channels = 6;
  config.patch_size = 2;
  const NextDit patched = tiny_dit(config, at::kFloat, "p2");
  check_statistics(patched(dit_input("in.clip_p2", {1, 6, 4, 6}), at_time(500), patched.condition(z)),
                   {{-0.719525, -1.84391, 0.48601, -1.3545}, -0.496435, 0.10911, 1.14112, 3.69723}, 1e-4, "P2");
}

// Every stored forward, with the configuration, prefix, time and tolerance of its own entry.
void forwards_equal_the_golden_tensors() {
  int forwards = 0;
  for (const auto& [name, entry] : golden_json("modules")["tests"].items()) {
    if (!name.starts_with("dit_") || !entry.contains("timestep") || entry["inputs"].empty()) continue;
    const NextDitConfig config = NextDitConfig::from_json(Fields(entry["config"], name));
    check_equal(config.ffn_width(), entry["ffn_width"].get<int64_t>(), name + " ffn_width");
    std::string prefix = entry["prefix"];
    prefix.pop_back();  // the dot
    const NextDit dit = tiny_dit(config, at::kFloat, prefix);
    const at::Tensor x = golden("modules").tensor(name + ".x"), z = golden("modules").tensor(name + ".z");
    const Json& time = entry["timestep"];
    const at::Tensor t = time.is_array() ? at::tensor(time.get<std::vector<double>>()) : at_time(time.get<double>());
    const double tolerance = entry["absolute_tolerance"];
    check_close(dit(x, t, dit.condition(z)), golden("modules").tensor(name + ".v"), tolerance, name);
    check_close(second_dit(config, prefix, x, t, z), golden("modules").tensor(name + ".v"), tolerance,
                name + ", second implementation");
    ++forwards;
  }
  check_equal(forwards, 8, "stored forwards");
}

void probes_equal_the_golden_tensors() {
  std::map<std::string, at::Tensor, std::less<>> seen;
  const NextDit dit = tiny_dit();
  const auto condition = dit.condition(tiny_z());
  seen.emplace("caption_projection", condition.caption);
  dit(tiny_x(), at_time(966), condition,
      Probe([&](std::string_view name, const at::Tensor& value) { seen.emplace(name, value); }));
  int probes = 0;
  for (const auto& [name, entry] : golden("modules").entries()) {
    if (!name.starts_with("dit_probes.")) continue;
    const std::string probe = name.substr(11);
    check(seen.contains(probe), "there is a probe " + probe);
    check_close(seen.at(probe), golden("modules").tensor(name), 1e-4, probe);
    ++probes;
  }
  check_equal(probes, 10, "stored probes");
}

// Firsts and deviations as printed in generation.md 10.2, and the checks of 4.4 and 4.5.
void probes_equal_the_specification() {
  std::map<std::string, at::Tensor, std::less<>> seen;
  const NextDit dit = tiny_dit();
  const auto condition = dit.condition(tiny_z());
  seen.emplace("caption_projection", condition.caption);
  dit(tiny_x(), at_time(966), condition,
      Probe([&](std::string_view name, const at::Tensor& value) { seen.emplace(name, value); }));
  const std::vector<std::tuple<const char*, double, double>> table = {{"patch_embedder", -0.850353, 0.958295},
                                                                      {"caption_projection", 0.264682, 0.593388},
                                                                      {"timestep_embedder", 0.251307, 0.288501},
                                                                      {"temb", 0.245183, 1.39809},
                                                                      {"layers.0.norm1_modulated", -0.481413, 1.18062},
                                                                      {"layers.0.attn1", 0.484989, 0.434433},
                                                                      {"layers.0.attn2", -1.13331, 0.669901},
                                                                      {"layers.0.feed_forward", 1.22408, 1.17497},
                                                                      {"layers.0", -1.84013, 1.29164},
                                                                      {"layers.1", -2.40622, 1.59013}};
  for (const auto& [name, first, deviation] : table) {
    check_first(seen.at(name), {first}, 1e-4, name);
    check_close(seen.at(name).to(at::kDouble).std(false).item<double>(), deviation, 1e-4, name);
  }
  const at::Tensor s = sinusoid(at_time(966), 256);
  for (const auto& [index, value] : std::map<int, double>{{0, -0.039731},
                                                          {1, 0.906001},
                                                          {2, 0.654074},
                                                          {127, 0.994617},
                                                          {128, -0.99921},
                                                          {129, 0.423275},
                                                          {130, 0.756431},
                                                          {255, 0.103621}})
    check_close(s[0][index].item<double>(), value, 5e-5, "time vector " + shown(index));
}

// generation.md 10.2: each slip moves A1 by a known distance, so A1 would not pass with it.
void every_slip_is_as_far_from_the_network_as_the_specification_says() {
  const NextDitConfig config = tiny_dit_config();
  const NextDit dit = tiny_dit(config);
  const at::Tensor x = tiny_x(), z = tiny_z(), t = at_time(966), right = dit(x, t, dit.condition(z));
  const auto distance = [&](Slip slip) { return relative_l2(second_dit(config, kDitPrefix, x, t, z, slip), right); };
  check_close(distance(Slip::none), 0, 1e-5, "no slip");
  const std::vector<std::tuple<Slip, double, const char*>> table = {
      {Slip::sine_first, 0.48, "sine first"},
      {Slip::rows_and_columns_swapped, 0.50, "rows and columns swapped"},
      {Slip::rows_then_columns, 0.52, "rows in the first half of the head"},
      {Slip::cross_queries_not_rotated, 0.30, "cross queries not rotated"},
      {Slip::silu_on_linear_3, 0.61, "SiLU on linear_3"},
      {Slip::scale_a_and_gate_a_swapped, 0.93, "scale_a and gate_a swapped"},
      {Slip::kv_heads_tiled, 0.75, "key heads tiled"},
      {Slip::query_norm_per_head, 0.26, "norm of the queries per head"},
      {Slip::no_tanh_on_gate_a, 0.29, "no tanh on gate_a"},
      {Slip::erf_in_caption_projection, 3e-4, "erf GELU"}};
  for (const auto& [slip, wanted, name] : table) check_close(distance(slip), wanted, wanted < 0.01 ? 5e-5 : 6e-3, name);
}

// Shapes that no golden has: one key head, no sharing, other head widths, three layers, other widths.
void other_configurations_equal_the_second_implementation() {
  struct Other {
    int64_t patch, channels, dim, layers, heads, kv, multiple, condition, cap;
    std::optional<double> multiplier;
    int64_t h, w, tokens;
  };
  for (const Other& o :
       {Other{1, 5, 32, 1, 4, 1, 32, 20, 1024, {}, 2, 7, 3}, Other{1, 7, 72, 3, 6, 6, 32, 48, 40, 1.3, 5, 5, 11},
        Other{2, 3, 64, 2, 2, 2, 64, 16, 16, 0.5, 2, 3, 1}, Other{3, 2, 48, 1, 12, 4, 7, 8, 48, {}, 3, 1, 64}}) {
    const NextDitConfig c{.input_size = 8 * o.patch,
                          .patch_size = o.patch,
                          .in_channels = o.channels,
                          .dim = o.dim,
                          .n_layers = o.layers,
                          .n_heads = o.heads,
                          .n_kv_heads = o.kv,
                          .multiple_of = o.multiple,
                          .ffn_dim_multiplier = o.multiplier,
                          .norm_eps = 1e-5,
                          .latent_embedding_size = o.condition,
                          .time_embed_dim_cap = o.cap};
    const NextDit dit = tiny_dit(c, at::kFloat, "other");
    const at::Tensor x = standard_normal(1, 0, {2, o.channels, o.h * o.patch, o.w * o.patch});
    const at::Tensor z = standard_normal(2, 0, {2, o.tokens, o.condition}), t = at::tensor({31.4f, 904.0f});
    check_close(dit(x, t, dit.condition(z)), second_dit(c, "other", x, t, z), 1e-4, "dim " + shown(o.dim));
  }
}

void batched_rows_equal_single_runs() {
  const NextDit dit = tiny_dit();
  const at::Tensor x = standard_normal(3, 0, {3, 24, 4, 4}), z = standard_normal(4, 0, {3, 6, 64});
  const at::Tensor t = at::tensor({1000.0f, 33.0f, 500.5f}), all = dit(x, t, dit.condition(z));
  for (int64_t i = 0; i < 3; ++i)
    check_close(all.narrow(0, i, 1), dit(x.narrow(0, i, 1), t.narrow(0, i, 1), dit.condition(z.narrow(0, i, 1))), 1e-5,
                "row " + shown(i));
}

void null_rows_without_queries_equal_rows_of_zero_conditions() {
  const NextDit dit = tiny_dit();
  const at::Tensor z = standard_normal(4, 0, {2, 6, 64}), x = standard_normal(3, 0, {4, 24, 4, 4}), t = at_time(700, 4);
  const at::Tensor plain = dit(x, t, dit.condition(at::cat({at::zeros_like(z), z})));
  const auto guided = dit.guided_condition(z);
  check_equal(guided.batch(), int64_t(4));
  check_equal(guided.null_rows, int64_t(2));
  check_close(dit(x, t, guided), plain, 1e-5, "velocity");
  std::vector<at::Tensor> a, b;
  const auto into = [](std::vector<at::Tensor>& list) {
    return Probe([&list](std::string_view name, const at::Tensor& value) {
      if (name == "layers.1.attn2") list.push_back(value);
    });
  };
  dit(x, t, guided, into(a));
  dit(x, t, dit.condition(at::cat({at::zeros_like(z), z})), into(b));
  check_close(a.at(0), b.at(0), 1e-5, "cross attention");
}

void a_schedule_modulated_at_once_equals_step_by_step() {
  const NextDit dit = tiny_dit();
  const at::Tensor z = standard_normal(4, 0, {2, 6, 64}), x = standard_normal(3, 0, {4, 24, 4, 4});
  const at::Tensor times = at::tensor({1000.0f, 966.0f, 33.3f});
  const auto condition = dit.guided_condition(z);
  const auto modulation = dit.modulation(times, condition);
  check_shape(modulation.temb, {3, 4, 32}, "temb");
  for (int64_t i = 0; i < 3; ++i)
    check_close(dit(x, modulation, i, condition), dit(x, times[i].expand(4), condition), 1e-5, "step " + shown(i));
}

void the_number_type_of_the_input_does_not_matter() {
  const NextDit dit = tiny_dit();
  const auto condition = dit.condition(tiny_z());
  const at::Tensor x = tiny_x().to(at::kHalf);
  check(at::equal(dit(x, at::full({1}, 966, at::kLong), condition), dit(x.to(at::kFloat), at_time(966), condition)),
        "fp16 input and whole times, fp32 network");
}

void half_precision_stays_within_three_percent() {
  const at::Tensor right = tiny_dit()(tiny_x(), at_time(966), tiny_dit().condition(tiny_z()));
  for (const auto& [type, limit] : std::map<at::ScalarType, double>{{at::kBFloat16, 0.03}, {at::kHalf, 0.004}}) {
    const NextDit dit = tiny_dit(tiny_dit_config(), type);
    const at::Tensor v = dit(tiny_x(), at_time(966), dit.condition(tiny_z()));
    check(v.scalar_type() == type, "the velocity has the network's number type");
    const double distance = relative_l2(v, right);
    check(distance <= limit, shown(type) + " is " + shown(distance) + " away");
    check(distance > 1e-5, "and it is not fp32 in disguise");
  }
}

// Hands out matrices in bf16 and everything else in fp32, as a folder does that keeps its stored matrices.
class StoredMatrices : public TensorSource {
 public:
  std::optional<Shape> shape(const std::string&) override { return {}; }
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override {
    at::Tensor values = at::empty(shape, at::kFloat);
    fill_by_name_decoder(name, values);
    values = values.to(at::kBFloat16);
    return matrix ? values : values.to(at::kFloat);
  }
};

class RoundedWeights : public StoredMatrices {
 public:
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool) override {
    return StoredMatrices::take(name, shape, false);
  }
};

void matrices_in_another_type_equal_converted_matrices() {
  StoredMatrices stored;
  RoundedWeights rounded;
  const NextDit kept(Scope(stored, kDitPrefix), tiny_dit_config()), wide(Scope(rounded, kDitPrefix), tiny_dit_config());
  check(kept.patch_embedder.weight.scalar_type() == at::kBFloat16, "matrices stay");
  check_close(kept(tiny_x(), at_time(966), kept.condition(tiny_z())),
              wide(tiny_x(), at_time(966), wide.condition(tiny_z())), 1e-5, "velocity");
}

void a_probe_can_stop_the_network() {
  const NextDit dit = tiny_dit();
  const auto condition = dit.condition(tiny_z());
  std::vector<std::string> seen;
  bool stopped = false;
  try {
    dit(tiny_x(), at_time(966), condition, Probe([&](std::string_view name, const at::Tensor&) {
          seen.emplace_back(name);
          if (name == "layers.0") throw Stop();
        }));
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped && seen.back() == "layers.0", "nothing runs after the first layer");
}

int64_t parameters(const std::vector<DescribeSource::Item>& items) {
  int64_t sum = 0;
  for (const auto& item : items) {
    int64_t product = 1;
    for (const int64_t side : item.shape) product *= side;
    sum += product;
  }
  return sum;
}

void describes_the_official_sizes() {
  for (const auto& [width, wanted] : std::map<int64_t, int64_t>{{3584, 1'365'010'336}, {2048, 1'362'257'824}}) {
    DescribeSource source;
    const NextDit dit(Scope(source, kDitPrefix), NextDitConfig::official(width));
    check_equal(source.items().size(), size_t(642), "tensors");
    check_equal(parameters(source.items()), wanted, "parameters at width " + shown(width));
  }
  DescribeSource tiny;
  const NextDit dit(Scope(tiny, kDitPrefix), tiny_dit_config());
  check_equal(tiny.items().size(), size_t(70), "tensors of the tiny network");
  check_equal(parameters(tiny.items()), int64_t(95'492), "parameters of the tiny network");
}

void names_and_shapes_are_those_of_the_tiny_folder() {
  const auto folder = data_path("generation/tiny-blip3o");
  const FolderSource files(CheckpointFiles::of_model(folder), Placement{});
  const Json config = parse_json(read_file(folder / "config.json", 1 << 20), "config.json");
  DescribeSource described;
  const NextDit dit(Scope(described, kDitPrefix),
                    NextDitConfig::from_json(Fields(config["dit_config"], "config.json")));
  std::map<std::string, Shape> wanted, got;
  for (const auto& [name, item] : files.items())
    if (name.starts_with("model.dit.")) wanted[name] = item.entry().shape;
  for (const auto& item : described.items()) got[item.name] = item.shape;
  check_equal(got.size(), wanted.size(), "tensors");
  check(got == wanted, "names and shapes");
}

void the_feed_forward_width_follows_the_rule() {
  NextDitConfig c = NextDitConfig::official(3584);
  check_equal(c.ffn_width(), int64_t(4864), "official");
  check_equal(tiny_dit_config().ffn_width(), int64_t(144), "tiny");
  c.dim = 72;
  c.multiple_of = 32;
  check_equal(c.ffn_width(), int64_t(192), "72");
  c.ffn_dim_multiplier = 1.3;
  check_equal(c.ffn_width(), int64_t(256), "72 times 1.3");
}

// Files made with later diffusers have 7168 where 4864 belongs (generation.md 4.0).
void another_feed_forward_width_is_refused_with_both_numbers() {
  NextDitConfig c = tiny_dit_config();
  c.multiple_of = 200;
  FolderSource source(CheckpointFiles::of_model(data_path("generation/tiny-blip3o")), Placement{});
  const std::string message = message_of<LoadError>([&] { NextDit(Scope(source, kDitPrefix), c); });
  check_contains(message, "feed_forward.linear_1.weight");
  check_contains(message, "144");
  check_contains(message, "200");
}

void config_names_what_is_missing_or_impossible() {
  const Json good = golden_json("modules")["tests"]["dit_t966"]["config"];
  const auto message = [&](const char* key, Json value) {
    Json changed = good;
    if (value.is_discarded())
      changed.erase(key);
    else
      changed[key] = std::move(value);
    return message_of<LoadError>([&] { NextDitConfig::from_json(Fields(changed, "config.json")); });
  };
  for (const char* key : {"input_size", "patch_size", "in_channels", "dim", "n_layers", "n_heads", "n_kv_heads",
                          "multiple_of", "norm_eps", "latent_embedding_size"})
    check_contains(message(key, Json(Json::value_t::discarded)), std::string("'") + key + "'");
  check_contains(message("dim", 50), "dim 50");
  check_contains(message("n_kv_heads", 4), "6 and 4");
  check_contains(message("n_heads", 8), "multiple of 4");
  check_contains(message("patch_size", 3), "4 and 3");
  check_contains(message("dim", int64_t(1) << 40), "dim");
  check_contains(message("n_layers", -1), "n_layers");
  check_contains(message("ffn_dim_multiplier", -1.0), "ffn_dim_multiplier");
  check_contains(message("norm_eps", 0.0), "norm_eps");
  check_contains(message("qk_norm", false), "qk_norm");
  check_contains(message("learn_sigma", true), "learn_sigma");
  Json without_cap = good;
  without_cap.erase("time_embed_dim_cap");
  check_equal(NextDitConfig::from_json(Fields(without_cap, "config.json")).modulation_width(), int64_t(48), "cap 1024");
}

void inputs_of_another_shape_are_refused() {
  const NextDit dit = tiny_dit();
  const auto condition = dit.condition(tiny_z());
  message_of<Error>([&] { dit(at::zeros({1, 23, 4, 4}), at_time(1), condition); });
  message_of<Error>([&] { dit(at::zeros({2, 24, 4, 4}), at_time(1, 2), condition); });
  message_of<Error>([&] { dit.condition(at::zeros({1, 6, 63})); });
}

const Cases cases = {
    CASE(forwards_equal_the_table_of_the_specification),
    CASE(forwards_equal_the_golden_tensors),
    CASE(probes_equal_the_golden_tensors),
    CASE(probes_equal_the_specification),
    CASE(every_slip_is_as_far_from_the_network_as_the_specification_says),
    CASE(other_configurations_equal_the_second_implementation),
    CASE(batched_rows_equal_single_runs),
    CASE(null_rows_without_queries_equal_rows_of_zero_conditions),
    CASE(a_schedule_modulated_at_once_equals_step_by_step),
    CASE(the_number_type_of_the_input_does_not_matter),
    CASE(half_precision_stays_within_three_percent),
    CASE(matrices_in_another_type_equal_converted_matrices),
    CASE(a_probe_can_stop_the_network),
    CASE(describes_the_official_sizes),
    CASE(names_and_shapes_are_those_of_the_tiny_folder),
    CASE(the_feed_forward_width_follows_the_rule),
    CASE(another_feed_forward_width_is_refused_with_both_numbers),
    CASE(config_names_what_is_missing_or_impossible),
    CASE(inputs_of_another_shape_are_refused),
};

}  // namespace
