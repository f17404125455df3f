// unet/config.json -> UnetConfig.
#include "core/base/error.h"
#include "core/models/sdxl_unet.h"

namespace b3o {
namespace {

[[noreturn]] void refuse(const Fields& f, std::string_view key, const std::string& what) {
  throw LoadError(cat(f.where(), ": key '", key, "' ", what));
}

// For each level from the first: whether its block has attention.
std::vector<bool> attention_of(const Fields& f, std::string_view key, size_t levels, std::string_view plain,
                               std::string_view with_attention) {
  std::vector<bool> out;
  for (const std::string& name : f.strings(key)) {
    if (name != plain && name != with_attention)
      refuse(f, key, cat("names '", name, "', only ", plain, " and ", with_attention, " are supported"));
    out.push_back(name == with_attention);
  }
  if (out.size() != levels) refuse(f, key, cat("has ", out.size(), " entries, expected ", levels));
  return out;
}

void refuse_unsupported(const Fields& f) {
  supports_only(f, "mid_block_type", "UNetMidBlock2DCrossAttn");
  supports_only(f, "addition_embed_type", "text_time");
  supports_only(f, "time_embedding_type", "positional");
  supports_only(f, "resnet_time_scale_shift", "default");
  supports_only(f, "attention_type", "default");
  supports_only(f, "act_fn", "silu");
  supports_only(f, "flip_sin_to_cos", true);
  supports_only(f, "freq_shift", 0);
  for (const char* key : {"downsample_padding", "mid_block_scale_factor", "resnet_out_scale_factor"})
    supports_only(f, key, 1);
  for (const char* key : {"center_input_sample", "dual_cross_attention", "only_cross_attention", "resnet_skip_time_act",
                          "mid_block_only_cross_attention"})
    supports_only(f, key, false);
  for (const char* key : {"class_embed_type", "num_class_embeds", "encoder_hid_dim", "encoder_hid_dim_type",
                          "time_cond_proj_dim", "cross_attention_norm", "time_embedding_act_fn", "timestep_post_act"})
    supports_only(f, key, nullptr);
}

int64_t optional_in(const Fields& f, std::string_view key, int64_t fallback, int64_t low, int64_t high) {
  return f.has(key) ? f.integer_in(key, low, high) : fallback;
}

int64_t odd_kernel(const Fields& f, std::string_view key) {
  const int64_t kernel = optional_in(f, key, 3, 1, 31);
  if (kernel % 2 == 0) refuse(f, key, cat("is ", kernel, ", expected an odd number"));
  return kernel;
}

}  // namespace

UnetConfig UnetConfig::from_json(const Fields& f) {
  refuse_unsupported(f);
  if (!f.has("addition_embed_type")) refuse(f, "addition_embed_type", "is missing, expected \"text_time\"");
  UnetConfig c;
  const std::vector<int64_t> channels = f.integers("block_out_channels");
  const size_t n = channels.size();
  if (n < 1 || n > size_t(kMaxLevels))
    refuse(f, "block_out_channels", cat("has ", n, " entries, expected 1 to ", kMaxLevels));
  c.groups = optional_in(f, "norm_num_groups", 32, 1, kMaxWidth);
  c.eps = f.number("norm_eps", 1e-5);
  if (!(c.eps > 0 && c.eps < 1)) refuse(f, "norm_eps", cat("is ", c.eps, ", expected a small positive number"));

  const auto listed = [&](std::string_view key, int64_t fallback, int64_t high) {
    return f.has(key) ? per_level(f, key, n, 1, high) : std::vector<int64_t>(n, fallback);
  };
  const auto resnets = listed("layers_per_block", 2, 16);
  const auto depths = listed("transformer_layers_per_block", 1, 64);
  // The head count is the entry named num_attention_heads where there is one, else the one named attention_head_dim.
  const auto heads = listed(f.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", 8, kMaxWidth);
  std::vector<int64_t> up_depths(depths.rbegin(), depths.rend());  // deepest first
  if (f.has("reverse_transformer_layers_per_block"))
    up_depths = per_level(f, "reverse_transformer_layers_per_block", n, 1, 64);
  const auto down = attention_of(f, "down_block_types", n, "DownBlock2D", "CrossAttnDownBlock2D");
  const auto up = attention_of(f, "up_block_types", n, "UpBlock2D", "CrossAttnUpBlock2D");

  for (size_t i = 0; i < n; ++i) {
    const size_t mirror = n - 1 - i;
    if (channels[i] < 1 || channels[i] > kMaxWidth || channels[i] % c.groups != 0)
      refuse(f, "block_out_channels",
             cat("holds ", channels[i], ", expected multiples of norm_num_groups (", c.groups, ") up to ", kMaxWidth));
    const bool attends = down[i] || up[mirror] || i + 1 == n;
    if (attends && channels[i] % heads[i] != 0)
      refuse(f, "attention_head_dim",
             cat("gives ", heads[i], " heads for ", channels[i], " channels, expected a divisor"));
    c.levels.push_back(
        {channels[i], resnets[i], heads[i], down[i] ? depths[i] : 0, up[mirror] ? up_depths[mirror] : 0});
  }
  c.mid_transformers = depths.back();
  c.mid_heads = heads.back();
  c.in_channels = f.integer_in("in_channels", 1, kMaxWidth);
  c.out_channels = f.integer_in("out_channels", 1, kMaxWidth);
  c.sample_size = optional_in(f, "sample_size", 0, 1, kMaxWidth);
  c.token_width = per_level(f, "cross_attention_dim", n, 1, kMaxWidth)[0];
  supports_only(f, "cross_attention_dim", c.token_width);
  c.id_width = f.integer_in("addition_time_embed_dim", 2, kMaxWidth);
  if (c.id_width % 2 != 0) refuse(f, "addition_time_embed_dim", cat("is ", c.id_width, ", expected an even number"));
  if (channels[0] % 2 != 0)
    refuse(f, "block_out_channels", cat("starts with ", channels[0], ", expected an even number"));
  const int64_t added = f.integer_in("projection_class_embeddings_input_dim", 1, 8 * kMaxWidth);
  c.pooled_width = added - 6 * c.id_width;
  if (c.pooled_width < 1)
    refuse(f, "projection_class_embeddings_input_dim",
           cat("is ", added, ", expected more than 6 times addition_time_embed_dim (", 6 * c.id_width, ")"));
  c.time_width = optional_in(f, "time_embedding_dim", 4 * channels[0], 1, 8 * kMaxWidth);
  c.linear_projection = f.boolean("use_linear_projection", false);
  c.conv_in_kernel = odd_kernel(f, "conv_in_kernel");
  c.conv_out_kernel = odd_kernel(f, "conv_out_kernel");
  return c;
}

}  // namespace b3o
