// What the tests of Next-DiT share: golden files, the tiny network with weights by name, the tiny released folder, and
// a second implementation in fp64, written from the text of the specification, that can be wrong on purpose.
#pragma once

#include <ATen/Parallel.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "core/base/file.h"
#include "core/models/next_dit.h"
#include "core/weights/folder.h"
#include "core/weights/safetensors.h"
#include "tests/support/tensors.h"

namespace b3o::test {

// On networks this small a team of threads only waits for itself.
inline const bool one_thread = (at::set_num_threads(1), true);

inline const SafetensorsFile& golden(const std::string& file) {
  static std::map<std::string, std::shared_ptr<const SafetensorsFile>> open;
  auto& entry = open[file];
  if (!entry) entry = SafetensorsFile::open(data_path("generation/" + file + ".safetensors"));
  return *entry;
}

inline const Json& golden_json(const std::string& file) {
  static std::map<std::string, Json> parsed;
  auto& entry = parsed[file];
  const std::filesystem::path path = data_path("generation/" + file + ".json");
  if (entry.is_null()) entry = parse_json(read_file(path, 1 << 24), path.string());
  return entry;
}

constexpr const char* kDitPrefix = "model.dit.model";

// The configuration of generation.md 10.2.
inline NextDitConfig tiny_dit_config() {
  return {.input_size = 4,
          .patch_size = 1,
          .in_channels = 24,
          .dim = 48,
          .n_layers = 2,
          .n_heads = 6,
          .n_kv_heads = 2,
          .multiple_of = 48,
          .ffn_dim_multiplier = {},
          .norm_eps = 1e-5,
          .latent_embedding_size = 64,
          .time_embed_dim_cap = 32};
}

inline NextDit tiny_dit(const NextDitConfig& config = tiny_dit_config(), at::ScalarType compute = at::kFloat,
                        const std::string& prefix = kDitPrefix) {
  FilledSource source(fill_by_name_decoder, Placement{.compute = compute});
  return NextDit(Scope(source, prefix), config);
}

inline at::Tensor dit_input(const std::string& name, at::IntArrayRef shape) {
  return values_by_name(name, shape, std::sqrt(3.0));
}

inline at::Tensor at_time(double t, int64_t rows = 1) { return at::full({rows}, t, at::kFloat); }

// Which of the slips listed in generation.md 10.2 the second implementation makes.
enum class Slip {
  none,
  sine_first,
  rows_and_columns_swapped,
  rows_then_columns,
  cross_queries_not_rotated,
  silu_on_linear_3,
  scale_a_and_gate_a_swapped,
  kv_heads_tiled,
  query_norm_per_head,
  no_tanh_on_gate_a,
  erf_in_caption_projection,
};

// Everything in fp64, weights by name (fill_by_name_decoder) under `prefix`, the same shapes as NextDit.
at::Tensor second_dit(const NextDitConfig& config, const std::string& prefix, const at::Tensor& x, const at::Tensor& t,
                      const at::Tensor& z, Slip slip = Slip::none);

}  // namespace b3o::test
