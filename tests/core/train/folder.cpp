// Training of whole model folders: the loss, what moves and what does not, the folder that comes out.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/family.h"
#include "core/image/codec.h"
#include "core/train/chat_reading.h"
#include "core/train/flow_objective.h"
#include "core/train/folder_stage.h"
#include "core/train/random.h"
#include "core/weights/safetensors.h"
#include "tests/core/train/recipes.h"
#include "tests/support/goldens.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

namespace fs = std::filesystem;

fs::path tiny() { return data_path("generation/tiny-blip3o"); }

// The pictures of the official batch "mixed" as a data set: one caption, one reconstruction, and conversations.
struct Data {
  TemporaryFolder folder;
  Goldens golden{"generation/training.safetensors"};

  Data() {
    for (const int i : {0, 1})
      write_file(folder / cat(i, ".png"), encode_png(image_of(golden.at(cat("mixed.source_u8_", i)))));
    write_file(folder / "draw.jsonl", R"({"type": "T2I", "image": "0.png", "txt": "a green tree"})"
                                      "\n"
                                      R"({"type": "I2I", "image": "1.png"})"
                                      "\n");
    write_file(folder / "chat.jsonl",
               R"({"image": "0.png", "conversations": [{"from": "human", "value": "<image>\nWhat )"
               R"(is this?"}, {"from": "gpt", "value": "a green tree"}]})"
               "\n"
               R"({"conversations": [{"from": "human", "value": "hello"}, {"from": "gpt", "value": )"
               R"("hi"}, {"from": "human", "value": "bye"}, {"from": "gpt", "value": "so long"}]})"
               "\n");
  }
  Json recipe(std::vector<std::string> files) const {
    for (std::string& file : files) file = (folder / file).string();
    return {{"model", tiny().string()},
            {"data", {{"json", files}}},
            {"seed", 5},
            {"batch", 2},
            {"max_steps", 8},
            {"condition_drop", 0.0},
            {"prompt_form", "training"},
            {"optimizer", {{"kind", "adamw"}, {"lr", 0.002}, {"clip", 1.0}}},
            {"log_every", 1},
            {"save_seconds", 0}};
  }
};

Data& data() {
  static Data d;
  return d;
}

double loss_of(const train::Stage& stage) {
  Tally tally;
  return stage.loss(Step{5, 0, 0, 2, 2, 0, tally}).item<double>();
}

void the_loss_equals_the_official_forward() {
  const Json recipe = data().recipe({"draw.jsonl"});
  ExampleStream stream(open_examples(Fields(recipe, "recipe").object("data")), 5);
  Freezer freezer{Fields(recipe, "recipe")};
  const FolderModel model(tiny(), freezer, Placement{});
  for (const double drop : {0.0, 1.0}) {
    Json with_drop = recipe;
    with_drop["condition_drop"] = drop;
    const double got = loss_of(folder_stage({with_drop, "recipe"}, "generate"));
    // The official targets and states; the trainer's own times and noises.
    const at::Tensor times = flow_times(uniform(5, Use::timestep, 0, 0, 2)),
                     noise = normal(5, Use::noise, 0, 0, 2, {24, 8, 8});
    std::vector<int64_t> rows;
    for (int64_t i = 0; i < 2; ++i) rows.push_back(stream.at(i).kind == Example::Kind::draw ? 0 : 1);
    check(rows[0] != rows[1], "both examples are in the batch");
    const at::Tensor order = at::tensor(rows, at::kLong);
    const FlowSample sample = flow_sample(data().golden.at("mixed.target").index_select(0, order), noise, times);
    const at::Tensor states = data().golden.at("mixed.dit_z").index_select(0, order) * (1 - drop);
    const double wanted = flow_errors(flow_answer(model.dit, sample, times, states), sample).mean().item<double>();
    check_close(got, wanted, 5e-5 * wanted, cat("loss with a drop of ", drop));
  }
}

// Names with a gradient that is not all zero after one step's loss.
std::set<std::string> reached(const train::Stage& stage) {
  Tally tally;
  stage.loss(Step{5, 0, 0, 4, 4, 0, tally}).backward();
  std::set<std::string> out;
  for (const auto& [name, value] : stage.parameters)
    if (value.grad().defined() && value.grad().abs().max().item<double>() > 0) out.insert(name);
  for (const auto& [name, value] : stage.frozen) check(!value.grad().defined(), name + " is frozen");
  return out;
}

