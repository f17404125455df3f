// Training and the drawn world from outside.
#include <algorithm>
#include <sstream>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;

namespace {

namespace fs = std::filesystem;

std::string tiny() { return data_path("generation/tiny-blip3o").string(); }

std::vector<std::string> export_to(const fs::path& folder, const std::string& seed = "1") {
  return {"world",   "export", "--n",    "5",  "--per-shard", "3",
          "--split", "train",  "--seed", seed, "--out",       folder.string()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

void a_refusal(const Ran& ran, const std::string& part) {
  check_equal(ran.status, 1, "exit status (" + ran.err + ")");
  check_contains(ran.err, part);
}

void exported_worlds_are_equal_for_equal_seeds() {
  const TemporaryFolder folder;
  const Ran ran = run_program(export_to(folder / "a"));
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  const auto shards = lines_of(ran.out);
  check_equal(shards.size(), size_t(2), "shards");
  check_equal(run_program(export_to(folder / "b")).status, 0, "again");
  check_equal(run_program(export_to(folder / "c", "2")).status, 0, "with another seed");
  const auto bytes = [&](const char* name) { return read_file(folder / name / "00001.tar", 64u << 20); };
  check(bytes("a") == bytes("b"), "equal seeds, different shards");
  check(bytes("a") != bytes("c"), "different seeds, equal shards");
  auto wrong = export_to(folder / "d");
  wrong.insert(wrong.end(), {"--level", "XL"});
  a_refusal(run_program(wrong), "XL");
  auto none = export_to(folder / "d");
  none[3] = "0";
  a_refusal(run_program(none), "number of scenes");
}

void a_sheet_shows_scenes_and_their_prompts() {
  const TemporaryFolder folder;
  const std::string file = (folder / "sheet.png").string();
  const Ran ran = run_program({"world", "show", "--n", "6", "--columns", "3", "--out", file});
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  check_equal(lines_of(ran.out).size(), size_t(6), "prompts");
  const Image sheet = load_image(file);
  check_equal(sheet.width, 3 * 128 + 2 * 2, "width");
  check_equal(sheet.height, 2 * 128 + 2, "height");
  a_refusal(run_program({"world", "show", "--n", "200", "--columns", "1", "--out", file}), "contact sheet");
  check_equal(run_program({"world"}).status, 2, "no command of the world");
}

std::vector<std::string> joint(const fs::path& data, const fs::path& out, const char* steps) {
  return {"train",      "joint",   "--model",   tiny(),        "--data",   data.string(), "--out",
          out.string(), "--batch", "2",         "--max-steps", steps,      "--lr",        "0.001",
          "--seed",     "3",       "--threads", "1",           "--freeze", "visual.*"};
}

void a_folder_is_trained_on_exported_shards_and_draws() {
  const TemporaryFolder folder;
  check_equal(run_program(export_to(folder / "shards")).status, 0, "export");
  write_file(folder / "list.txt", "no such prompt\n");
  auto words = joint(folder / "shards", folder / "run", "3");
  words.insert(words.end(),
               {"--cache-features", (folder / "cache").string(), "--exclude-prompts", (folder / "list.txt").string(),
                "--cond-drop", "0.2", "--timestep-density", "logit_normal(0,1)"});
  const Ran ran = run_program(words);
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  const fs::path result = folder / "run" / "result";
  check_contains(ran.out, result.string());
  check(fs::file_size(folder / "cache" / "features-0.bin") > 0, "features are cached");
  const auto lines = lines_of(read_file(folder / "run" / "metrics.jsonl", 1u << 20));
  check(!lines.empty(), "metrics");
  const Json last = parse_json(lines.back(), "line");
  check(last.contains("flow") && last.contains("broken"), "the last line is no log: " + lines.back());
  check(last["flow"].get<double>() > 0 && last["broken"].get<double>() == 0, "the flow was trained on whole examples");
  const std::string picture = (folder / "a.png").string();
  check_equal(run_program({"generate", "a tree", "--model", result.string(), "--size", "64x64", "--plan-steps", "2",
                           "--paint-steps", "1", "--out", picture, "--quiet"})
                  .status,
              0, "the trained folder draws");
  words[11] = "5";  // --max-steps
  a_refusal(run_program(words), "--allow-config-change");
}

void lines_of_json_are_recognised() {
  const TemporaryFolder folder;
  fs::create_directories(folder / "pictures");
  write_file(folder / "pictures" / "a.png", encode_png(Image(40, 30)));
  write_file(folder / "data.jsonl", "{\"image\": \"a.png\", \"txt\": \"nothing\"}\n{\"broken\n");
  auto words = joint(folder / "data.jsonl", folder / "run", "2");
  words.insert(words.end(), {"--image-root", (folder / "pictures").string()});
  const Ran ran = run_program(words);
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  write_file(folder / "a.tar", std::string(1024, '\0'));
  words.insert(words.end(), {"--data", (folder / "a.tar").string()});
  a_refusal(run_program(words), "together");
}

void training_without_a_part_is_wrong_usage_and_without_data_refused() {
  const TemporaryFolder folder;
  for (const char* command : {"train", "world"})
    check_equal(run_program({command, "--help"}).status, 0, std::string(command) + " --help");
  check_equal(run_program({"train"}).status, 2, "no stage");
  check_equal(run_program({"train", "joint"}).status, 2, "no --out");
  const std::string out = (folder / "run").string();
  a_refusal(run_program({"train", "joint", "--out", out, "--batch", "1"}), "max_steps");
  a_refusal(run_program({"train", "joint", "--out", out, "--batch", "1", "--max-steps", "1"}), "--model");
  a_refusal(run_program({"train", "joint", "--out", out, "--batch", "1", "--max-steps", "1", "--model", tiny()}),
            "--data");
  a_refusal(run_program({"train", "--smoke", "--recipes", out}), "--recipes");
  a_refusal(run_program({"train", "--smoke", "--seconds", "0.5"}), "0.5 seconds");
}

const Cases cases = {
    CASE(exported_worlds_are_equal_for_equal_seeds),
    CASE(a_sheet_shows_scenes_and_their_prompts),
    CASE(a_folder_is_trained_on_exported_shards_and_draws),
    CASE(lines_of_json_are_recognised),
    CASE(training_without_a_part_is_wrong_usage_and_without_data_refused),
};

}  // namespace
