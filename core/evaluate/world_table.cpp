// The report as a table of at most 100 columns.
#include <cstdio>

#include "core/base/error.h"
#include "core/evaluate/world_report.h"

namespace b3o::evaluate {
namespace {

constexpr size_t kLabel = 26, kCell = 22;

std::string padded(const std::string& text, size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string number(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

// "0.812 [0.795, 0.829]", "0.812" without an interval, "-" without a value.
std::string cell(const Json& value, int digits = 3) {
  if (value.is_number()) return number(value, digits);
  if (!value.is_object()) return "-";
  return cat(number(value.at("value"), digits), " [", number(value.at("low"), digits), ", ",
             number(value.at("high"), digits), "]");
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

struct Table {
  const Json& sets;
  std::string out;

  void line(const std::string& label, const std::vector<std::string>& cells) {
    std::string text = padded("  " + label, kLabel);
    for (const std::string& c : cells) text += padded(c, kCell);
    out += trimmed(text);
  }

  // The scores of a set at a path of keys; null where there are none.
  const Json& at(const std::string& set, std::initializer_list<const char*> keys) const {
    static const Json none;
    if (!sets.contains(set)) return none;
    const Json* here = &sets[set].at("scores");
    for (const char* key : keys) {
      if (!here->is_object() || !here->contains(key)) return none;
      here = &here->at(key);
    }
    return *here;
  }

  void title(const std::string& text, const std::string& set) {
    out += "\n" + text + (scored(set) ? "\n" : ": not scored\n");
  }

  bool scored(const std::string& set) const { return sets.contains(set) && !sets[set].at("scores").is_null(); }

  void drawing() {
    if (!sets.contains("drawing-seen")) return;
    title("Drawing: share of pictures that show what the prompt asks for",
          scored("drawing-seen") ? "drawing-seen" : "drawing-unseen");
    const auto both = [&](const std::string& label, const char* set, std::initializer_list<const char*> keys,
                          int digits = 3) {
      line(label,
           {cell(at(std::string(set) + "-seen", keys), digits), cell(at(std::string(set) + "-unseen", keys), digits)});
    };
    if (!scored("drawing-seen") && !scored("drawing-unseen")) return;
    line("", {"seen pairs", "unseen pairs"});
    for (const char* tag : {"single_object", "two_object", "counting", "colors", "position", "color_attr"})
      both(tag, "drawing", {"tags", tag});
    both("score", "drawing", {"score"});
    both("  nothing unasked", "drawing", {"exact"});
    both("  trained wording", "drawing", {"trained_wording"});
    both("  held-out wording", "drawing", {"held_out_wording"});
    both("floor: shuffled prompts", "drawing", {"floor"});
    both("ceiling: decoder", "ceilings", {"decoder", "score"});
    both("ceiling: autoencoder", "ceilings", {"autoencoder", "score"});
    both("  its PSNR, dB", "ceilings", {"autoencoder", "psnr"}, 1);
    both("true pictures", "ceilings", {"renders", "score"});
  }

  void questions(const std::string& set, const std::string& text) {
    if (!sets.contains(set)) return;
    title(text, set);
    if (!scored(set)) return;
    line("", {"right", "blind", "prior", "questions"});
    const auto row = [&](const std::string& label, const Json& s) {
      line(label, {cell(s.at("exact")), cell(s.at("blind")), cell(s.at("prior")),
                   std::to_string(s.at("exact").at("items").get<int>())});
    };
    const Json& scores = at(set, {});
    for (const auto& [type, s] : scores.at("types").items()) row(type, s);
    row("all", scores);
    line("trained wording", {cell(scores.at("trained_wording"))});
    line("held-out wording", {cell(scores.at("held_out_wording"))});
    line("VQAv2 formula", {cell(scores.at("vqav2")), cat(scores.at("never_matched_by_vqav2").get<int>(),
                                                         " questions have answers it never matches")});
  }

  void mme() {
    if (!sets.contains("mme")) return;
    title("World-MME: yes or no, at most 800; always yes has 200", "mme");
    if (!scored("mme")) return;
    for (const auto& [category, s] : at("mme", {"categories"}).items())
      line(category, {cell(s.at("score"), 1),
                      cat("acc ", number(s.at("accuracy"), 1), "  acc+ ", number(s.at("accuracy_plus"), 1))});
    line("sum", {cell(at("mme", {"score"}), 1), cat("of ", at("mme", {"most"}).get<int>())});
  }

  void captions() {
    if (!sets.contains("captions")) return;
    title("World-Caption", "captions");
    if (!scored("captions")) return;
    line("scene F1", {cell(at("captions", {"f1"}))});
    line("all right", {cell(at("captions", {"all_right"}))});
  }

  void riddles() {
    if (!sets.contains("riddles")) return;
    title("Riddles: 2 all, 1 part, 0 nothing of what is meant", "riddles");
    if (!scored("riddles")) return;
    line("consistency", {cell(at("riddles", {"consistency"}))});
    line("all, part, none",
         {cat(cell(at("riddles", {"all"})), "  ", cell(at("riddles", {"part"})), "  ", cell(at("riddles", {"none"})))});
  }

  void edits() {
    if (!sets.contains("edits")) return;
    title("Edits: done and the rest kept", "edits");
    if (!scored("edits")) return;
    line("", {"done and kept", "done", "kept", "PSNR outside, dB"});
    const auto row = [&](const std::string& label, const Json& s) {
      line(label, {cell(s.at("score")), cell(s.at("done").at("value")), cell(s.at("kept").at("value")),
                   s.at("psnr_outside").is_null() ? "-" : cell(s.at("psnr_outside").at("value"), 1)});
    };
    const Json& scores = at("edits", {});
    for (const auto& [kind, s] : scores.at("kinds").items()) row(kind, s);
    row("all", scores);
    line("true pictures", {cell(scores.at("renders"))});
  }
};

}  // namespace

std::string world_table(const Json& report) {
  const auto short_hash = [&](const char* key) { return report.at(key).get<std::string>().substr(0, 16); };
  Table table{report.at("sets"), {}};
  table.out = cat("Paper World, level ", report.at("level").get<std::string>(), ": ",
                  report.at("model").get<std::string>(), " ", short_hash("model_hash"), ", ",
                  report.at("number_type").get<std::string>(), " on ", report.at("device").get<std::string>(),
                  "\nprompts ", short_hash("prompts_sha256"), ", judge ", short_hash("judge_sha256"), ", ",
                  report.at("seeds").size(), " pictures a prompt; [95 % interval over prompts]\n");
  table.drawing();
  table.questions("vqa", "World-VQA: exact match after the VQAv2 normalisation");
  table.questions("signs", "World-TextVQA: what signs say");
  table.mme();
  table.captions();
  table.riddles();
  table.edits();
  std::string incomplete;
  for (const auto& [name, set] : report.at("sets").items())
    if (set.at("items") < set.at("of"))
      incomplete +=
          cat(incomplete.empty() ? "" : ", ", name, " ", set.at("items").get<int>(), " of ", set.at("of").get<int>());
  if (!incomplete.empty()) table.out += "\nIncomplete: " + incomplete + "\n";
  table.out += "\nSeconds: ";
  double all = 0;
  for (const auto& [name, set] : report.at("sets").items()) {
    table.out += cat(name, " ", number(set.at("seconds"), 0), ", ");
    all += set.at("seconds").get<double>();
  }
  return table.out + cat("all ", number(all, 0), "\n");
}

}  // namespace b3o::evaluate
