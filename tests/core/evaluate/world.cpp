// The whole benchmark on models whose scores are known: one that answers by the truth, one that never looks.
#include "core/evaluate/world_report.h"

#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/evaluate/vqa.h"
#include "core/families/family.h"
#include "core/image/codec.h"
#include "core/world/chat.h"
#include "core/world/evaluation_sets.h"
#include "core/world/reader.h"
#include "core/world/renderer.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::evaluate;
using namespace b3o::test;
using world::Level;

namespace {

Image draw(const world::Scene& scene) { return world::Renderer().draw(scene); }

// Answers every request of the benchmark by looking it up in the world's own sets.
class Oracle : public Family {
 public:
  explicit Oracle(Level level) {
    info_.name = "Oracle", info_.hash = std::string(64, 'a'), info_.number_type = "fp32", info_.device = "CPU";
    info_.can.chat = info_.can.see = info_.can.draw = info_.can.edit = info_.can.reconstruct = true;
    for (const auto edition : {world::Edition::seen, world::Edition::unseen})
      for (const auto& item : world::geneval_items(level, edition)) scenes_[item.line["prompt"]] = item.scene;
    for (const Json& line : world::riddle_set(level)) scenes_[line["prompt"]] = riddle_scene(line["prompt"], level);
    for (const auto& list : {world::vqa_set(level), world::caption_set(level)})
      for (const auto& item : list) answers_[key(draw(item.scene), item.qa.question)] = item.qa.answer;
    for (const auto& item : world::mme_set(level)) answers_[key(draw(item.scene), item.question)] = item.answer;
    for (const auto& item : world::edit_set(level))
      edits_[key(draw(item.source), item.edit.instruction)] = item.edit.target;
  }

  const ModelInfo& info() const override { return info_; }
  void serve(const Request& request, JobContext& job) override {
    if (const auto* chat = std::get_if<ChatRequest>(&request)) return answer(*chat, job);
    if (const auto* r = std::get_if<GenerateRequest>(&request)) {
      for (int k = 0; k < r->count; ++k) show(draw(scenes_.at(r->recipe.prompt)), job);
      return;
    }
    if (const auto* r = std::get_if<EditRequest>(&request))
      return show(draw(edits_.at(key(*r->source, r->recipe.prompt))), job);
    show(*std::get<ReconstructRequest>(request).source, job);
  }

 private:
  static std::string key(const Image& image, const std::string& text) { return image_sha256(image) + text; }
  static void show(Image image, JobContext& job) {
    ImageReady ready;
    ready.image = std::move(image);
    job.emit(std::move(ready));
  }
  static world::Scene riddle_scene(const std::string& prompt, Level level) {
    const world::Mention m = world::parse_prompt(prompt, level).said.mentions.at(0);
    world::Scene scene;
    scene.bg = m.col == world::Col::white ? world::Bg::night : world::Bg::white;
    scene.items = {{.obj = m.obj, .col = m.col.value_or(world::Col::red)}};
    return scene;
  }
  void answer(const ChatRequest& chat, JobContext& job) {
    std::shared_ptr<const Image> image;
    for (const auto& message : chat.messages)
      for (const auto& part : message.parts)
        if (part.image) image = part.image;
    check(image && chat.options.greedy, "a question has a picture and a greedy answer");
    const auto it = answers_.find(key(*image, chat.messages.back().parts.back().text));
    AnswerReady ready;
    ready.text = it == answers_.end() ? "I see nothing" : it->second;
    job.emit(std::move(ready));
  }

  ModelInfo info_;
  std::map<std::string, world::Scene> scenes_, edits_;
  std::map<std::string, std::string> answers_;
};

// Draws an empty white picture, leaves every edit as it was, says yes.
class Indifferent : public Family {
 public:
  Indifferent() {
    info_.name = "Indifferent", info_.hash = std::string(64, 'b'), info_.number_type = "fp32", info_.device = "CPU";
    info_.can.chat = info_.can.see = info_.can.draw = info_.can.edit = true;
  }
  const ModelInfo& info() const override { return info_; }
  void serve(const Request& request, JobContext& job) override {
    AnswerReady answer;
    answer.text = "Yes.";
    ImageReady picture;
    picture.image = draw({});
    const auto* drawn = std::get_if<GenerateRequest>(&request);
    if (const auto* edit = std::get_if<EditRequest>(&request)) picture.image = *edit->source;
    if (std::holds_alternative<ChatRequest>(request)) return job.emit(answer);
    for (int k = 0; k < (drawn ? drawn->count : 1); ++k) job.emit(picture);
  }

