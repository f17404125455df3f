// Half types against the fp32 goldens, as relative L2 distances; and batches against single runs.
#include <map>

#include "core/families/blip3o/plan.h"
#include "core/image/codec.h"
#include "tests/core/families/support.h"
#include "tests/support/goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void check_half(NumberType type) {
  const Goldens golden("generation/chain.safetensors");
  auto family = open_test_model("generation/tiny-blip3o", type);
  TemporaryFolder folder;
  write_safetensors(folder / "noise.safetensors",
                    {{"clip_noise", golden.at("t2i_c.clip_noise")}, {"unet.noise", golden.at("t2i_c.unet.noise")}});
  TraceRun trace;
  GenerateRequest request;
  request.recipe.paint.width = request.recipe.paint.height = 128;
  request.recipe.paint.steps = 10;
  request.recipe.paint.guidance = 1.0;
  request.previews = false;
  request.parity = {trace.path(), folder / "noise.safetensors"};
  serve(*family, request);
  const std::map<std::string, double> limits = {{"Q", 2e-2}, {"E", 4e-2}, {"unet.out_step0", 4e-2}};
  for (const auto& [what, limit] : limits) {
    const double distance = relative_l2(trace.at(what), golden.at("t2i_c." + what));
    check(distance <= limit, what + " is " + shown(distance) + " away, limit " + shown(limit));
  }
}

void bf16_stays_within_its_limits() { check_half(NumberType::bf16); }
void fp16_stays_within_its_limits() { check_half(NumberType::fp16); }

void bf16_chat_stays_within_its_limits() {
  const Goldens golden("understanding/cases.safetensors");
  const Json json = golden_json("understanding/cases.json");
  for (const char* folder : {"tiny-qwen2.5-vl", "tiny-qwen2.5-vl-untied"}) {
    auto family = open_test_model("understanding/" + std::string(folder), NumberType::bf16);
    const std::string name = std::string(folder) == "tiny-qwen2.5-vl" ? "one_image" : "untied_one_image";
    TraceRun trace;
    ChatRequest request;
    const auto image = std::make_shared<Image>(load_image(data_path("understanding/images/small.png")));
    request.messages = {{"user", {{"", image}, {"Describe this image.", nullptr}}}};
    request.options.max_tokens = 1;
    request.parity.trace = trace.path();
    serve(*family, request);
    const std::map<std::string, double> limits = {{"vision", 2e-2}, {"hidden", 5e-2}, {"logits", 5e-2}};
    for (const auto& [what, limit] : limits) {
      const double distance = relative_l2(trace.at(what), golden.at(name + "." + what));
      check(distance <= limit, name + "." + what + " is " + shown(distance) + " away, limit " + shown(limit));
    }
  }
}

// The planner over the tiny model, for batches that no request makes.
struct Setup {
  c10::InferenceMode inference;
  FolderConfig config = read_folder(data_path("generation/tiny-blip3o"));
  Networks networks{config, {config.folder, DeviceChoice::cpu, NumberType::fp32, false}};
  Tokenizer tokenizer = Tokenizer::load(config.folder);
  Planner planner{config, networks, tokenizer};
  Listener listener;
  JobContext job = listener.context();
};

void four_prompts_at_once_equal_four_single_runs() {
  Setup s;
  const std::vector<std::string> texts = {"", "a photo of cute cat", "two red cubes left of a small blue ball",
                                          "a very long caption about a street, a house, a tree and the evening sky"};
  std::vector<PlanPrompt> prompts;
  for (const auto& text : texts) prompts.push_back(s.planner.caption(text, false));
  const at::Tensor noise = values_by_name("noise", {4, 24, 8, 8}, 1.7);
  const PlanRun run{6, 3.0};
  const auto plan = [&](const at::Tensor& q, const at::Tensor& n, std::vector<at::Tensor>& estimates) {
    TraceFile none{{}};
    return s.planner.plan(
        q, n, run, s.job, [] {}, [&](const at::Tensor& e, int) { estimates.push_back(e.clone()); }, none);
  };
  std::vector<at::Tensor> together_steps;
  const at::Tensor q = s.planner.states(prompts, s.job);
  const at::Tensor e = plan(q, noise, together_steps);
  for (int64_t k = 0; k < 4; ++k) {
    std::vector<at::Tensor> steps;
    const at::Tensor q1 = s.planner.states({prompts[size_t(k)]}, s.job);
    const at::Tensor e1 = plan(q1, noise.narrow(0, k, 1), steps);
    check(relative_l2(q[k], q1[0]) <= 1e-4, "Q of prompt " + shown(k));
    check(relative_l2(e[k], e1[0]) <= 1e-4, "E of prompt " + shown(k));
    for (size_t i = 0; i < steps.size(); ++i)
      check(relative_l2(together_steps[i][k], steps[i][0]) <= 1e-4, "estimate of prompt " + shown(k));
  }
}

const Cases cases = {
    CASE(bf16_stays_within_its_limits),
    CASE(fp16_stays_within_its_limits),
    CASE(bf16_chat_stays_within_its_limits),
    CASE(four_prompts_at_once_equal_four_single_runs),
};

}  // namespace
