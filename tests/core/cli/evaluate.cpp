// The command `evaluate world` from outside, on a folder whose weights are formulas.
#include <functional>

#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// The tiny folder as one of the drawn world, with as few steps as it can take.
std::string world_folder(const TemporaryFolder& place) {
  const auto folder = place / "model";
  std::filesystem::copy(data_path("generation/tiny-blip3o"), folder, std::filesystem::copy_options::recursive);
  const auto change = [&](const char* file, const std::function<void(Json&)>& how) {
    Json json = parse_json(read_file(folder / file, 1u << 20), file);
    how(json);
    write_file(folder / file, json.dump());
  };
  change("config.json", [](Json& config) {
    config["studio"] = {{"world", {{"level", "M"}}}, {"plan_steps", 1},    {"default_paint_steps", 1},
                        {"paint_guidance", 1},       {"plan_guidance", 1}, {"edit_strength", 1}};
  });
  change("diffusion-decoder/unet/config.json", [](Json& unet) { unet["sample_size"] = 16; });  // 128 pixels
  return folder.string();
}

void a_run_is_kept_and_scored_again_without_asking() {
  const TemporaryFolder place;
  const std::string out = (place / "run").string(), report = (place / "report.json").string();
  std::vector<std::string> words = {"evaluate", "world", "--model", world_folder(place),
                                    "--limit",  "1",     "--seeds", "2",
                                    "--out",    out,     "--json",  report};
  const Ran refused = run_program(words);
  check_equal(refused.status, 1, "an incomplete run (" + refused.err + ")");
  check_contains(refused.err, "drawing-seen 1 of 360, ceilings-seen 1 of 360");
  check_contains(refused.out, "not scored");
  words.push_back("--partial");
  const Ran scored = run_program(words);
  check_equal(scored.status, 0, "a partial one (" + scored.err + ")");
  check_contains(scored.out, "Paper World, level M: ");
  check_contains(scored.out, "Incomplete: drawing-seen 1 of 360");
  const Json json = parse_json(read_file(report, 1u << 24), "report");
  check_equal(json["sets"].size(), 9u, "sets");
  for (const auto& [name, set] : json["sets"].items()) {
    check_equal(set["items"].get<int>(), 1, name);
    check(set["scores"].is_object(), name + " has scores");
  }
  for (const char* way : {"renders", "autoencoder", "decoder"})
    check(json["sets"]["ceilings-seen"]["scores"][way].is_object(), way);
  words.push_back("--score-only");
  check_equal(run_program(words).out, scored.out, "scored without asking");
}

void other_answers_and_unknown_parts_are_refused() {
  const TemporaryFolder place;
  const std::string model = world_folder(place), out = (place / "run").string();
  const std::vector<std::string> words = {"evaluate", "world", "--model", model, "--only",   "vqa",
                                          "--limit",  "1",     "--out",   out,   "--partial"};
  check_equal(run_program(words).status, 0, "the first run");
  auto other = words;
  other.insert(other.end(), {"--level", "S"});
  const Ran ran = run_program(other);
  check_equal(ran.status, 1, "another level");
  check_contains(ran.err, "'level' is \"M\" there and \"S\" now");
  const Ran poems = run_program({"evaluate", "world", "--model", model, "--only", "poems"});
  check_equal(poems.status, 1, "an unknown part");
  check_contains(poems.err, "'poems'");
}

const Cases cases = {CASE(a_run_is_kept_and_scored_again_without_asking),
                     CASE(other_answers_and_unknown_parts_are_refused)};

}  // namespace