 private:
  ModelInfo info_;
};

// Counts what it asks, and may stop after a number of requests.
struct Asked {
  Family& family;
  int requests = 0, stop_after = 1 << 30;
  WorldModel model() {
    WorldModel out;
    out.info = family.info();
    out.ask = [this](Request request, const WorldModel::OnEvent& on_event) {
      if (requests++ >= stop_after) throw Stop();
      JobContext job({}, on_event);
      family.serve(request, job);
    };
    return out;
  }
};

double value(const Json& report, const std::string& pointer) {
  return report.at(Json::json_pointer("/sets/" + pointer)).get<double>();
}

void a_model_that_knows_the_truth_has_every_point() {
  Oracle oracle(Level::S);
  Asked asked{oracle};
  WorldModel model = asked.model();
  model.round_trip = [](const Image& image) { return image; };
  WorldRun run;
  run.settings.seeds = 1;
  const Json report = evaluate_world(model, run);
  check_equal(what_is_missing(report), std::string(), "missing");
  for (const char* edition : {"seen", "unseen"}) {
    const std::string drawing = std::string("drawing-") + edition, ceilings = std::string("ceilings-") + edition;
    for (const char* key : {"/scores/score/value", "/scores/exact/value"})
      check(value(report, drawing + key) >= 0.99, drawing + key);
    check(value(report, drawing + "/scores/floor/value") < 0.2, "shuffled prompts are seldom met");
    for (const char* way : {"renders", "autoencoder", "decoder"})
      check_equal(value(report, ceilings + "/scores/" + way + "/score/value"),
                  value(report, drawing + "/scores/score/value"), ceilings + way);
    check_equal(value(report, ceilings + "/scores/decoder/psnr/value"), 99.0, "equal pictures");
  }
  check_equal(value(report, "vqa/scores/exact/value"), 1.0, "VQA");
  check_equal(value(report, "vqa/scores/blind/value"), 0.0, "blind");
  check_equal(report["sets"]["vqa"]["scores"]["types"].size(), 10u, "types");
  check_equal(value(report, "mme/scores/score/value"), 800.0, "MME");
  check_equal(value(report, "captions/scores/f1/value"), 1.0, "captions");
  check(value(report, "riddles/scores/consistency/value") > 1.95, "riddles");
  check(value(report, "edits/scores/score/value") >= 0.99, "edits");
  check_equal(value(report, "edits/scores/score/value"), value(report, "edits/scores/renders/value"), "edits' ceiling");
  check(value(report, "edits/scores/psnr_outside/value") > 98.9, "outside the change nothing differs");
  const std::string table = world_table(report);
  for (const char* part :
       {"ceiling: autoencoder", "floor: shuffled prompts", "800.0 [800.0, 800.0]", "follow_up", "Seconds"})
    check_contains(table, part);
}

void a_model_that_never_looks_has_what_can_be_counted_by_hand() {
  Indifferent family;
  Asked asked{family};
  WorldRun run;
  run.settings.seeds = 2;
  const Json report = evaluate_world(asked.model(), run);
  for (const char* key : {"score", "exact", "floor"})
    check_equal(value(report, std::string("drawing-seen/scores/") + key + "/value"), 0.0, key);
  check(report["sets"]["ceilings-seen"]["scores"]["decoder"].is_null(), "no encoder, no such ceiling");
  int yes = 0, matched = 0, questions = 0;
  std::map<std::string, std::map<std::string, int>> answers;
  for (const auto& item : world::vqa_set(Level::S)) {
    yes += item.qa.answer == "yes", ++questions;
    ++answers[world::name(item.qa.type)][normalised_prediction(item.qa.answer)];
  }
  for (const auto& [type, counts] : answers) {
    int most = 0;
    for (const auto& [answer, n] : counts) most = std::max(most, n);
    matched += most;
  }
  check(yes > 100, "some answers are yes");
  for (const char* key : {"exact", "blind", "vqav2"})
    check_close(value(report, std::string("vqa/scores/") + key + "/value"), double(yes) / questions, 1e-12, key);
  check_close(value(report, "vqa/scores/prior"), double(matched) / questions, 1e-12, "prior");
  check_equal(value(report, "mme/scores/score/value"), 200.0, "always yes");
  check_equal(value(report, "captions/scores/f1/value"), 0.0, "captions");
  check_equal(value(report, "riddles/scores/none"), 1.0, "riddles");
  check(value(report, "edits/scores/score/value") <= 0.005, "nothing is done");
  check(value(report, "edits/scores/kept/value") >= 0.99, "all is kept");
  check_equal(value(report, "edits/scores/psnr_outside/value"), 99.0, "nothing differs");
}

Json without_times(Json report) {
  for (auto& [name, set] : report["sets"].items()) set.erase("seconds");
  return report;
}

void a_stopped_run_goes_on_and_ends_as_an_unbroken_one() {
  Oracle oracle(Level::S);
  WorldRun run;
  run.parts = {"mme", "edits"};
  Asked unbroken{oracle};
  const Json whole = without_times(evaluate_world(unbroken.model(), run));
  const TemporaryFolder folder;
  run.folder = folder.path();
  Asked stopped{oracle, 0, 100};
  bool threw = false;
  try {
    evaluate_world(stopped.model(), run);
  } catch (const Stop&) {
    threw = true;
  }
  check(threw, "the run was stopped");
  Asked rest{oracle};
  check(without_times(evaluate_world(rest.model(), run)) == whole, "the reports differ");
  check_equal(rest.requests, unbroken.requests - 100, "requests of the second run");
  Asked again{oracle};
  run.ask = false;
  check(without_times(evaluate_world(again.model(), run)) == whole, "scored from the answers");
  check_equal(again.requests, 0, "requests of a run that only scores");
  Indifferent other;
  Asked wrong{other};
  check_contains(message_of<RequestError>([&] { evaluate_world(wrong.model(), run); }), "'model_hash'");
}

void incomplete_sets_are_scored_only_on_request() {
  Oracle oracle(Level::S);
  Asked asked{oracle};
  WorldRun run;
  run.parts = {"vqa", "mme"};
  run.limit = 5;
  check_contains(message_of<RequestError>([&] { evaluate_world(asked.model(), run); }), "--partial");
  const TemporaryFolder folder;
  run.folder = folder.path();
  const Json refused = evaluate_world(asked.model(), run);
  check(refused["sets"]["vqa"]["scores"].is_null() && refused["sets"]["mme"]["scores"].is_null(), "scores");
  check_contains(what_is_missing(refused), "vqa 5 of 2000, mme 5 of 240");
  check_contains(world_table(refused), "not scored");
  run.partial = true;
  const Json partial = evaluate_world(asked.model(), run);
  check_equal(value(partial, "vqa/scores/exact/value"), 1.0, "VQA of five");
  check_contains(world_table(partial), "Incomplete: vqa 5 of 2000");
}

void parts_that_cannot_be_are_refused() {
  Indifferent family;
  Asked asked{family};
  WorldModel chatting = asked.model();
  chatting.info.can.draw = chatting.info.can.edit = false;
  WorldRun run;
  run.parts = {"edits"};
  check_contains(message_of<RequestError>([&] { evaluate_world(chatting, run); }), "'edits'");
  run.parts = {"poems"};
  check_contains(message_of<RequestError>([&] { evaluate_world(chatting, run); }), "'poems'");
  run.parts = {};
  run.limit = 1, run.partial = true;
  check(!evaluate_world(chatting, run)["sets"].contains("drawing-seen"), "what a folder cannot do is left out");
}

void signs_are_asked_for_where_the_level_has_them() {
  Indifferent family;
  Asked asked{family};
  WorldRun run;
  run.parts = {"vqa"}, run.limit = 10, run.partial = true;
  const Json small = evaluate_world(asked.model(), run);
  check(!small["sets"].contains("signs"), "level S has no signs");
  run.settings.level = Level::L;
  const Json large = evaluate_world(asked.model(), run);
  check_equal(large["sets"]["signs"]["of"].get<int>(), 200, "signs of level L");
  const auto signs = world::sign_set(Level::L);
  int yes = 0;
  for (const size_t i : spread(signs.size(), run.limit)) yes += signs[i].qa.answer == "YES";
  check_close(value(large, "signs/scores/exact/value"), yes / 10.0, 1e-12, "signs that say yes");
  check(small["prompts_sha256"] != large["prompts_sha256"], "levels have other prompts");
}

void foreign_lines_in_a_journal_are_refused() {
  Oracle oracle(Level::S);
  Asked asked{oracle};
  const TemporaryFolder folder;
  write_file(folder / "mme.jsonl", "{\"id\": \"0\", \"answer\": 7}\n");
  WorldRun run;
  run.parts = {"mme"}, run.folder = folder.path(), run.partial = true, run.limit = 1;
  check_contains(message_of<LoadError>([&] { evaluate_world(asked.model(), run); }), "'mme'");
}

const Cases cases = {CASE(a_model_that_knows_the_truth_has_every_point),
                     CASE(a_model_that_never_looks_has_what_can_be_counted_by_hand),
                     CASE(a_stopped_run_goes_on_and_ends_as_an_unbroken_one),
                     CASE(incomplete_sets_are_scored_only_on_request),
                     CASE(parts_that_cannot_be_are_refused),
                     CASE(signs_are_asked_for_where_the_level_has_them),
                     CASE(foreign_lines_in_a_journal_are_refused)};

}  // namespace
