#include "core/judge/geneval.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::judge;
using namespace b3o::test;

namespace {

const Json& golden() {
  static const Json json = parse_json(read_file(data_path("evaluation/geneval.json"), 1 << 24), "geneval.json");
  return json;
}

Box box_of(const Json& j) { return {j[0], j[1], j[2], j[3]}; }

void relations_equal_the_golden_ones() {
  check_equal(golden()["relations"].size(), 90u, "cases");
  for (const Json& c : golden()["relations"])
    check_equal(relations(box_of(c["a"]), box_of(c["b"])), c["relations"].get<std::vector<std::string>>(), c.dump());
}

void verdicts_equal_the_golden_ones() {
  check_equal(golden()["images"].size(), 149u, "cases");
  for (const Json& c : golden()["images"]) {
    const std::string id = c["id"];
    std::vector<Found> found;
    for (const Json& d : c["detections"])
      found.push_back({d["class"], d["score"], box_of(d["box"]), d.value("color", "")});
    const Verdict v = judged(geneval_prompt(c["metadata"], id), found);
    const Json& want = c["expected"];
    check_equal(v.correct, want["correct"].get<bool>(), id + ": correct");
    check_equal(v.reason, want["reason"].get<std::string>(), id + ": reason");
    check_equal(v.kept.size(), want["kept"].size(), id + ": kept classes");
    for (const auto& [name, list] : v.kept)
      check_equal(list, want["kept"][name].get<std::vector<size_t>>(), id + ": kept " + name);
  }
}

void summaries_equal_the_golden_ones() {
  check_equal(golden()["summaries"].size(), 6u, "cases");
  for (const Json& c : golden()["summaries"]) {
    const std::string id = c["id"];
    std::vector<GenevalImage> images;
    for (const Json& i : c["images"]) images.push_back({i[0], i[1], i[3]});
    const GenevalSummary s = summarised(images);
    const Json& want = c["expected"];
    check_close(s.overall, want["overall"], 1e-9, id + ": overall");
    check_close(s.images_correct, want["images_correct"], 1e-9, id + ": images");
    check_close(s.prompts_any_correct, want["prompts_any_correct"], 1e-9, id + ": prompts");
    check_equal(s.tags.size(), want["tags"].size(), id + ": tags");
    for (const auto& [tag, score] : s.tags) {
      check_equal(score.correct, want["tags"][tag]["correct"].get<int>(), id + tag);
      check_equal(score.total, want["tags"][tag]["total"].get<int>(), id + tag);
      check_close(score.mean(), want["tags"][tag]["mean"], 1e-9, id + tag);
    }
    check_equal(official_text(s), want["official_text"].get<std::string>(), id + ": text");
  }
}

void strict_rules_forbid_what_was_not_asked_for() {
  GenevalPrompt p;
  p.tag = "single_object";
  p.include = {{"star", 1, {}, {}, 0}};
  const std::vector<Found> two = {{"star", 0.9, {0, 0, 10, 10}, "red"}, {"star", 0.8, {20, 0, 30, 10}, "red"}};
  const std::vector<Found> other = {{"star", 0.9, {0, 0, 10, 10}, "red"}, {"fish", 0.8, {20, 0, 30, 10}, "red"}};
  check(judged(p, two).correct && judged(p, other).correct, "ordinary rules forgive");
  check_equal(judged(p, two, {}, true).reason, std::string("expected star=1, found 2"));
  check_equal(judged(p, other, {}, true).reason, std::string("expected fish=0, found 1"));
}

void broken_prompts_are_refused() {
  const auto refusal_of = [](const std::string& text) {
    return message_of<LoadError>([&] { geneval_prompt(parse_json(text, "line 3"), "line 3"); });
  };
  check_contains(refusal_of(R"({"tag":"a","include":[]})"), "'prompt'");
  check_contains(refusal_of(R"({"tag":"a","prompt":"b","include":{}})"), "list");
  check_contains(refusal_of(R"({"tag":"a","prompt":"b","include":[{"class":"c"}]})"), "'count'");
  check_contains(refusal_of(R"({"tag":"a","prompt":"b","include":[{"class":"c","count":1,"position":["above",0]}]})"),
                 "does not come before");
  check_contains(refusal_of(R"({"tag":"a","prompt":"b","include":[{"class":"c","count":1,"position":"above"}]})"),
                 "relation");
}

void no_images_have_no_score() {
  const GenevalSummary s = summarised({});
  check_close(s.overall, 0, 0, "overall");
  check_equal(s.images, 0, "images");
}

const Cases cases = {CASE(relations_equal_the_golden_ones), CASE(verdicts_equal_the_golden_ones),
                     CASE(summaries_equal_the_golden_ones), CASE(strict_rules_forbid_what_was_not_asked_for),
                     CASE(broken_prompts_are_refused),      CASE(no_images_have_no_score)};

}  // namespace
