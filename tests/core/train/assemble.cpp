// From the stages' results to a folder that the program loads, draws and answers with.
#include "core/train/assemble.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/families/drawn_world.h"
#include "core/families/family.h"
#include "core/models/next_dit.h"
#include "core/train/result.h"
#include "core/weights/safetensors.h"
#include "core/world/reader.h"
#include "core/world/words.h"
#include "tests/core/train/understand_recipes.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;
namespace fs = std::filesystem;

namespace {

const Json kDit = {
    {"input_size", 8}, {"patch_size", 1}, {"in_channels", 16}, {"dim", 16},        {"n_layers", 1},
    {"n_heads", 2},    {"n_kv_heads", 2}, {"multiple_of", 16}, {"norm_eps", 1e-5}, {"latent_embedding_size", 24},
    {"qk_norm", true}};

Json studio() {
  return {{"name", "Toy World"},   {"notice", "Only a test."}, {"world", {{"level", "S"}}}, {"plan_steps", 2},
          {"plan_guidance", 2},    {"paint_steps", {1, 2}},    {"default_paint_steps", 2},  {"paint_guidance", 1},
          {"samplers", {"euler"}}, {"spacings", {"trailing"}}, {"free_size", false},        {"original_width", 128},
          {"original_height", 128}};
}

// The result of a stage that plans: values by name, times `scale`.
void write_dit(const fs::path& folder, const Json& config, double scale) {
  Named tensors;
  FilledSource source([&](const std::string& name, at::Tensor& values) {
    fill_by_name_decoder(name, values);
    values.mul_(scale);
    tensors.emplace_back(name, values.clone());
  });
  const NextDit dit(Scope(source) / kDitPrefix, NextDitConfig::from_json(Fields(config, "dit")));
  write_part(folder, "dit.safetensors", tensors);
  write_config(folder, "config.json", {{"dit_config", config}});
}

// The results of all stages in miniature, before any step.
const fs::path& results() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    const auto at = [](const char* stage) { return folder / stage; };
    const auto write = [&](const char* stage, const Json& recipe, auto make) {
      make({recipe, "recipe"}).write_result(at(stage));
    };
    write("clip", tiny_recipe("clip"), clip_stage);
    write("vae", tiny_recipe("vae"), vae_stage);
    Json decoder = tiny_recipe("decoder");
    decoder["inputs"] = {{"clip", at("clip").string()}, {"vae", at("vae").string()}};
    write("decoder", decoder, decoder_stage);
    const Json vit = vit_recipe(at("clip"));
    write("vit", vit, vit_stage);
    Json understand = tiny_recipe("understand");
    understand["language"] = kLanguage;
    understand["language"]["max_position_embeddings"] = 1024;
    understand["n_query"] = 64;
    understand["lesson"] = {{"questions", 3}, {"talks", 1}, {"captions", 1}, {"edits", 1}};
    understand["inputs"] = {
        {"clip", at("clip").string()}, {"vit", at("vit").string()}, {"tokenizer", tokenizer_folder().string()}};
    write("understand", understand, understand_stage);
    write_dit(at("generate"), kDit, 1);
    return true;
  }();
  (void)made;
  return folder.path();
}

AssembleRequest request_for(const fs::path& folder) {
  AssembleRequest request;
  for (const char* stage : {"clip", "vae", "decoder", "understand", "generate"})
    request.inputs[stage] = results() / stage;
  request.studio = studio();
  request.revision = "0123abc";
  request.folder = folder;
  return request;
}

std::string text_of(const fs::path& file) { return read_file(file, 64u << 20); }

std::vector<Event> events_of(Family& family, const Request& request) {
  const c10::InferenceMode inference;
  std::vector<Event> events;
  JobContext job({}, [&](Event event) { events.push_back(std::move(event)); });
  family.serve(request, job);
  return events;
}

template <class T>
T one(const std::vector<Event>& events) {
  for (const Event& event : events)
    if (const T* found = std::get_if<T>(&event)) return *found;
  throw CheckFailed("no such event");
}

void the_folder_loads_draws_edits_and_answers() {
  const TemporaryFolder place;
  assemble(request_for(place / "model"));
  JobContext job({}, [](Event) {});
  const auto family = open_family({place / "model", DeviceChoice::cpu, NumberType::fp32, true}, job);
  const ModelInfo& info = family->info();
  check_equal(info.name, std::string("Toy World"));
  check_equal(info.notice, std::string("Only a test."));
  check(info.warnings.empty(), "warnings");
  check(info.can.reconstruct && info.can.edit && info.can.draw && info.can.see, "what it can");

  GenerateRequest draw;
  draw.recipe.prompt = "a red fish at night";
  const auto drawn = one<ImageReady>(events_of(*family, draw));
  check_equal(drawn.image.width, 128);
  check_equal(drawn.recipe.paint.steps.value(), 2);
  check_equal(one<ImageReady>(events_of(*family, draw)).image.pixels, drawn.image.pixels, "the same seed");
  EditRequest edit;
  edit.recipe.prompt = "remove the fish";
  edit.source = std::make_shared<Image>(drawn.image);
  check_equal(one<ImageReady>(events_of(*family, edit)).image.width, 128);
  ReconstructRequest again;
  again.source = edit.source;
  check_equal(one<ImageReady>(events_of(*family, again)).image.width, 128);
  ChatRequest chat{{{"user", {{"", edit.source}, {"what is red?", nullptr}}}}, {}, {}};
  chat.options.max_tokens = 4;
  check(!one<AnswerReady>(events_of(*family, chat)).ids.empty(), "an answer");
}

