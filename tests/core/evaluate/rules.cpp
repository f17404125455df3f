// The scoring rules of short answers, yes/no questions and intervals.
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/evaluate/estimate.h"
#include "core/evaluate/journal.h"
#include "core/evaluate/mme.h"
#include "core/evaluate/vqa.h"
#include "core/evaluate/world_set.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::evaluate;
using namespace b3o::test;

namespace {

Json golden(const std::string& name) {
  const auto file = data_path("evaluation/" + name);
  return parse_json(read_file(file, 1 << 24), name);
}

void normalised_texts_equal_the_golden_ones() {
  const Json json = golden("vqav2.json");
  check_equal(json["prediction_normalisation"].size(), 124u, "predictions");
  for (const Json& c : json["prediction_normalisation"])
    check_equal(normalised_prediction(c["in"]), c["out"].get<std::string>(), "prediction " + c["in"].dump());
  check_equal(json["answer_normalisation"].size(), 124u, "answers");
  for (const Json& c : json["answer_normalisation"])
    check_equal(normalised_answer(c["in"]), c["out"].get<std::string>(), "answer " + c["in"].dump());
  check_equal(json["contractions"].size(), 120u, "contractions");
  for (const Json& c : json["contractions"])
    check_equal(normalised_answer(c["in"]), c["out"].get<std::string>(), "contraction " + c["in"].dump());
}

void vqa_accuracies_equal_the_golden_ones() {
  const Json json = golden("vqav2.json");
  check_equal(json["items"].size(), 84u, "items");
  double sum = 0;
  for (const Json& c : json["items"]) {
    const std::string id = c["id"];
    const VqaVerdict v = vqa_verdict(c["prediction"], c["answers"].get<std::vector<std::string>>());
    check_close(v.accuracy, c["expected"]["accuracy"], 1e-9, id + ": accuracy");
    check_equal(v.submitted, c["expected"]["submission"].get<std::string>(), id + ": submitted");
    sum += v.accuracy;
  }
  check_close(sum / 84, json["expected_mean_of_items"], 1e-9, "mean");
}

void four_who_agree_make_an_answer_right() {
  const double expected[] = {0, 0.3, 0.6, 0.9, 1, 1};
  for (size_t m = 0; m < std::size(expected); ++m) {
    std::vector<std::string> answers(10, "no");
    for (size_t i = 0; i < m; ++i) answers[i] = "yes";
    check_close(vqa_verdict("yes", answers).accuracy, expected[m], 1e-12, shown(m) + " who agree");
  }
  check_equal(vqa_verdict("yes", {"yes"}).accuracy, 0.0, "nobody else was asked");
}

void ten_equal_answers_out_of_normal_form_are_never_matched() {
  for (const char* answer : {"two", "on the left", "Yes"}) {
    check(is_never_matched(answer), std::string(answer) + " can be matched");
    check_equal(vqa_verdict(answer, std::vector<std::string>(10, answer)).accuracy, 0.0, answer);
  }
  for (const char* answer : {"yes", "red", "there is no car"}) {
    check(!is_never_matched(answer), std::string(answer) + " cannot be matched");
    check_equal(vqa_verdict(answer, std::vector<std::string>(10, answer)).accuracy > 0.999, true, answer);
  }
}

void yes_and_no_are_read_as_the_golden_ones() {
  const Json json = golden("mme.json");
  check_equal(json["parse"].size(), 63u, "texts");
  constexpr const char* names[] = {"yes", "no", "other"};
  for (const Json& c : json["parse"])
    check_equal(std::string(names[int(parse_yes_no(c["in"]))]), c["label"].get<std::string>(), c["in"].dump());
}

void mme_scores_equal_the_golden_ones() {
  const Json json = golden("mme.json");
  check_equal(json["sets"].size(), 8u, "sets");
  for (const Json& c : json["sets"]) {
    const std::string id = c["id"];
    std::vector<MmeRow> rows;
    for (const Json& r : c["rows"]) rows.push_back({r[0], r[1], r[2], r[3]});
    const MmeScores s = mme_scores(rows);
    const Json& want = c["expected"];
    check_equal(s.right.size(), want["right"].size(), id + ": rows");
    for (size_t i = 0; i < s.right.size(); ++i)
      check_equal(int(s.right[i]), want["right"][i].get<int>(), id + ": row " + shown(i));
    check_equal(s.categories.size(), want["categories"].size(), id + ": categories");
    for (const MmeCategory& category : s.categories)
      check_close(category.score(), want["categories"][category.name], 1e-9, id + ": " + category.name);
    const auto sum = [&](const std::optional<double>& got, const Json& wanted, const char* kind) {
      check_equal(got.has_value(), !wanted.is_null(), id + kind);
      if (got) check_close(*got, wanted, 1e-9, id + kind);
    };
    sum(s.perception, want["perception"], ": perception");
    sum(s.cognition, want["cognition"], ": cognition");
  }
}

void a_picture_with_one_question_is_refused() {
  check_contains(message_of<RequestError>([] { mme_scores({{"count", "7", "yes", "yes"}}); }), "'7'");
}

void percentiles_lie_between_the_values() {
  check_close(percentile({4, 1, 3, 2}, 0.5), 2.5, 1e-12, "middle of four");
  check_close(percentile({4, 1, 3, 2}, 0), 1, 1e-12, "least");
  check_close(percentile({4, 1, 3, 2}, 1), 4, 1e-12, "most");
  check_close(percentile({0, 10}, 0.025), 0.25, 1e-12, "a fortieth of the way");
}

void intervals_hold_what_can_be_counted_by_hand() {
  // Resampled means of {0, 1} are 0, 1/2 and 1 with 1/4, 1/2 and 1/4: both ends lie in the outer quarters.
  const Estimate two = estimated({0, 1});
  check_equal(std::vector{two.value, two.low, two.high}, std::vector{0.5, 0.0, 1.0}, "of 0 and 1");
  const Estimate equal = estimated({0.25, 0.25, 0.25});
  check_equal(std::vector{equal.value, equal.low, equal.high}, std::vector{0.25, 0.25, 0.25}, "of equal values");
  // 100 values, half of them 1: the mean of a resample has the deviation 0.05.
  std::vector<double> coin(100, 0.0);
  for (size_t i = 0; i < 50; ++i) coin[i] = 1;
  const Estimate many = estimated(coin);
  check_close(many.low, 0.5 - 1.96 * 0.05, 0.015, "lower end");
  check_close(many.high, 0.5 + 1.96 * 0.05, 0.015, "upper end");
  check_equal(many.items, 100, "items");
  // Groups are resampled within themselves: constant groups leave no doubt, whatever lies between them.
  const Estimate groups = estimated_mean({{1, 1, 1}, {0, 0}, {}});
  check_equal(std::vector{groups.value, groups.low, groups.high}, std::vector{0.5, 0.5, 0.5}, "of constant groups");
  const Estimate sum = estimated({{200, 200}, {100}}, 1);
  check_equal(std::vector{sum.value, sum.low, sum.high}, std::vector{300.0, 300.0, 300.0}, "a sum");
  check_equal(estimated({1, 0, 1, 1}).low, estimated({1, 0, 1, 1}).low, "the same twice");
}

void psnr_is_measured_where_the_mask_lets_it() {
  Image a(2, 1), b(2, 1);
  b.at(0, 0)[0] = 255;
  check_close(psnr(a, b), 10 * std::log10(6.0), 1e-9, "one of six values off by all");
  GrayImage mask(2, 1);
  mask.pixels[0] = 255;
  check_equal(psnr(a, b, &mask), 99.0, "nothing differs outside");
  mask.pixels[1] = 255;
  check_equal(psnr(a, b, &mask), -1.0, "nothing is left");
}

void a_limit_spreads_over_the_set() {
  const auto some = spread(2000, 40);
  check_equal(some.size(), 40u, "items");
  std::set<size_t> types;  // sets repeat their types in order
  for (size_t i = 0; i < some.size(); ++i) {
    check(some[i] >= 50 * i && some[i] < 50 * (i + 1), "one of each stretch");
    types.insert(some[i] % 10);
  }
  check(types.size() >= 8, "a limit meets most types");
  check_equal(spread(2000, 40), some, "the same twice");
  check_equal(spread(3, 7), std::vector<size_t>{0, 1, 2}, "more than there are");
  check_equal(spread(3, 0), std::vector<size_t>{0, 1, 2}, "no limit");
}

void a_journal_goes_on_after_a_line_that_was_cut_off() {
  const TemporaryFolder folder;
  const auto file = folder / "set.jsonl";
  {
    Journal journal(file);
    journal.add({{"id", "a"}, {"answer", "one"}});
    journal.add({{"id", "b"}, {"answer", "two"}});
  }
  const std::string whole = read_file(file, 1 << 20);
  write_file(file, whole.substr(0, whole.size() - 4));
  Journal journal(file);
  check(journal.find("a") && !journal.find("b"), "the whole line is there, the other is not");
  journal.add({{"id", "b"}, {"answer", "two"}});
  check_equal(read_file(file, 1 << 20), whole, "the file");
  write_file(file, "{}\n" + whole);
  check_contains(message_of<LoadError>([&] { Journal{file}; }), "line 1");
}

void a_folder_belongs_to_one_run() {
  const TemporaryFolder folder;
  const auto file = folder / "run.json";
  claim_folder(file, {{"level", "S"}, {"seeds", {0, 1}}});
  claim_folder(file, {{"level", "S"}, {"seeds", {0, 1}}});
  check_contains(message_of<RequestError>([&] { claim_folder(file, {{"level", "M"}, {"seeds", {0, 1}}}); }), "'level'");
}

const Cases cases = {CASE(normalised_texts_equal_the_golden_ones),
                     CASE(vqa_accuracies_equal_the_golden_ones),
                     CASE(four_who_agree_make_an_answer_right),
                     CASE(ten_equal_answers_out_of_normal_form_are_never_matched),
                     CASE(yes_and_no_are_read_as_the_golden_ones),
                     CASE(mme_scores_equal_the_golden_ones),
                     CASE(a_picture_with_one_question_is_refused),
                     CASE(percentiles_lie_between_the_values),
                     CASE(intervals_hold_what_can_be_counted_by_hand),
                     CASE(psnr_is_measured_where_the_mask_lets_it),
                     CASE(a_limit_spreads_over_the_set),
                     CASE(a_journal_goes_on_after_a_line_that_was_cut_off),
                     CASE(a_folder_belongs_to_one_run)};

}  // namespace