bool has_prefix(const Named& tensors, const std::string& prefix) {
  return std::any_of(tensors.begin(), tensors.end(), [&](const auto& item) { return item.first.starts_with(prefix); });
}

void each_stage_trains_its_parts() {
  const std::vector<std::string> both = {"draw.jsonl", "chat.jsonl"};
  struct Wanted {
    const char* stage;
    bool language, drawing;
  };
  for (const Wanted& w : {Wanted{"generate", false, true}, Wanted{"tune", false, true},
                          Wanted{"understand", true, false}, Wanted{"joint", true, true}}) {
    const train::Stage stage = folder_stage({data().recipe(both), "recipe"}, w.stage);
    for (const char* part : {"model.layers.", "model.embed_tokens.", "visual.blocks.", "lm_head."}) {
      check_equal(has_prefix(stage.parameters, part), w.language, cat(w.stage, " trains ", part));
      check_equal(has_prefix(stage.frozen, part), !w.language, cat(w.stage, " freezes ", part));
    }
    for (const char* part : {"model.latent_queries", "model.dit.model."})
      check_equal(has_prefix(stage.parameters, part), w.drawing, cat(w.stage, " trains ", part));
    check(has_prefix(stage.frozen, "model.gen_vision_tower."), "the CLIP tower is always frozen");
    const auto names = reached(stage);
    if (w.drawing) check(names.contains("model.latent_queries"), "gradients pass the language model");
    if (w.language) {
      check(names.contains("lm_head.weight"), "the head learns");
      check(names.contains("visual.patch_embed.proj.weight"), "the vision tower learns");
    }
  }
  Json recipe = data().recipe({"draw.jsonl"});
  recipe["freeze"] = {"model.dit.model.*"};
  check_equal(folder_stage({recipe, "recipe"}, "generate").parameters.size(), size_t(1), "tensors left: the queries");
  recipe["freeze"] = {"model.dit.*", "model.latent_queries"};
  check_contains(message_of<RequestError>([&] { folder_stage({recipe, "recipe"}, "generate"); }), "nothing to train");
}

void only_examples_of_its_kind_reach_a_stage() {
  const std::vector<std::string> both = {"draw.jsonl", "chat.jsonl"};
  const auto seen = [&](const char* stage) {
    const train::Stage made = folder_stage({data().recipe(both), "recipe"}, stage);
    Tally tally;
    for (int64_t step = 0; step < 6; ++step) made.loss(Step{5, step, 0, 2, 2, 0, tally});
    return std::pair(tally.has("flow"), tally.has("answer"));
  };
  check(seen("generate") == std::pair(true, false), "generate draws");
  check(seen("understand") == std::pair(false, true), "understand answers");
}

void answers_are_what_is_learnt_of_a_conversation() {
  const Json none = Json::object();
  Freezer freezer{Fields(none, "recipe")};
  const FolderModel model(tiny(), freezer, Placement{});
  const Json json = {{"json", {(data().folder / "chat.jsonl").string()}}};
  const auto source = open_examples(Fields(json, "data"));
  std::vector<ChatSequence> sequences;
  std::vector<double> alone;
  const c10::AutoGradMode no_gradients(false);
  for (const int64_t i : {0, 1}) {
    sequences.push_back(chat_sequence(model, source->read(0, i), 512, 448 * 448));
    const ChatSequence& s = sequences.back();
    std::vector<int64_t> learnt;
    for (const int64_t label : s.labels)
      if (label != -100) learnt.push_back(label);
    const auto tokens = [&](const char* text) { return model.tokenizer.encode(text, true); };
    check_equal(learnt, i == 0 ? tokens("a green tree<|im_end|>") : tokens("hi<|im_end|>so long<|im_end|>"), "labels");
    check_equal(s.labels.size(), s.ids.size(), "labels of all tokens");
    const at::Tensor one = answer_losses(model, {s}, 0);
    // By hand: the logits before each learnt token.
    at::Tensor embeds = model.text.embed(at::tensor(s.ids, at::kLong).unsqueeze(0));
    if (s.rows.defined())
      embeds = place_rows(embeds, at::tensor(s.ids, at::kLong).unsqueeze(0), model.config.ids.image_pad, s.rows);
    const at::Tensor logits =
        model.text.logits(model.text(embeds, s.positions.unsqueeze(1), nullptr))[0].log_softmax(-1);
    double sum = 0;
    for (size_t k = 1; k < s.ids.size(); ++k)
      if (s.labels[k] != -100) sum -= logits[int64_t(k) - 1][s.labels[k]].item<double>();
    check_close(one.item<double>(), sum / double(learnt.size()), 1e-4, "cross-entropy");
    alone.push_back(one.item<double>());
  }
  const at::Tensor together = answer_losses(model, sequences, 0);
  for (const int64_t i : {0, 1})
    check_close(together[i].item<double>(), alone[size_t(i)], 1e-4, "a conversation is the same in a batch");
  const auto shorter = int64_t(sequences[0].ids.size()) - 1;
  message_of<RequestError>([&] { chat_sequence(model, source->read(0, 0), shorter, 448 * 448); });
  check(int64_t(chat_sequence(model, source->read(0, 0), shorter, 56 * 56).ids.size()) < shorter,
        "smaller pictures have fewer tokens");
}