void networks_are_bf16_under_official_names_and_the_vae_is_fp32() {
  const TemporaryFolder place;
  assemble(request_for(place / "model"));
  const auto root = SafetensorsFile::open(place / "model/model.safetensors");
  for (const char* name : {"model.embed_tokens.weight", "model.latent_queries", "visual.merger.mlp.2.bias",
                           "model.dit.model.layers.0.gate", "model.gen_vision_tower.vision_tower.model.pos_embed"})
    check(root->has(name), name);
  for (const auto& [name, entry] : root->entries()) check(entry.type == at::kBFloat16, name + " is bf16");
  const auto unet =
      SafetensorsFile::open(place / "model/diffusion-decoder/unet/diffusion_pytorch_model.bf16.safetensors");
  for (const auto& [name, entry] : unet->entries()) check(entry.type == at::kBFloat16, name + " is bf16");
  const auto vae = SafetensorsFile::open(place / "model/diffusion-decoder/vae/diffusion_pytorch_model.safetensors");
  for (const auto& [name, entry] : vae->entries()) check(entry.type == at::kFloat, name + " is fp32");
}

void equal_results_give_equal_bytes_and_the_sums_are_true() {
  const TemporaryFolder place;
  assemble(request_for(place / "a"));
  assemble(request_for(place / "b"));
  const std::string sums = text_of(place / "a/SHA256SUMS");
  check_equal(text_of(place / "b/SHA256SUMS"), sums, "sums");
  std::istringstream in(sums);
  std::set<std::string> listed;
  for (std::string sum, file; in >> sum >> file;) {
    check_equal(sha256_hex_of_file(place / ("a/" + file)), sum, file);
    listed.insert(file);
  }
  for (const char* file : {"config.json", "generation_config.json", "preprocessor_config.json", "chat_template.json",
                           "tokenizer.json", "tokenizer_config.json", "model.safetensors", "recipe.json",
                           "train-log.jsonl", "diffusion-decoder/unet/config.json", "diffusion-decoder/vae/config.json",
                           "diffusion-decoder/scheduler/scheduler_config.json"})
    check(listed.contains(file), std::string(file) + " is listed");
}

void recipes_times_and_a_short_log_are_kept() {
  const TemporaryFolder place;
  AssembleRequest request = request_for(place / "model");
  fs::create_directories(place / "run/clip");
  fs::copy(results() / "clip", place / "run/clip/result");
  std::string metrics;
  for (int step = 1; step <= 1000; ++step)
    metrics += Json({{"step", step}, {"seconds", step * 0.123456}, {"loss", 1.0 / 3}}).dump() + "\n";
  metrics += Json({{"step", 1000}, {"seconds", 130.4}, {"validation", {{"object", 0.9876543}}}}).dump() + "\n";
  write_file(place / "run/clip/metrics.jsonl", metrics);
  write_config(place / "recipes", "clip.json", {{"batch", 64}});
  request.inputs["clip"] = place / "run/clip/result";
  request.recipes = place / "recipes";
  assemble(request);
  const Json recipe = read_config(place / "model", "recipe.json");
  check_equal(recipe["revision"].get<std::string>(), std::string("0123abc"));
  check_equal(recipe["stages"]["clip"]["recipe"]["batch"].get<int>(), 64);
  check_equal(recipe["stages"]["clip"]["steps"].get<int>(), 1000);
  check_close(recipe["stages"]["clip"]["seconds"].get<double>(), 130, 0);
  const std::string log = text_of(place / "model/train-log.jsonl");
  const auto lines = std::count(log.begin(), log.end(), '\n');
  check(lines >= 30 && lines <= 50, "lines of the log: " + std::to_string(lines));
  check_contains(log, R"("loss":0.3333})");
  check_contains(log, R"("validation":{"object":0.9877})");
}

void later_stages_replace_earlier_ones() {
  const TemporaryFolder place;
  write_dit(place / "tune", kDit, 0.5);
  fs::copy(results() / "decoder", place / "polish", fs::copy_options::recursive);
  fs::path unet = place / "polish/diffusion-decoder/unet/diffusion_pytorch_model.safetensors";
  Named changed;
  const auto before = SafetensorsFile::open(unet);
  for (const auto& [name, entry] : before->entries()) changed.emplace_back(name, before->tensor(name) + 1);
  write_safetensors(place / "new.safetensors", changed);
  fs::rename(place / "new.safetensors", unet);
  AssembleRequest request = request_for(place / "model");
  request.inputs["tune"] = place / "tune";
  request.inputs["polish"] = place / "polish";
  assemble(request);
  const auto root = SafetensorsFile::open(place / "model/model.safetensors");
  const auto tuned = SafetensorsFile::open(place / "tune/dit.safetensors");
  const std::string gate = "model.dit.model.layers.0.gate";
  check(root->tensor(gate).equal(tuned->tensor(gate).to(at::kBFloat16)), "the tuned gate");
  const auto painter =
      SafetensorsFile::open(place / "model/diffusion-decoder/unet/diffusion_pytorch_model.bf16.safetensors");
  check(painter->tensor("conv_in.bias").equal((before->tensor("conv_in.bias") + 1).to(at::kBFloat16)), "polished");
}

