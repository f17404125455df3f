// The commands from outside: results, exit statuses, and sentences.
#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string tiny() { return data_path("generation/tiny-blip3o").string(); }
std::string chat_model() { return data_path("understanding/tiny-qwen2.5-vl").string(); }

std::vector<std::string> quick_drawing(const std::string& out, const std::string& seed) {
  return {"generate",      "a house", "--model", tiny(), "--size", "64x64", "--plan-steps", "3",
          "--paint-steps", "2",       "--seed",  seed,   "--out",  out,     "--quiet"};
}

void one_sentence_and_status_1(const Ran& ran, const std::string& part) {
  check_equal(ran.status, 1, "exit status (" + ran.err + ")");
  check_contains(ran.err, part);
  check(ran.err.find('\n') == ran.err.size() - 1, "more than one line: " + ran.err);
}

void help_and_version_end_well_and_wrong_usage_is_2() {
  check_equal(run_program({"--help"}).status, 0, "--help");
  check_equal(run_program({"--version"}).status, 0, "--version");
  for (const char* command : {"chat", "generate", "edit", "reconstruct", "encode", "decode", "tokenize", "inspect",
                              "synthesize", "check", "bench", "evaluate"})
    check_equal(run_program({command, "--help"}).status, 0, std::string(command) + " --help");
  check_equal(run_program({}).status, 2, "no command");
  check_equal(run_program({"paint"}).status, 2, "an unknown command");
  check_equal(run_program({"edit", "x", "--model", tiny()}).status, 2, "a missing option");
  check_equal(run_program({"generate", "x", "--model", tiny(), "--paint-steps", "0"}).status, 2,
              "a value out of range");
}

void chat_prints_the_reference_text_as_json() {
  const Json cases = parse_json(read_file(data_path("understanding/cases.json"), 64u << 20), "cases");
  const TemporaryFolder folder;
  for (const auto& golden : cases["cases"]) {
    const std::string name = golden["name"];
    if (name != "multi_turn" && name != "two_images" && name != "untied_text_only") continue;
    Json messages = golden["messages"];
    for (auto& message : messages)
      if (message["content"].is_array())
        for (auto& part : message["content"])
          if (part["type"] == "image")
            part["image"] = data_path("understanding/" + part["image"].get<std::string>()).string();
    write_file(folder / "messages.json", messages.dump());
    const Ran ran = run_program(
        {"chat", "--model", data_path("understanding/" + golden["model"].get<std::string>()).string(), "--messages",
         (folder / "messages.json").string(), "--greedy", "--max-tokens", "24", "--json", "--dtype", "fp32"});
    check_equal(ran.status, 0, name + " exit status (" + ran.err + ")");
    const Json json = ran.json();
    for (const char* key : {"prompt", "input_ids", "rope_delta"})
      check(json[key] == golden[key], name + ": " + key + " differs");
    check(json["ids"] == golden["greedy"]["ids"], name + ": ids differ");
    check(json["text"] == golden["greedy"]["text"], name + ": text differs");
  }
}

void chat_reads_questions_from_stdin() {
  const Ran ran = run_program({"chat", "--model", chat_model(), "--max-tokens", "3"}, "hello\nand then?\n");
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  check(std::count(ran.out.begin(), ran.out.end(), '\n') >= 2, "two answers");
}

void a_seed_gives_the_same_file_and_its_recipe_gives_it_again() {
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder / name).string(); };
  check_equal(run_program(quick_drawing(file("a.png"), "5")).status, 0, "first run");
  check_equal(run_program(quick_drawing(file("b.png"), "5")).status, 0, "second run");
  check(read_file(file("a.png"), 1u << 24) == read_file(file("b.png"), 1u << 24), "equal seeds, different files");
  const Ran again =
      run_program({"generate", "--model", tiny(), "--recipe", file("a.png"), "--out", file("c.png"), "--quiet"});
  check_equal(again.status, 0, "from the recipe (" + again.err + ")");
  check(read_file(file("a.png"), 1u << 24) == read_file(file("c.png"), 1u << 24), "the recipe gives another file");
}

void several_pictures_get_numbers_and_following_seeds() {
  const TemporaryFolder folder;
  auto words = quick_drawing((folder / "p.png").string(), "8");
  words.insert(words.end(), {"--count", "2", "--json"});
  const Ran ran = run_program(words);
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  const Json pictures = ran.json()["pictures"];
  check_equal(pictures.size(), 2u, "pictures");
  check_equal(pictures[1]["recipe"]["seed"].get<int>(), 9, "second seed");
  check(std::filesystem::exists(folder / "p-2.png"), "the second file");
}

