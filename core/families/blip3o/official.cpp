#include "core/families/blip3o/official.h"

#include "core/base/error.h"

namespace b3o {
namespace {

Json vision_json(int64_t out_hidden, bool tiny) {
  Json v = {{"hidden_act", "silu"},
            {"in_channels", 3},
            {"in_chans", 3},
            {"model_type", "qwen2_5_vl"},
            {"patch_size", 14},
            {"spatial_merge_size", 2},
            {"spatial_patch_size", 14},
            {"temporal_patch_size", 2},
            {"tokens_per_second", 2},
            {"window_size", 112},
            {"out_hidden_size", out_hidden}};
  v["depth"] = tiny ? 4 : 32;
  v["hidden_size"] = tiny ? 32 : 1280;
  v["num_heads"] = tiny ? 2 : 16;
  v["intermediate_size"] = tiny ? 36 : 3420;
  v["fullatt_block_indexes"] = tiny ? Json{1, 3} : Json{7, 15, 23, 31};
  return v;
}

// Ids of a tokenizer with `base` ordinary tokens, then Qwen2.5's 22 added ones, then [IMG], [/IMG] and <image>.
void add_ids(Json& c, int64_t base) {
  c["bos_token_id"] = base;
  c["eos_token_id"] = base + 2;
  c["pad_token_id"] = base;
  c["vision_start_token_id"] = base + 9;
  c["vision_end_token_id"] = base + 10;
  c["vision_token_id"] = base + 11;
  c["image_token_id"] = base + 12;
  c["video_token_id"] = base + 13;
  c["vocab_size"] = base + 25;
}

Json config_json(const std::string& like) {
  const bool tiny = like == "tiny", large = like == "8b";
  Json c;
  c["architectures"] = {"blip3oQwenForCausalLM"};
  c["model_type"] = "blip3o_qwen";
  c["attention_dropout"] = 0.0;
  c["hidden_act"] = "silu";
  c["hidden_size"] = tiny ? 64 : large ? 3584 : 2048;
  c["intermediate_size"] = tiny ? 96 : large ? 18944 : 11008;
  c["num_hidden_layers"] = tiny ? 3 : large ? 28 : 36;
  c["num_attention_heads"] = tiny ? 4 : large ? 28 : 16;
  c["num_key_value_heads"] = tiny ? 2 : large ? 4 : 2;
  c["max_position_embeddings"] = tiny ? 4096 : 128000;
  c["max_window_layers"] = tiny ? 3 : large ? 28 : 70;
  c["rms_norm_eps"] = 1e-6;
  c["rope_theta"] = 1000000.0;
  c["rope_scaling"] = {{"type", "mrope"}, {"mrope_section", tiny ? Json{2, 3, 3} : Json{16, 24, 24}}};
  c["tie_word_embeddings"] = like == "4b";
  c["initializer_range"] = 0.02;
  c["sliding_window"] = 32768;
  c["use_sliding_window"] = false;
  c["use_cache"] = true;
  c["torch_dtype"] = "bfloat16";
  add_ids(c, tiny ? 406 : 151643);
  c["vision_config"] = vision_json(c["hidden_size"], tiny);
  c["gen_vision_tower"] = "eva-clip-E-14-plus";
  c["gen_hidden_size"] = tiny ? 24 : 1792;
  c["gen_pooling"] = "early_pool2d_4";
  c["n_query"] = 64;
  c["vision_tower_pretrained"] = nullptr;
  c["mm_use_im_start_end"] = false;
  c["mm_use_im_patch_token"] = false;
  c["image_aspect_ratio"] = "square";
  if (tiny) {
    c["dit_config"] = {
        {"input_size", 8},         {"patch_size", 1},      {"in_channels", 24}, {"dim", 48},
        {"n_layers", 3},           {"n_heads", 6},         {"n_kv_heads", 2},   {"multiple_of", 48},
        {"norm_eps", 1e-5},        {"learn_sigma", false}, {"qk_norm", true},   {"latent_embedding_size", 64},
        {"time_embed_dim_cap", 32}};
    c["dit_config"]["ffn_dim_multiplier"] = nullptr;
    c["gen_vision_config"] = {{"image_size", 448}, {"patch_size", 14}, {"width", 24},
                              {"head_width", 12},  {"layers", 3},      {"mlp_ratio", 8.571428571428571},
                              {"qkv_bias", true},  {"postnorm", true}};
  }
  return c;
}

Json unet_json(bool tiny) {
  return {{"_class_name", "UNet2DConditionModel"},
          {"in_channels", 4},
          {"out_channels", 4},
          {"sample_size", 128},
          {"block_out_channels", tiny ? Json{8, 16, 32} : Json{320, 640, 1280}},
          {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"}},
          {"mid_block_type", "UNetMidBlock2DCrossAttn"},
          {"up_block_types", {"CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"}},
          {"layers_per_block", 2},
          {"transformer_layers_per_block", tiny ? Json{1, 2, 3} : Json{1, 2, 10}},
          {"attention_head_dim", tiny ? Json{1, 2, 4} : Json{5, 10, 20}},
          {"cross_attention_dim", tiny ? 24 : 1792},
          {"addition_embed_type", "text_time"},
          {"addition_time_embed_dim", tiny ? 8 : 256},
          {"projection_class_embeddings_input_dim", tiny ? 72 : 3328},
          {"use_linear_projection", true},
          {"norm_num_groups", tiny ? 4 : 32},
          {"norm_eps", 1e-5},
          {"act_fn", "silu"},
          {"flip_sin_to_cos", true},
          {"freq_shift", 0},
          {"conv_in_kernel", 3},
          {"conv_out_kernel", 3},
          {"downsample_padding", 1},
          {"resnet_time_scale_shift", "default"}};
}

Json vae_json(bool tiny) {
  const auto four = [](const char* type) { return Json{type, type, type, type}; };
  return {{"_class_name", "AutoencoderKL"},
          {"in_channels", 3},
          {"out_channels", 3},
          {"latent_channels", 4},
          {"block_out_channels", tiny ? Json{8, 16, 32, 32} : Json{128, 256, 512, 512}},
          {"down_block_types", four("DownEncoderBlock2D")},
          {"up_block_types", four("UpDecoderBlock2D")},
          {"layers_per_block", 2},
          {"norm_num_groups", tiny ? 4 : 32},
          {"act_fn", "silu"},
          {"sample_size", tiny ? 256 : 1024},
          {"scaling_factor", 0.13025},
          {"force_upcast", true}};
}

Json scheduler_json() {
  return {{"_class_name", "EulerDiscreteScheduler"},
          {"num_train_timesteps", 1000},
          {"beta_start", 0.00085},
          {"beta_end", 0.012},
          {"beta_schedule", "scaled_linear"},
          {"prediction_type", "epsilon"},
          {"timestep_spacing", "leading"},
          {"steps_offset", 1},
          {"interpolation_type", "linear"},
          {"use_karras_sigmas", false}};
}

Json generation_json(const Json& config) {
  return {{"do_sample", true},
          {"temperature", 1e-6},
          {"repetition_penalty", 1.05},
          {"bos_token_id", config["bos_token_id"]},
          {"pad_token_id", config["pad_token_id"]},
          {"eos_token_id", Json{config["eos_token_id"], config["bos_token_id"]}}};
}

Json preprocessor_json() {
  return {{"min_pixels", 3136},
          {"max_pixels", 12845056},
          {"patch_size", 14},
          {"temporal_patch_size", 2},
          {"merge_size", 2},
          {"image_mean", {0.48145466, 0.4578275, 0.40821073}},
          {"image_std", {0.26862954, 0.26130258, 0.27577711}},
          {"image_processor_type", "Qwen2VLImageProcessor"},
          {"processor_class", "Qwen2_5_VLProcessor"}};
}

}  // namespace

int64_t PartTensors::parameters() const {
  int64_t sum = 0;
  for (const auto& item : items) sum += c10::multiply_integers(item.shape);
  return sum;
}

std::vector<PartTensors> describe_parts(const FolderConfig& config, bool with_eva,
                                        const std::function<std::optional<Shape>(const std::string&)>& root_index) {
  std::vector<PartTensors> parts;
  const auto describe = [&](const char* part, const auto& build, bool root) {
    DescribeSource source(root ? root_index : nullptr);
    build(Scope(source));
    parts.push_back({part, source.items()});
  };
  describe("language model", [&](const Scope& s) { QwenText(s, config.text); }, true);
  describe("vision tower", [&](const Scope& s) { QwenVision(s / "visual", config.vision); }, true);
  if (!config.draw) return parts;
  const DrawConfig& draw = *config.draw;
  describe(
      "queries", [&](const Scope& s) { s.take("model.latent_queries", {1, draw.queries, config.text.hidden}); }, true);
  describe("diffusion transformer", [&](const Scope& s) { NextDit(s / "model.dit.model", draw.dit); }, true);
  if (with_eva)
    describe(
        "CLIP encoder", [&](const Scope& s) { EvaClip(s / "model.gen_vision_tower.vision_tower.model", draw.eva); },
        true);
  describe("UNet", [&](const Scope& s) { SdxlUnet(s, draw.unet); }, false);
  describe("VAE", [&](const Scope& s) { SdxlVae(s, draw.vae); }, false);
  return parts;
}

FolderJson official_json(const std::string& like) {
  if (like != "4b" && like != "8b" && like != "tiny")
    throw RequestError(cat("'", like, "' is no known model size; use 4b, 8b or tiny."));
  const bool tiny = like == "tiny";
  FolderJson out;
  out.config = config_json(like);
  out.generation = generation_json(out.config);
  out.preprocessor = preprocessor_json();
  out.unet = unet_json(tiny);
  out.vae = vae_json(tiny);
  out.scheduler = scheduler_json();
  return out;
}

}  // namespace b3o