void what_is_missing_or_does_not_fit_leaves_nothing_behind() {
  const TemporaryFolder place;
  const auto left = [&] { return fs::exists(place / "model") || fs::exists(place / "model.part"); };
  AssembleRequest request = request_for(place / "model");
  request.inputs.erase("generate");
  check_contains(message_of<RequestError>([&] { assemble(request); }), "--input generate=FOLDER");
  request.inputs["generate"] = place / "none";
  check_contains(message_of<RequestError>([&] { assemble(request); }), "is not there");
  Json wide = kDit;
  wide["latent_embedding_size"] = 32;
  write_dit(place / "wide", wide, 1);
  request.inputs["generate"] = place / "wide";
  check_contains(message_of<LoadError>([&] { assemble(request); }), "latent_embedding_size is 32");
  write_dit(place / "latents", kDit, 1);
  write_config(place / "latents", "config.json", {{"dit_config", kDit}, {"objective", "vae_flow"}});
  request.inputs["generate"] = place / "latents";
  check_contains(message_of<LoadError>([&] { assemble(request); }), "the objective vae_flow");
  request = request_for(place / "model");
  request.studio["samplers"] = {"magic"};
  check_contains(message_of<LoadError>([&] { assemble(request); }), "'magic'");
  request = request_for(place / "model");
  request.inputs["generate"] = results() / "clip";
  check_contains(message_of<LoadError>([&] { assemble(request); }), "dit.safetensors");
  check(!left(), "something was left");
}

void a_folder_that_holds_something_is_kept() {
  const TemporaryFolder place;
  fs::create_directories(place / "model");
  write_file(place / "model/mine.txt", "mine");
  check_contains(message_of<RequestError>([&] { assemble(request_for(place / "model")); }), "holds something");
  check_equal(text_of(place / "model/mine.txt"), std::string("mine"));
}

void the_vocabulary_is_the_levels() {
  const auto small = vocabulary_of("S"), all = vocabulary_of("L");
  const auto has = [](const std::vector<std::string>& words, const char* word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  check(has(small, "fish") && has(small, "at night") && has(small, "left of") && !has(small, "car"), "level S");
  check(has(all, "car") && has(all, "at sunset") && has(all, "white"), "level L");
}

// Whether a text names a colour with a thing, or two things in a relation, that training never showed.
bool names_what_is_held_out(const std::string& text) {
  const world::Description said = world::read_text(text);
  for (const world::Mention& m : said.mentions)
    if (m.col && world::held_out(*m.col, m.obj)) return true;
  for (const world::Link& l : said.links)
    if (world::held_out(said.mentions[size_t(l.subject)].obj, l.rel, said.mentions[size_t(l.target)].obj)) return true;
  return false;
}

void the_shipped_description_is_valid_and_its_examples_were_trained() {
  const fs::path file = fs::path(B3O_SOURCE_DIR) / "packaging/paper_world/assemble.json";
  const Json json = parse_json(text_of(file), file.string());
  const TemporaryFolder place;
  AssembleRequest request = request_for(place / "model");
  request.studio = json["studio"];
  assemble(request);
  JobContext job({}, [](Event) {});
  const auto family = open_family({place / "model", DeviceChoice::cpu, NumberType::fp32, false}, job);
  const Capabilities& can = family->info().can;
  check_equal(can.paint_steps, std::vector<int>({1, 2, 4, 8}));
  check(can.vocabulary.size() > 30, "the vocabulary");
  for (const auto* list : {&can.examples.chat, &can.examples.look, &can.examples.create, &can.examples.edit})
    check(list->size() >= 3, "three examples a page");
  for (const auto* list : {&can.examples.create, &can.examples.edit})
    for (const std::string& text : *list) check(!names_what_is_held_out(text), "never trained: " + text);
  for (const std::string& text : can.examples.create)
    check_equal(prompt_as_trained(can, text), text, "the wording of an example");
}

const Cases cases = {
    CASE(the_folder_loads_draws_edits_and_answers),
    CASE(networks_are_bf16_under_official_names_and_the_vae_is_fp32),
    CASE(equal_results_give_equal_bytes_and_the_sums_are_true),
    CASE(recipes_times_and_a_short_log_are_kept),
    CASE(later_stages_replace_earlier_ones),
    CASE(what_is_missing_or_does_not_fit_leaves_nothing_behind),
    CASE(a_folder_that_holds_something_is_kept),
    CASE(the_vocabulary_is_the_levels),
    CASE(the_shipped_description_is_valid_and_its_examples_were_trained),
};

}  // namespace