void losses_fall_along_their_gradients_through_the_whole_model() {
  check_slope(folder_stage({data().recipe({"draw.jsonl", "chat.jsonl"}), "recipe"}, "joint"), 2e-3, 0.02);
  check_slope(folder_stage({data().recipe({"chat.jsonl"}), "recipe"}, "understand"), 2e-3, 0.02);
  Json recipe = data().recipe({"draw.jsonl"});
  recipe["objective"] = "clip_mse";
  check_slope(folder_stage({recipe, "recipe"}, "generate"), 2e-3, 0.02);
}

void run_into(const fs::path& folder, const Json& recipe, train::Stage& stage) {
  Group alone;
  RunOptions o = RunOptions::from_json(recipe, "recipe");
  o.folder = folder;
  run(stage, o, alone);
}

void train_into(const fs::path& folder, const Json& recipe, const std::string& name) {
  train::Stage stage = folder_stage({recipe, "recipe"}, name);
  run_into(folder, recipe, stage);
}

void an_interrupted_run_of_a_folder_ends_bit_equal() {
  Json recipe = data().recipe({"draw.jsonl", "chat.jsonl"});
  recipe["condition_drop"] = 0.3;
  recipe["ema"] = 0.9;
  check_equal(end_of("joint", recipe, 3), end_of("joint", recipe, 1000), "everything in the last checkpoint");
}

Json validation_of(const train::Stage& stage) {
  const c10::AutoGradMode no_gradients(false);
  Tally tally;
  stage.validate(tally);
  Json out = Json::object();
  tally.write(out);
  return out;
}

void joint_training_lowers_both_losses() {
  TemporaryFolder folder;
  Json recipe = data().recipe({"draw.jsonl", "chat.jsonl"});
  recipe["validation"] = recipe["data"];
  recipe["validation_examples"] = 4;
  recipe["batch"] = 4;
  recipe["max_steps"] = 25;
  const Json before = validation_of(folder_stage({recipe, "recipe"}, "joint"));
  train::Stage stage = folder_stage({recipe, "recipe"}, "joint");
  run_into(folder.path(), recipe, stage);
  const Json after = validation_of(stage);
  for (const char* loss : {"flow", "answer"}) {
    const double a = before[loss], b = after[loss];
    check(b < 0.9 * a, cat(loss, " went from ", a, " to ", b));
  }
  check(fs::exists(folder / "sheets" / "step-00000025.png"), "a sheet is drawn");
}

Image drawn_by(const fs::path& folder) {
  Image image;
  JobContext job({}, [&](Event event) {
    if (auto* ready = std::get_if<ImageReady>(&event)) image = ready->image;
  });
  const auto family = open_family({folder, DeviceChoice::cpu, NumberType::fp32, true}, job);
  GenerateRequest request;
  request.recipe.prompt = "a green tree";
  request.recipe.plan.steps = 3, request.recipe.paint.steps = 2;
  request.recipe.paint.width = request.recipe.paint.height = 64;
  family->serve(request, job);
  return image;
}

