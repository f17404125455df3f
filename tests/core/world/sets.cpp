#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/world/contact_sheet.h"
#include "core/world/evaluation_sets.h"
#include "core/world/export.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"
#include "core/world/words.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::world;
using namespace b3o::test;

namespace {

constexpr Level kLevels[] = {Level::S, Level::M, Level::L};

int wrapper_texts(const std::string& prompt, Wording wording) {
  Rng rng(1, 1);
  std::set<std::string> starts;  // the text before the scene
  for (int i = 0; i < 300; ++i) {
    const std::string w = Speaker{Level::S, wording, true}.wrapped("|", rng);
    starts.insert(w.substr(0, w.find('|')));
  }
  int longest = -1;
  for (const std::string& s : starts)
    if (prompt.compare(0, s.size(), s) == 0) longest = std::max(longest, int(s.size()));
  return longest;
}

void geneval_prompts_say_what_they_require() {
  for (const Level level : kLevels)
    for (const Edition edition : {Edition::seen, Edition::unseen}) {
      const auto lines = geneval_prompts(level, edition);
      check_equal(lines.size(), 360u, "prompts");
      std::map<std::string, int> tags, held_wording;
      std::set<std::string> texts;
      for (const Json& line : lines) {
        const std::string tag = line["tag"], prompt = line["prompt"];
        ++tags[tag];
        check(texts.insert(tag + prompt).second, "twice: " + prompt);
        const Reading r = parse_prompt(prompt, level);
        check(r.ok(), "'" + prompt + "' is refused: " + r.problem);
        check_equal(r.said.mentions.size(), line["include"].size(), "things in: " + prompt);
        bool pair = false;
        for (const Mention& m : r.said.mentions) {
          bool required = false;
          for (const Json& want : line["include"])
            required = required || (want["class"] == word(m.obj) && want["count"] == m.count &&
                                    (!want.contains("color") || want["color"] == word(*m.col)));
          check(required, "required in: " + prompt);
          pair = pair || (m.col && held_out(*m.col, m.obj));
        }
        const bool pairs =
            edition == Edition::unseen && tag != "single_object" && (tag != "counting" || level == Level::S);
        check_equal(pair, pairs, "held-out pair in: " + prompt);
        if (edition == Edition::unseen && tag == "counting" && level != Level::S)
          check(held_out_count(r.said.mentions[0].count, r.said.mentions[0].obj), "held-out count in: " + prompt);
        check_equal(line.contains("exclude"), tag == "counting", "exclude");
        if (tag == "counting")
          check(line["exclude"][0]["count"] == r.said.mentions[0].count + 1, "one more is excluded");
        if (tag == "position") {
          const Json& subject = line["include"][1];
          const Link& l = r.said.links.at(0);
          check(subject["class"] == word(r.said.mentions[size_t(l.subject)].obj), "subject of: " + prompt);
          check(subject["position"][0] == phrase(l.rel) && subject["position"][1] == 0, "relation of: " + prompt);
        }
        held_wording[tag] += wrapper_texts(prompt, Wording::held_out) > wrapper_texts(prompt, Wording::trained);
      }
      check_equal(tags.size(), 6u, "tags");
      for (const auto& [tag, n] : tags) {
        check_equal(n, 60, tag);
        check_equal(held_wording[tag], edition == Edition::unseen && tag == "single_object" ? 60 : 30,
                    "held-out wording of " + tag);
      }
    }
}

void vqa_sets_are_balanced_over_types() {
  for (const Level level : kLevels) {
    std::map<QuestionType, int> types;
    for (const VqaItem& item : vqa_set(level)) {
      ++types[item.qa.type];
      check(belongs(item.scene, Split::test), "test scenes show nothing held out");
    }
    const int n = level == Level::L ? 11 : 10;
    check_equal(int(types.size()), n, "types");
    for (const auto& [type, count] : types) check_close(count, 2000.0 / n, 1, name(type));
  }
}

void mme_pictures_have_one_yes_and_one_no() {
  for (const Level level : kLevels) {
    const auto items = mme_set(level);
    check_equal(items.size(), 480u, "questions");
    std::map<std::string, int> categories;
    for (size_t i = 0; i < items.size(); i += 2) {
      check(items[i].scene == items[i + 1].scene && items[i].answer == "yes" && items[i + 1].answer == "no", "a pair");
      ++categories[items[i].category];
    }
    for (const auto& [c, n] : categories) check_equal(n, 60, c);
    check_equal(categories.size(), 4u, "categories");
  }
}

void edit_sets_have_a_hundred_cases_of_six_kinds() {
  for (const Level level : kLevels) {
    std::map<EditKind, int> kinds;
    for (const EditItem& item : edit_set(level)) {
      ++kinds[item.edit.kind];
      check(valid(item.edit.target) && !(item.edit.target == item.source), "a valid change");
    }
    check_equal(kinds.size(), 6u, "kinds");
    for (const auto& [k, n] : kinds) check_equal(n, 100, name(k));
  }
}

void riddles_require_their_answer() {
  for (const Level level : kLevels) {
    const auto lines = riddle_set(level);
    check_equal(lines.size(), riddles_of(level).size(), "riddles");
    for (const Json& line : lines)
      check(parse_prompt(line["prompt"].get<std::string>(), level).ok(), "riddles are accepted");
  }
}

void caption_sets_are_told_in_full() {
  for (const VqaItem& item : caption_set(Level::M))
    check_close(caption_f1(item.qa.answer, item.scene), 1, 1e-12, item.qa.answer);
}

// The sets are frozen: a change of these sums makes every published score of the world incomparable.
void frozen_sets_have_the_recorded_sums() {
  const char* recorded[] = {"50394579bc475dab1da524b32e0734e379f91d118cde0cd0b860a1df45573160",
                            "6c531f70907a6f6d7651e16031d4f5852fc61de8b5bd404b5f164671f800e384",
                            "24c3988923c7f58edba3696bb0d7e5d40a7c353ddc4528aabf0a954c070d87f9"};
  for (const Level level : kLevels) {
    Sha256 sum;
    sum.add(jsonl(geneval_prompts(level, Edition::seen)))
        .add(jsonl(geneval_prompts(level, Edition::unseen)))
        .add(jsonl(riddle_set(level)));
    const auto add = [&](const Scene& s, const std::string& text) { sum.add(to_json(s).dump()).add(text); };
    for (const VqaItem& i : vqa_set(level)) add(i.scene, to_json(i.qa).dump());
    for (const VqaItem& i : sign_set(level)) add(i.scene, to_json(i.qa).dump());
    for (const VqaItem& i : caption_set(level)) add(i.scene, to_json(i.qa).dump());
    for (const MmeItem& i : mme_set(level)) add(i.scene, i.category + i.question + i.answer);
    for (const EditItem& i : edit_set(level)) add(i.source, to_json(i.edit).dump());
    for (const Split split : {Split::validation, Split::test, Split::unseen_pairs})
      for (const Scene& s : scene_set(level, split)) add(s, "");
    check_equal(sum.hex(), std::string(recorded[int(level)]), std::string("sets sum of level ") + name(level));
  }
}

void scenes_survive_json() {
  Rng rng(1, 1);
  for (int i = 0; i < 200; ++i) {
    const Scene s = Sampler{Level::L, 1}.scene(i % 2 ? Task::crowd : Task::free, Split::train, rng);
    check(scene_from_json(parse_json(to_json(s).dump(), "here"), "here") == s, "the scene comes back");
  }
}

void broken_scene_json_is_refused() {
  const auto refusal_of = [](const std::string& text) {
    return message_of<LoadError>([&] { scene_from_json(parse_json(text, "here"), "here"); });
  };
  check_contains(refusal_of("[]"), "here");
  check_contains(refusal_of(R"({"background":"moonbase","background_seed":0,"objects":[]})"), "moonbase");
  check_contains(refusal_of(R"({"background":"sea","background_seed":0,"objects":7})"), "objects");
  check_contains(
      refusal_of(
          R"({"background":"sea","background_seed":0,"objects":[{"object":"star","color":"red","x":64,"y":64,"radius":17}]})"),
      "rules");
  check_contains(
      refusal_of(
          R"({"background":"sea","background_seed":0,"objects":[{"object":"star","color":"red","x":1e9,"y":64,"radius":18}]})"),
      "x");
}

void contact_sheets_place_pictures_row_by_row() {
  std::vector<Image> three;
  for (uint8_t i = 0; i < 3; ++i) {
    Image one(4, 2);
    std::fill(one.pixels.begin(), one.pixels.end(), uint8_t(10 * (i + 1)));
    three.push_back(one);
  }
  const Image sheet = contact_sheet(three, 2, 1);
  check_equal(sheet.width, 9, "width");
  check_equal(sheet.height, 5, "height");
  check_equal(int(sheet.at(0, 0)[0]), 10, "first");
  check_equal(int(sheet.at(4, 0)[0]), 255, "gap");
  check_equal(int(sheet.at(5, 1)[2]), 20, "second");
  check_equal(int(sheet.at(3, 4)[0]), 30, "third");
  check_equal(int(sheet.at(8, 4)[0]), 255, "empty place");
  three[1] = Image(2, 2);
  check_contains(message_of<RequestError>([&] { contact_sheet(three, 2); }), "one size");
  check_contains(message_of<RequestError>([] { contact_sheet({}, 2); }), "at least one picture");
  check_contains(message_of<RequestError>([] { contact_sheet(std::vector<Image>(200, Image(128, 128)), 1); }), "16384");
}

struct Entry {
  std::string name, content;
};

std::vector<Entry> entries_of(const std::string& tar) {
  std::vector<Entry> out;
  for (size_t at = 0; at + 512 <= tar.size() && tar[at] != 0;) {
    const std::string header = tar.substr(at, 512);
    const size_t size = std::stoul(header.substr(124, 11), nullptr, 8);
    unsigned sum = 0;
    for (size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? ' ' : uint8_t(header[i]);
    check_equal(sum, unsigned(std::stoul(header.substr(148, 6), nullptr, 8)), "header sum");
    check_equal(header.substr(257, 5), std::string("ustar"), "magic");
    out.push_back({header.substr(0, header.find('\0')), tar.substr(at + 512, size)});
    at += 512 + (size + 511) / 512 * 512;
  }
  return out;
}

void shards_hold_png_text_and_json_of_every_scene() {
  const TemporaryFolder folder;
  ExportOptions o;
  o.level = Level::M, o.count = 5, o.per_shard = 3, o.seed = 4, o.folder = folder / "shards";
  int64_t last = 0;
  const auto shards = export_shards(o, [&](int64_t done) { last = done; });
  check_equal(last, 5, "progress");
  check_equal(shards.size(), 2u, "shards");
  check_equal(shards[1].filename().string(), std::string("00001.tar"), "name");
  const auto entries = entries_of(read_file(shards[0], 1 << 24));
  check_equal(entries.size(), 9u, "entries");
  check_equal(entries_of(read_file(shards[1], 1 << 24)).size(), 6u, "entries of the second");
  for (size_t i = 0; i < 9; i += 3) {
    const std::string stem = "0000000" + std::to_string(i / 3);
    check_equal(entries[i].name, stem + ".png", "picture");
    check_equal(entries[i + 1].name, stem + ".txt", "text");
    check_equal(entries[i + 2].name, stem + ".json", "scene");
    const Json json = parse_json(entries[i + 2].content, "json");
    const Scene scene = scene_from_json(json["scene"], "scene");
    check(belongs(scene, Split::train), "a training scene");
    check(decode_image(std::as_bytes(std::span(entries[i].content)), "png") == Renderer().draw(scene),
          "the picture shows the scene");
    check(parse_prompt(entries[i + 1].content, Level::M).ok(), "the text is a prompt");
    check(json["questions"].size() > 3, "questions");
  }
}

void equal_exports_are_equal_bytes() {
  const TemporaryFolder folder;
  ExportOptions o;
  o.count = 4, o.split = Split::unseen_pairs, o.crowds = 0.5f;
  o.folder = folder / "a";
  const std::string a = sha256_hex_of_file(export_shards(o)[0]);
  o.folder = folder / "b";
  check_equal(sha256_hex_of_file(export_shards(o)[0]), a, "sum of the second export");
}

void impossible_exports_are_refused() {
  const TemporaryFolder folder;
  ExportOptions o;
  o.count = 0, o.folder = folder / "a";
  check_contains(message_of<RequestError>([&] { export_shards(o); }), "scenes is 0");
  o.count = 1, o.folder = "";
  check_contains(message_of<RequestError>([&] { export_shards(o); }), "folder");
  write_file(folder / "file", "x");
  o.folder = folder / "file";
  check_contains(message_of<Error>([&] { export_shards(o); }), "file");
  check_contains(message_of<RequestError>([] { level_named("XL"); }), "S, M or L");
}

void a_stopped_export_leaves_no_half_shard() {
  const TemporaryFolder folder;
  ExportOptions o;
  o.count = 4, o.per_shard = 2, o.folder = folder / "a";
  bool stopped = false;
  try {
    export_shards(o, [](int64_t done) {
      if (done == 3) throw Stop{};
    });
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped, "the stop comes through");
  int files = 0;
  for (const auto& f : std::filesystem::directory_iterator(folder / "a"))
    files += f.path().filename() == "00000.tar" ? 1 : 10;
  check_equal(files, 1, "only the finished shard");
}

const Cases cases = {CASE(geneval_prompts_say_what_they_require),
                     CASE(vqa_sets_are_balanced_over_types),
                     CASE(mme_pictures_have_one_yes_and_one_no),
                     CASE(edit_sets_have_a_hundred_cases_of_six_kinds),
                     CASE(riddles_require_their_answer),
                     CASE(caption_sets_are_told_in_full),
                     CASE(frozen_sets_have_the_recorded_sums),
                     CASE(scenes_survive_json),
                     CASE(broken_scene_json_is_refused),
                     CASE(contact_sheets_place_pictures_row_by_row),
                     CASE(shards_hold_png_text_and_json_of_every_scene),
                     CASE(equal_exports_are_equal_bytes),
                     CASE(impossible_exports_are_refused),
                     CASE(a_stopped_export_leaves_no_half_shard)};

}  // namespace
