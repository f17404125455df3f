// The golden chats: 13 with a tied, 4 with an untied model, each from patches to generated text.
#include <array>

#include "core/sampling/next_token.h"
#include "tests/core/models/qwen_models.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const char* const kFolders[] = {"tiny-qwen2.5-vl", "tiny-qwen2.5-vl-untied"};

// Absolute tolerances of the goldens' README.
struct Tolerances {
  double vision, hidden, logits;
};
Tolerances tolerances(const std::string& folder) {
  return folder == kFolders[0] ? Tolerances{2e-5, 3e-4, 1e-4} : Tolerances{2e-5, 3e-5, 1e-5};
}

// Calls body(model, case, goldens) for every chat, with the chat's name in front of a failure.
template <class Body>
void for_every_case(Body body, Placement placement = {}) {
  const Goldens goldens("understanding/cases.safetensors");
  int seen = 0;
  for (const std::string folder : kFolders) {
    const QwenModel model = golden_qwen(folder, placement);
    for (const QwenCase& c : qwen_cases()) {
      if (c.folder != folder) continue;
      ++seen;
      try {
        body(model, c, goldens);
      } catch (const CheckFailed& e) {
        throw CheckFailed(c.name + ": " + e.what());
      }
    }
  }
  check_equal(seen, 17, "number of chats");
}

void picture_rows_equal_the_reference() {
  int pictures = 0;
  for_every_case([&](const QwenModel& model, const QwenCase& c, const Goldens& goldens) {
    if (c.grids.empty()) return;
    pictures += int(c.grids.size());
    check_close(case_features(model, goldens, c), goldens.at(c.name + ".vision"), tolerances(c.folder).vision,
                "vision");
  });
  check_equal(pictures, 17, "number of pictures");
}

void positions_equal_the_reference() {
  for_every_case([](const QwenModel& model, const QwenCase& c, const Goldens& goldens) {
    ChatPositions at;
    const at::Tensor positions = chat_positions(c.ids, c.grids, model.tokens, at);
    check(at::equal(positions, goldens.at(c.name + ".position_ids")), "positions are equal");
    check_equal(at.rope_delta(), c.rope_delta, "rope_delta");
    check_equal(at.length, int64_t(c.ids.size()), "length");
  });
}

void hidden_states_and_scores_equal_the_reference() {
  for_every_case([](const QwenModel& model, const QwenCase& c, const Goldens& goldens) {
    const at::Tensor embeds = prompt_embeds(model, c.ids, case_features(model, goldens, c));
    const at::Tensor hidden = model.text(embeds, positions_of(model, c.ids, c.grids), nullptr)[0];
    const Tolerances t = tolerances(c.folder);
    check_close(hidden, goldens.at(c.name + ".hidden"), t.hidden, "hidden");
    check_close(model.text.logits(hidden[hidden.size(0) - 1]), goldens.at(c.name + ".logits"), t.logits, "logits");
    if (c.grids.empty()) return;
    const at::Tensor plain = plain_positions(0, embeds.size(1)).unsqueeze(1);
    check_close(model.text(embeds, plain, nullptr)[0], goldens.at(c.name + ".hidden_1d"), t.hidden, "hidden_1d");
  });
}