void a_trained_folder_is_loaded_by_the_product_and_trained_on() {
  TemporaryFolder first, second;
  Json recipe = data().recipe({"draw.jsonl"});
  recipe["max_steps"] = 4;
  recipe["optimizer"]["lr"] = 0.01;
  train_into(first.path(), recipe, "generate");
  const fs::path trained = first / "result";
  int moved = 0, same = 0;
  for (const char* name : {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}) {
    const auto before = SafetensorsFile::open(tiny() / name), after = SafetensorsFile::open(trained / name);
    check_equal(after->entries().size(), before->entries().size(), "tensors");
    for (const auto& [key, entry] : before->entries()) {
      check(after->entries().at(key).type == entry.type, key + " keeps its number type");
      const bool equal = at::equal(before->tensor(key), after->tensor(key));
      const bool learns = key.starts_with("model.dit.model.") || key == "model.latent_queries";
      check(learns || equal, key + " is frozen and moved");
      ++(equal ? same : moved);
    }
  }
  check(moved > 20 && same > 20, cat(moved, " tensors moved, ", same, " did not"));
  const Image before = drawn_by(tiny()), after = drawn_by(trained);
  check(!after.empty() && !(before == after), "the product draws, and differently");
  recipe["model"] = trained.string();
  train_into(second.path(), recipe, "tune");
  check(!(drawn_by(second / "result") == after), "the trained folder is trained on");
}

void a_regression_head_is_written_beside_the_model() {
  TemporaryFolder folder;
  Json recipe = data().recipe({"draw.jsonl"});
  recipe["objective"] = "clip_mse";
  recipe["max_steps"] = 2;
  train_into(folder.path(), recipe, "generate");
  const auto head = SafetensorsFile::open(folder / "result" / "regression.safetensors");
  check_shape(head->tensor("regression.weight"), {24, 64}, "head");
  check(!drawn_by(folder / "result").empty(), "the folder is still one of the product's");
}

void cached_features_give_the_same_loss() {
  TemporaryFolder folder;
  Json recipe = data().recipe({"draw.jsonl"});
  const double plain = loss_of(folder_stage({recipe, "recipe"}, "generate"));
  recipe["cache_features"] = (folder / "cache").string();
  const double made = loss_of(folder_stage({recipe, "recipe"}, "generate"));
  check_close(made, plain, 2e-3 * plain, "the loss with features in fp16");
  const auto bytes = fs::file_size(folder / "cache" / "features-0.bin");
  check_equal(bytes, uintmax_t(2 * 24 * 8 * 8 * 2), "bytes of two pictures");
  check_equal(loss_of(folder_stage({recipe, "recipe"}, "generate")), made, "the loss with stored features");
  check_equal(fs::file_size(folder / "cache" / "features-0.bin"), bytes, "bytes after the second run");
}

void what_is_missing_is_said() {
  Json recipe = data().recipe({"draw.jsonl"});
  const auto refusal = [&](const char* stage) {
    return message_of<Error>([&] { folder_stage({recipe, "recipe"}, stage); });
  };
  recipe["objective"] = "gan";
  check_contains(refusal("generate"), "'gan', expected clip_flow or clip_mse");
  recipe.erase("objective");
  recipe["prompt_form"] = "poem";
  check_contains(refusal("generate"), "'poem'");
  recipe.erase("prompt_form");
  recipe["freeze"] = {"model.nothing.*"};
  check_contains(refusal("joint"), "'model.nothing.*'");
  recipe["model"] = "/nowhere";
  check_contains(refusal("joint"), "/nowhere");
  recipe["model"] = data_path("understanding/tiny-qwen2.5-vl").string();
  check_contains(refusal("joint"), "does not draw");
  recipe.erase("data");
  check_contains(refusal("tune"), "--data");
  recipe.erase("model");
  check_contains(refusal("joint"), "--model");
}

const Cases cases = {
    CASE(the_loss_equals_the_official_forward),
    CASE(each_stage_trains_its_parts),
    CASE(only_examples_of_its_kind_reach_a_stage),
    CASE(answers_are_what_is_learnt_of_a_conversation),
    CASE(losses_fall_along_their_gradients_through_the_whole_model),
    CASE(an_interrupted_run_of_a_folder_ends_bit_equal),
    CASE(joint_training_lowers_both_losses),
    CASE(a_trained_folder_is_loaded_by_the_product_and_trained_on),
    CASE(a_regression_head_is_written_beside_the_model),
    CASE(cached_features_give_the_same_loss),
    CASE(what_is_missing_is_said),
};

}  // namespace