void an_empty_prompt_is_valid() {
  const TemporaryFolder folder;
  auto words = quick_drawing((folder / "p.png").string(), "1");
  words[1] = "";
  check_equal(run_program(words).status, 0, "exit status");
}

void encode_and_decode_meet_in_a_file() {
  const TemporaryFolder folder;
  const std::string photo = data_path("generation/recon_eva.png").string(),
                    tokens = (folder / "e.safetensors").string();
  check_equal(run_program({"encode", "--model", tiny(), "--image", photo, "--out", tokens}).status, 0, "encode");
  const Ran ran = run_program({"decode", tokens, "--model", tiny(), "--size", "64x48", "--paint-steps", "2", "--seed",
                               "1", "--out", (folder / "d.png").string()});
  check_equal(ran.status, 0, "decode (" + ran.err + ")");
  const Image picture = load_image(folder / "d.png");
  check(picture.width == 64 && picture.height == 48, "the picture's size");
}

void a_drawn_file_holds_its_tokens_and_is_painted_from_them_again() {
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder / name).string(); };
  auto words = quick_drawing(file("a.png"), "5");
  words.insert(words.end(), {"--paint-guidance", "1"});  // above 1 the tokens of no prompt would be needed too
  check_equal(run_program(words).status, 0, "drawing");
  const Ran again = run_program({"decode", file("a.png"), "--model", tiny(), "--out", file("b.png"), "--quiet"});
  check_equal(again.status, 0, "decode (" + again.err + ")");
  check(load_image(file("a.png")) == load_image(file("b.png")), "the repainted picture differs");

  *(std::find(words.begin(), words.end(), "--out") + 1) = file("c.png");
  words.push_back("--no-tokens");
  check_equal(run_program(words).status, 0, "drawing without tokens");
  one_sentence_and_status_1(run_program({"decode", file("c.png"), "--model", tiny()}), "holds no tokens");
}

void an_edit_keeps_the_size_of_an_odd_picture() {
  const TemporaryFolder folder;
  Image source(61, 47);
  write_file(folder / "s.png", encode_png(source));
  const Ran good = run_program({"edit", "make it red", "--model", tiny(), "--image", (folder / "s.png").string(),
                                "--plan-steps", "2", "--paint-steps", "4", "--strength", "0.5", "--size", "64x48",
                                "--out", (folder / "o.png").string()});
  check_equal(good.status, 0, "edit (" + good.err + ")");
  const Image out = load_image(folder / "o.png");
  check(out.width == 61 && out.height == 47, "the size changed");
}

void refusals_are_one_sentence() {
  const TemporaryFolder folder;
  const std::string none = (folder / "none").string(), text = (folder / "text.png").string();
  write_file(text, "not a picture");
  one_sentence_and_status_1(run_program({"chat", "hi", "--model", none}), "is not a folder");
  one_sentence_and_status_1(run_program({"chat", "hi", "--model", chat_model(), "--image", text}), "text.png");
  one_sentence_and_status_1(run_program({"generate", "x", "--model", chat_model()}), "not draw");
  one_sentence_and_status_1(run_program({"generate", "x", "--model", tiny(), "--size", "64"}), "--size");
  one_sentence_and_status_1(run_program({"generate", "x", "--model", tiny(), "--sampler", "magic"}), "'magic'");
  one_sentence_and_status_1(run_program({"generate", "--model", tiny()}), "Nothing to draw");
  one_sentence_and_status_1(run_program({"check", text}), "text.png");
  one_sentence_and_status_1(run_program({"inspect", none}), "is not a folder");
  one_sentence_and_status_1(run_program({"tokenize", "x", "--tokenizer", none}), "none");
}

void check_accepts_what_is_whole() {
  check_equal(run_program({"check", tiny()}).status, 0, "a model folder");
  check_equal(run_program({"check", "--as", "tokenizer", chat_model()}).status, 0, "a tokenizer");
  check_equal(run_program({"check", "--as", "weights", chat_model()}).status, 0, "weights");
  check_equal(run_program({"check", data_path("generation/chain.safetensors").string()}).status, 0, "safetensors");
  check_equal(run_program({"check", data_path("generation/i2i_lm.png").string()}).status, 0, "a picture");
}

