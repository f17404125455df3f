// Stage 1 (embedded-model.md 8.1): the language model learns to answer, with and without pictures, and its queries to
// lay out what a caption or an instruction asks for. The vision tower and the CLIP tower are frozen.
// B lessons of a step.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/folder_stage.h"
#include "core/train/freeze.h"
#include "core/train/frozen_parts.h"
#include "core/train/initial.h"
#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/train/stages.h"
#include "core/train/understand_model.h"
#include "core/train/understand_scores.h"
#include "core/train/vit_pictures.h"
#include "core/weights/parameters.h"
#include "core/weights/safetensors.h"
#include "core/world/labels.h"
#include "core/world/words.h"

namespace b3o::train {
namespace {

// Layers whose attention is taught where to look, of six: what is named first, then what is compared with it.
constexpr double kFirstLook = 2.0 / 6, kSecondLook = 3.0 / 6;
constexpr double kFactsKnown = 5.0 / 6;    // the layer before which facts are to be known
constexpr double kEmbeddingSpread = 0.05;  // also of picture rows, see the vision tower's result

struct UnderstandTrainer {
  WorldConfig world;
  std::filesystem::path tokenizer_folder, vision_folder;
  Tokenizer tokenizer;
  Json language_json;
  QwenTextConfig config;
  LessonConfig lessons;
  LayoutWeights weights;
  double answer_weight, layout_weight, look_weight, fact_weight;
  uint64_t seed;
  at::Device device;
  QwenVision vision;
  EvaClip clip;
  at::Tensor word_start;     // [V, W]; rows of words that a head of the vision tower knows, others undefined (NaN)
  FilledSource::Fill start;  // values of an earlier result; empty: from nothing
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  Language language;
  LayoutHeads heads;
  FactHeads fact_heads;
  Reader reader;
  mutable std::optional<Validation> validation;

  UnderstandTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        tokenizer_folder(input_folder(recipe, "tokenizer")),
        vision_folder(input_folder(recipe, "vit")),
        tokenizer(Tokenizer::load(tokenizer_folder)),
        language_json(recipe.raw("language")),
        config(QwenTextConfig::from_json(recipe.object("language"))),
        lessons(LessonConfig::from_json(recipe, world.level)),
        answer_weight(recipe.number("answer_weight", 1)),
        layout_weight(recipe.number("layout_weight", 1)),
        look_weight(recipe.number("look_weight", 0)),
        fact_weight(recipe.number("fact_weight", 0)),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        vision(load_vision(vision_folder, device)),
        clip(load_clip(input_folder(recipe, "clip"), device)),
        word_start(input.fresh && recipe.boolean("tie_words", true) ? seen_words() : at::Tensor()),
        start(has_input(recipe, "start") ? started(recipe) : FilledSource::Fill()),
        freezer(recipe),
        filled(torch_rules(seed, [this](const std::string& name, at::Tensor& v) { return fill(name, v); }),
               {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        language(Scope(parameters), config, recipe.integer_in("n_query", 1, 4096)),
        heads(Scope(parameters) / "heads", config.hidden, clip.config.width),
        fact_heads(Scope(parameters) / "facts", config.hidden),
        reader(tokenizer, vision_grid(world::kCanvas, world::kCanvas, vision.config), vision.config.spatial_merge_size,
               language.queries.size(1)) {
    if (config.vocab != tokenizer.size())
      throw LoadError(cat(recipe.where(), ": language.vocab_size is ", config.vocab, ", the tokenizer in ",
                          tokenizer_folder.string(), " has ", tokenizer.size()));
    if (vision.config.out_hidden_size != config.hidden)
      throw LoadError(cat(recipe.where(), ": language.hidden_size is ", config.hidden, ", the vision tower in ",
                          vision_folder.string(), " gives ", vision.config.out_hidden_size));
    const int64_t cells = clip.config.side() * clip.config.side();
    if (language.queries.size(1) != cells)
      throw LoadError(
          cat(recipe.where(), ": n_query is ", language.queries.size(1), ", the CLIP tower has ", cells, " cells"));
    if (recipe.has("layout")) {
      const Fields f = recipe.object("layout");
      weights.empty = f.number("empty", weights.empty), weights.axes = f.number("axes", weights.axes);
      weights.changed = f.number("changed", weights.changed);
      weights.features = f.number("features", weights.features);
      weights.object_features = f.number("object_features", weights.object_features);
    }
    freezer.check();
  }

  // Words for objects and colours start in the directions by which the tower's rows tell them.
  at::Tensor seen_words() const {
    FolderSource source = open_part(vision_folder, "vit-heads.safetensors", at::kCPU);
    const int64_t width = vision.config.out_hidden_size;
    at::Tensor out = at::full({config.vocab, width}, std::nan(""), at::kFloat);
    const auto put = [&](const std::string& head, int64_t classes, int64_t known, auto words_of) {
      const at::Tensor rows = source.take(head, {classes, width}, true).to(at::kFloat);
      const at::Tensor centred = rows - rows.narrow(0, 0, known).mean(0);
      for (int64_t i = 0; i < known; ++i)
        for (const std::string& word : words_of(i)) {
          const auto ids = tokenizer.encode(word, false);
          if (ids.size() == 1)
            out[ids[0]] = centred[i] * (kEmbeddingSpread * std::sqrt(double(width)) / centred[i].norm());
        }
    };
    put("heads.object.weight", world::CellLabels::kObjClasses, int64_t(world::objects_of(world.level).size()),
        [](int64_t i) {
          const std::string one = word(world::Obj(i)), many = plural(world::Obj(i));
          return std::vector<std::string>{one, " " + one, many, " " + many};
        });
    put("heads.color.weight", world::CellLabels::kColClasses, world::kColors, [](int64_t i) {
      const std::string color = word(world::Col(i));
      return std::vector<std::string>{color, " " + color};
    });
    return out;
  }

  // The values of an earlier result of this stage, layout heads included; the heads for facts are never kept.
  static FilledSource::Fill started(const Fields& recipe) {
    const std::filesystem::path folder = input_folder(recipe, "start");
    return [model = values_of(folder, "model.safetensors"), heads = values_of(folder, "layout-heads.safetensors")](
               const std::string& name, at::Tensor& values) {
      (name.starts_with("heads.") ? heads : model)(name, values);
    };
  }

  bool fill(const std::string& name, at::Tensor& values) const {
    if (start && !name.starts_with("facts.")) {
      start(name, values);
      return true;
    }
    if (name.ends_with("o_proj.weight") || name.ends_with("down_proj.weight")) {
      values.zero_();  // every residual branch starts at zero
      return true;
    }
    if (!name.ends_with("embed_tokens.weight") && !name.ends_with("latent_queries")) return false;
    fill_normal(seed, name, values, kEmbeddingSpread);
    if (name.ends_with("embed_tokens.weight") && word_start.defined())
      values.copy_(at::where(word_start.isnan(), values, word_start));
    return true;
  }

  at::Tensor look(const at::Tensor& bytes) const {
    const c10::AutoGradMode no_gradients(false);
    return picture_tokens(vision, bytes).flatten(0, 1);
  }

  at::Tensor clip_features(const std::vector<world::Scene>& scenes) const {
    const c10::AutoGradMode no_gradients(false);
    return clip.tokens(clip_pixels(draw(scenes)).to(device));
  }

  // The readings of a step's lessons and what they need; readings of captions come before those of edits.
  struct Gathered {
    std::vector<world::Scene> pictures;  // of lesson i: the one asked about 2 i, the one changed 2 i + 1
    std::vector<world::Scene> targets;
    std::vector<world::Scene> before;  // of the targets behind the captions: what was changed
    int64_t captions = 0;
    std::vector<std::vector<Reading>> groups;
    std::vector<int64_t> lesson;  // of every reading
  };

  Gathered gathered(const Step& step) const {
    Gathered out;
    std::vector<Lesson> all;
    for (int64_t i = 0; i < step.count; ++i) all.push_back(lesson(lessons, seed, step.sample(i)));
    const auto group = [&](size_t lesson, const auto& items, auto read) {
      out.groups.emplace_back();
      for (const auto& item : items) {
        out.groups.back().push_back(read(item));
        out.lesson.push_back(int64_t(lesson));
      }
      if (out.groups.back().empty()) out.groups.pop_back();
    };
    const auto draws = [&](const Drawing& d) {
      out.targets.push_back(d.target);
      return int64_t(out.targets.size()) - 1;
    };
    for (size_t i = 0; i < all.size(); ++i) {
      out.pictures.push_back(all[i].picture);
      out.pictures.push_back(all[i].source);
      group(i, all[i].questions, [&](const Talk& t) {
        Reading r = reader.chat(t.turns, int64_t(2 * i));
        if (!t.query) return r;
        const Grounding about = grounding(all[i].picture, *t.query);
        if (about.first) r.first_look = looks_at(all[i].picture, *about.first);
        if (about.second) r.second_look = looks_at(all[i].picture, *about.second);
        r.facts = about.facts;
        return r;
      });
      group(i, all[i].talks, [&](const Talk& t) { return reader.chat(t.turns, -1); });
      group(i, all[i].captions, [&](const Drawing& d) { return reader.caption(d.text, draws(d)); });
    }
    out.captions = int64_t(out.targets.size());
    for (size_t i = 0; i < all.size(); ++i)
      group(i, all[i].edits, [&](const Drawing& d) {
        out.before.push_back(all[i].source);
        Reading r = reader.instruction(d.text, int64_t(2 * i + 1), draws(d));
        r.first_look = looks_at(all[i].source, d.changed);
        return r;
      });
    return out;
  }

  // Of every learnt token: an answer of n tokens counts sqrt(n), every lesson the same.
  at::Tensor answer_weights(const ReadingBatch& batch, const Gathered& g, int64_t count) const {
    std::vector<double> tokens(size_t(batch.readings), 0), total(size_t(count), 0);
    const auto of = batch.reading.accessor<int64_t, 1>();
    for (int64_t a = 0; a < batch.reading.size(0); ++a) tokens[size_t(of[a])] += 1;
    for (size_t r = 0; r < tokens.size(); ++r) total[size_t(g.lesson[r])] += std::sqrt(tokens[r]);
    std::vector<float> out;
    for (int64_t a = 0; a < batch.reading.size(0); ++a) {
      const auto r = size_t(of[a]);
      out.push_back(float(1 / (std::sqrt(tokens[r]) * total[size_t(g.lesson[r])] * double(count))));
    }
    return at::tensor(out, at::kFloat).to(device);
  }

  at::Tensor loss(const Step& step) const {
    const Gathered g = gathered(step);
    const ReadingBatch batch = packed(g.groups, reader);
    const at::Tensor pictures = look(draw(g.pictures)), features = clip_features(g.targets);
    at::Tensor looks = at::zeros({}, at::TensorOptions().device(device));
    const at::Tensor mask = batch.mask.to(device);
    const auto layer_at = [&](double part) { return size_t(part * double(language.text.layers.size())); };
    const auto look = [&](size_t layer, const at::Tensor& x, const TextRotation& turn) {
      const auto learn = [&](const Looks& wanted, double part, const char* name) {
        if (layer != layer_at(part) || wanted.tokens.numel() == 0) return;
        const at::Tensor off = look_loss(language.text.layers[layer], x, turn, mask, wanted);
        step.tally.add(name, off.item<double>());
        looks = looks + off;
      };
      learn(batch.first_looks, kFirstLook, "look_first");
      learn(batch.second_looks, kSecondLook, "look_second");
    };
    at::Tensor facts = at::zeros_like(looks);
    const auto teach = [&](size_t layer, const at::Tensor& x, const TextRotation& turn) {
      if (look_weight > 0) look(layer, x, turn);
      if (fact_weight > 0 && layer == layer_at(kFactsKnown))
        facts = fact_loss(fact_heads, x.flatten(0, 1), batch.facts, step.tally);
    };
    const at::Tensor states = language.states(batch, pictures, teach);
    const at::Tensor answers =
        (answer_losses(language.text, states, batch) * answer_weights(batch, g, step.count)).sum();
    step.tally.add("answer", answers.item<double>());
    step.tally.add("tokens", double(batch.tokens));
    step.tally.add("filled", double(batch.tokens) / double(batch.ids.numel()));

    const at::Tensor queries = states.index_select(0, batch.query_tokens.to(device))
                                   .view({int64_t(g.targets.size()), language.queries.size(1), -1});
    const auto layout = [&](int64_t from, int64_t count, const std::vector<world::Scene>& before, const char* name) {
      const std::vector<world::Scene> scenes(g.targets.begin() + from, g.targets.begin() + from + count);
      return layout_loss(heads, queries.narrow(0, from, count), scenes, before, features.narrow(0, from, count),
                         weights, name, step.tally);
    };
    const int64_t edits = int64_t(g.targets.size()) - g.captions;
    return answer_weight * answers + look_weight * looks + fact_weight * facts +
           layout_weight * (layout(0, g.captions, {}, "caption_") + layout(g.captions, edits, g.before, "edit_"));
  }

  void validate(Tally& tally) const {
    if (!validation) validation.emplace(world.level);
    validation->score(language, heads, reader, [this](const at::Tensor& bytes) { return look(bytes); }, tally);
  }

  // The whole understanding half as an official folder: with the generation half beside it, it is a model.
  void write_result(const std::filesystem::path& folder) const {
    Named model, probes;
    for (const auto& item : parameters.parameters())
      if (!item.first.starts_with("facts.")) (item.first.starts_with("heads.") ? probes : model).push_back(item);
    const auto tower = SafetensorsFile::open(vision_folder / "vit.safetensors");
    for (const auto& [name, entry] : tower->entries()) model.emplace_back(name, tower->tensor(name));
    write_part(folder, "model.safetensors", model);
    write_part(folder, "layout-heads.safetensors", probes);
    for (const char* file : {"tokenizer.json", "tokenizer_config.json", "chat_template.json"})
      write_file(folder / file, read_file(tokenizer_folder / file, 64 << 20));
    write_file(folder / "preprocessor_config.json", read_file(vision_folder / "preprocessor_config.json", 4 << 20));
    const auto id = [&](const char* token) { return tokenizer.id_of(token).value(); };
    Json json = language_json;
    json["architectures"] = {"blip3oQwenForCausalLM"};
    json["model_type"] = "blip3o_qwen";
    json["vision_config"] = read_config(vision_folder, "config.json")["vision_config"];
    json["n_query"] = language.queries.size(1);
    json["bos_token_id"] = json["pad_token_id"] = id("<|endoftext|>");
    json["eos_token_id"] = id("<|im_end|>");
    json["vision_start_token_id"] = id("<|vision_start|>");
    json["vision_end_token_id"] = id("<|vision_end|>");
    json["vision_token_id"] = id("<|vision_pad|>");
    json["image_token_id"] = id("<|image_pad|>");
    json["video_token_id"] = id("<|video_pad|>");
    json["img_start_token_id"] = id("[IMG]");
    json["img_end_token_id"] = id("[/IMG]");
    json["gen_image_token_id"] = id("<image>");
    json["mm_use_im_start_end"] = json["mm_use_im_patch_token"] = false;
    write_config(folder, "config.json", json);
    write_config(folder, "generation_config.json",
                 {{"bos_token_id", id("<|endoftext|>")},
                  {"pad_token_id", id("<|endoftext|>")},
                  {"do_sample", false},
                  {"eos_token_id", {id("<|im_end|>"), id("<|endoftext|>")}}});
  }
};

}  // namespace

Stage understand_stage(const StageInput& input) {
  if (input.recipe.contains("model")) return folder_stage(input, "understand");
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<UnderstandTrainer>(input, recipe);
  return {.name = "understand",
          .parameters = t->parameters.parameters(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = {},
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace b3o::train
