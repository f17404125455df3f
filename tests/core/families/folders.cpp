// What a folder may lack, and what is refused with which words.
#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;
namespace fs = std::filesystem;

namespace {

std::vector<int64_t> ids_of(Family& family, int tokens) {
  ChatRequest chat{{{"user", {{"What is the capital of France?", nullptr}}}}, {}, {}};
  chat.options.max_tokens = tokens;
  return serve(family, chat).only<AnswerReady>().ids;
}

void files_that_official_folders_may_lack_are_not_needed() {
  FolderCopy copy("understanding/tiny-qwen2.5-vl-untied");
  const auto before = ids_of(*copy.open(), 6);
  copy.remove("preprocessor_config.json");
  copy.remove("chat_template.json");
  check_equal(ids_of(*copy.open(), 6), before, "ids without two files");
  copy.remove("generation_config.json");
  check_equal(ids_of(*copy.open(), 1).size(), 1u, "an answer without generation_config.json");
}

void without_generation_config_the_penalty_is_off_and_config_names_the_end() {
  FolderCopy copy("understanding/tiny-qwen2.5-vl-untied");
  copy.change("generation_config.json", [](Json& j) { j["repetition_penalty"] = 1.0; });
  const auto plain = ids_of(*copy.open(), 12);
  copy.remove("generation_config.json");
  check_equal(ids_of(*copy.open(), 12), plain, "ids");
}

void a_nested_text_config_is_read() {
  FolderCopy copy("understanding/tiny-qwen2.5-vl-untied");
  const auto before = ids_of(*copy.open(), 6);
  copy.change("config.json", [](Json& j) {
    for (const char* key : {"hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
                            "intermediate_size", "vocab_size", "rms_norm_eps", "rope_theta", "rope_scaling"}) {
      j["text_config"][key] = j[key];
      j.erase(key);
    }
  });
  check_equal(ids_of(*copy.open(), 6), before, "ids");
}

void a_missing_folder_config_and_kind_are_named() {
  TemporaryFolder place;
  const auto refusal = [&](const fs::path& path) {
    return message_of<LoadError>([&] {
      Listener listener;
      JobContext job = listener.context();
      open_family({path, DeviceChoice::cpu, NumberType::fp32, true}, job);
    });
  };
  check_contains(refusal(place / "none"), "is not a folder");
  fs::create_directory(place / "empty");
  check_contains(refusal(place / "empty"), "no config.json");
  FolderCopy copy("understanding/tiny-qwen2.5-vl");
  copy.change("config.json", [](Json& j) { j["model_type"] = "llama"; });
  check_contains(copy.refusal(), "'llama'");
}

void an_unknown_model_tensor_is_told_once_and_another_unknown_one_refused() {
  FolderCopy copy("generation/tiny-blip3o");
  const auto add = [&](const std::string& name) {
    write_safetensors(copy.path() / "extra.safetensors", {{name, at::zeros({2})}});
    copy.change("model.safetensors.index.json", [&](Json& j) { j["weight_map"][name] = "extra.safetensors"; });
  };
  add("model.vae.encoder.conv_in.weight");
  const auto family = copy.open();
  check_equal(family->info().warnings.size(), 1u, "warnings");
  check_contains(family->info().warnings[0], "model.vae.encoder.conv_in.weight");
  copy.change("model.safetensors.index.json",
              [](Json& j) { j["weight_map"].erase("model.vae.encoder.conv_in.weight"); });
  add("stranger.weight");
  check_contains(copy.refusal(), "stranger.weight");
}

void a_feed_forward_of_the_newer_library_is_refused_with_both_widths() {
  FolderCopy copy("generation/tiny-blip3o");
  copy.change("config.json", [](Json& j) { j["dit_config"]["ffn_dim_multiplier"] = 1.5; });
  const std::string message = copy.refusal();
  check_contains(message, "feed_forward");
  check_contains(message, "expected [");
}

void networks_that_do_not_fit_each_other_are_refused() {
  FolderCopy copy("generation/tiny-blip3o");
  copy.change("config.json", [](Json& j) { j["gen_pooling"] = "early_pool2d_2"; });
  check_contains(copy.refusal(), "pooled by 2");
  copy.change("config.json", [](Json& j) {
    j["gen_pooling"] = "early_pool2d_4";
    j["mm_use_im_start_end"] = true;
  });
  check_contains(copy.refusal(), "mm_use_im_start_end");
}

void the_decoy_tokenizer_of_the_decoder_is_not_read() {
  FolderCopy copy("generation/tiny-blip3o");
  write_file(copy.path() / "diffusion-decoder/tokenizer/tokenizer.json", "not json");
  check(copy.open() != nullptr, "the folder opens");
}

void loading_stops_when_asked() {
  std::stop_source stop;
  JobContext job(stop.get_token(), [&](const Event& event) {
    if (std::holds_alternative<LoadProgress>(event)) stop.request_stop();
  });
  bool stopped = false;
  try {
    open_family({data_path("generation/tiny-blip3o"), DeviceChoice::cpu, NumberType::fp32, true}, job);
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped, "the load went on");
}

void an_absent_device_is_refused() {
  if (at::hasCUDA()) return;
  Listener listener;
  JobContext job = listener.context();
  check_contains(message_of<RequestError>([&] {
                   open_family({data_path("generation/tiny-blip3o"), DeviceChoice::cuda, NumberType::fp32, true}, job);
                 }),
                 "no CUDA device");
}

const Cases cases = {
    CASE(files_that_official_folders_may_lack_are_not_needed),
    CASE(without_generation_config_the_penalty_is_off_and_config_names_the_end),
    CASE(a_nested_text_config_is_read),
    CASE(a_missing_folder_config_and_kind_are_named),
    CASE(an_unknown_model_tensor_is_told_once_and_another_unknown_one_refused),
    CASE(a_feed_forward_of_the_newer_library_is_refused_with_both_widths),
    CASE(networks_that_do_not_fit_each_other_are_refused),
    CASE(the_decoy_tokenizer_of_the_decoder_is_not_read),
    CASE(loading_stops_when_asked),
    CASE(an_absent_device_is_refused),
};

}  // namespace