void inspect_counts_without_reading() {
  const Json json = run_program({"inspect", "--like", "8b", "--json"}).json();
  check_equal(json["backbone"]["tensor_count"].get<int>(), 729, "tensors");
  check_equal(json["backbone"]["parameters"].get<int64_t>(), int64_t(8289328128), "parameters");
  check_equal(run_program({"inspect", tiny()}).status, 0, "a folder");
}

// A small folder of the drawn world.
struct WorldFolder {
  TemporaryFolder place;
  WorldFolder() {
    std::filesystem::copy(tiny(), path(), std::filesystem::copy_options::recursive);
    Json json = parse_json(read_file(path() + "/config.json", 1u << 20), "config");
    json["studio"] = {{"name", "Toy"},       {"notice", "Only a test."}, {"world", {{"level", "S"}}},
                      {"plan_steps", 2},     {"paint_steps", {1, 2}},    {"default_paint_steps", 2},
                      {"paint_guidance", 1}, {"edit_steps", 2},          {"edit_strength", 0.5}};
    write_file(path() + "/config.json", json.dump());
  }
  std::string path() const { return (place / "model").string(); }
  std::vector<std::string> draw(const std::string& prompt, const std::string& out) const {
    return {"generate", prompt, "--model", path(), "--size", "64x64", "--seed", "1", "--out", out};
  }
};

void a_folder_of_the_drawn_world_is_asked_for_its_own_things_only() {
  const WorldFolder folder;
  const std::string out = (folder.place / "a.png").string();
  const Ran refused = run_program(folder.draw("a photo of an astronaut", out));
  one_sentence_and_status_1(refused, "astronaut");
  check_contains(refused.err, "Try: ");
  auto steps = folder.draw("a red fish", out);
  steps.insert(steps.end(), {"--paint-steps", "3"});
  one_sentence_and_status_1(run_program(steps), "1, 2 steps");
  check(!std::filesystem::exists(out), "a picture was written");
}

void the_notice_stands_beside_results() {
  const WorldFolder folder;
  auto draw = folder.draw("a red fish", (folder.place / "a.png").string());
  const Ran plain = run_program(draw);
  check_equal(plain.status, 0, "exit status (" + plain.err + ")");
  check_equal(plain.err, std::string("Toy: Only a test.\n"));
  draw.push_back("--json");
  check_equal(run_program(draw).json()["notice"].get<std::string>(), std::string("Only a test."));
  const Ran answer = run_program({"chat", "hello", "--model", folder.path(), "--max-tokens", "2", "--json"});
  check_equal(answer.json()["notice"].get<std::string>(), std::string("Only a test."));
}

void an_edit_takes_strength_and_steps_of_the_folder() {
  const WorldFolder folder;
  const Ran ran = run_program({"edit", "make the star larger", "--model", folder.path(), "--image",
                               data_path("generation/i2i_lm.png").string(), "--size", "64x64", "--seed", "1", "--out",
                               (folder.place / "a.png").string(), "--json"});
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  const Json recipe = ran.json()["pictures"][0]["recipe"];
  check_close(recipe["strength"].get<double>(), 0.5, 1e-9, "strength");
  check_equal(recipe["paint"]["steps"].get<int>(), 2, "steps");
  check_equal(recipe["prompt"].get<std::string>(), std::string("make the star larger"));
}

const Cases cases = {
    CASE(help_and_version_end_well_and_wrong_usage_is_2),
    CASE(chat_prints_the_reference_text_as_json),
    CASE(chat_reads_questions_from_stdin),
    CASE(a_seed_gives_the_same_file_and_its_recipe_gives_it_again),
    CASE(several_pictures_get_numbers_and_following_seeds),
    CASE(an_empty_prompt_is_valid),
    CASE(encode_and_decode_meet_in_a_file),
    CASE(a_drawn_file_holds_its_tokens_and_is_painted_from_them_again),
    CASE(an_edit_keeps_the_size_of_an_odd_picture),
    CASE(refusals_are_one_sentence),
    CASE(check_accepts_what_is_whole),
    CASE(inspect_counts_without_reading),
    CASE(a_folder_of_the_drawn_world_is_asked_for_its_own_things_only),
    CASE(the_notice_stands_beside_results),
    CASE(an_edit_takes_strength_and_steps_of_the_folder),
};

}  // namespace