void greedy_text_and_the_scores_of_every_step_equal_the_reference() {
  int stopped = 0;
  for_every_case([&](const QwenModel& model, const QwenCase& c, const Goldens& goldens) {
    const std::array<int64_t, 2> ends =
        c.folder == kFolders[0] ? std::array<int64_t, 2>{458, 456} : std::array<int64_t, 2>{408, 406};
    NextToken next({.sample = true, .repetition_penalty = 1.05, .temperature = 1e-6, .top_k = 50}, c.ids);
    KvCache cache(model.text.config.layers);
    ChatPositions at;
    at::Tensor positions = chat_positions(c.ids, c.grids, model.tokens, at).unsqueeze(1);
    at::Tensor embeds = prompt_embeds(model, c.ids, case_features(model, goldens, c));
    const at::Tensor steps = goldens.at(c.name + ".step_logits");
    std::vector<int64_t> out;
    while (out.size() < 24) {
      const at::Tensor hidden = model.text(embeds, positions, &cache);
      const at::Tensor logits = model.text.logits(hidden[0][hidden.size(1) - 1]);
      check_close(logits, steps[int64_t(out.size())], tolerances(c.folder).logits, "step " + shown(out.size()));
      out.push_back(next.choose(logits));
      positions = plain_positions(at.next++, 1).unsqueeze(1);
      embeds = model.text.embed(id_row({out.back()}));
      if (std::find(ends.begin(), ends.end(), out.back()) != ends.end()) break;
    }
    check_equal(out, c.greedy, "ids");
    stopped += out.size() < 24 ? 1 : 0;
  });
  check_equal(stopped, 3, "chats that end by themselves");
}

// Relative L2 distances from the fp32 goldens.
void half_types_stay_close(at::ScalarType type, Tolerances allowed) {
  for_every_case(
      [&](const QwenModel& model, const QwenCase& c, const Goldens& goldens) {
        const at::Tensor features = case_features(model, goldens, c);
        const auto near = [&](const at::Tensor& got, const std::string& what, double most) {
          check_equal(got.scalar_type(), type, "type of " + what);
          const double distance = relative_l2(got, goldens.at(c.name + "." + what));
          check(distance <= most, what + " is " + shown(distance) + " away, at most " + shown(most));
        };
        if (features.defined()) near(features, "vision", allowed.vision);
        const at::Tensor embeds = prompt_embeds(model, c.ids, features);
        const at::Tensor hidden = model.text(embeds, positions_of(model, c.ids, c.grids), nullptr)[0];
        near(hidden, "hidden", allowed.hidden);
        near(model.text.logits(hidden[hidden.size(0) - 1]), "logits", allowed.logits);
      },
      {.compute = type});
}

void bf16_stays_within_its_rounding() { half_types_stay_close(at::kBFloat16, {2e-2, 5e-2, 5e-2}); }

void fp16_stays_within_its_rounding() { half_types_stay_close(at::kHalf, {4e-3, 1e-2, 1e-2}); }

void matrices_left_in_bf16_compute_the_same_in_fp32() {
  const Goldens goldens("understanding/cases.safetensors");
  const QwenModel model = golden_qwen(kFolders[0], {.keep_stored_matrices = true});
  check_equal(model.text.embed_tokens.weight.scalar_type(), at::kBFloat16, "type of a stored matrix");
  check_equal(model.text.norm.weight.scalar_type(), at::kFloat, "type of a norm");
  int seen = 0;
  for (const QwenCase& c : qwen_cases()) {
    if (c.folder != kFolders[0]) continue;
    ++seen;
    const at::Tensor features = case_features(model, goldens, c);
    if (features.defined()) check_close(features, goldens.at(c.name + ".vision"), 2e-5, c.name + " vision");
    const at::Tensor embeds = prompt_embeds(model, c.ids, features);
    const at::Tensor hidden = model.text(embeds, positions_of(model, c.ids, c.grids), nullptr)[0];
    check_close(hidden, goldens.at(c.name + ".hidden"), 3e-4, c.name + " hidden");
    check_close(model.text.logits(hidden[hidden.size(0) - 1]), goldens.at(c.name + ".logits"), 1e-4,
                c.name + " logits");
  }
  check_equal(seen, 13, "number of chats");
}

const Cases cases = {
    CASE(picture_rows_equal_the_reference),
    CASE(positions_equal_the_reference),
    CASE(hidden_states_and_scores_equal_the_reference),
    CASE(greedy_text_and_the_scores_of_every_step_equal_the_reference),
    CASE(bf16_stays_within_its_rounding),
    CASE(fp16_stays_within_its_rounding),
    CASE(matrices_left_in_bf16_compute_the_same_in_fp32),
};

}  // namespace
