// What the program tells of a model folder before it is loaded: memory, free memory, hashes.
#include <filesystem>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;
namespace fs = std::filesystem;

namespace {

std::string tiny() { return data_path("generation/tiny-blip3o").string(); }

void inspect_estimates_the_memory_and_compares_it_with_what_is_free() {
  const Ran ran = run_program({"inspect", tiny(), "--json", "--device", "cpu"});
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  const Json memory = ran.json()["memory"];
  check(memory["needed"].get<uint64_t>() == memory["weights_copied"].get<uint64_t>() + memory["cache"].get<uint64_t>() +
                                                memory["scratch"].get<uint64_t>(),
        "needed is the sum");
  check(memory["free"].get<uint64_t>() > 0 && memory["total"] >= memory["free"], "free");
  check_equal(memory["fits"].get<std::string>(), "yes", "verdict");
  check_contains(run_program({"inspect", tiny(), "--device", "cpu"}).out, "are free. It fits.");
}

void inspect_says_when_an_official_model_would_not_fit() {
  const Json memory =
      run_program({"inspect", "--like", "8b", "--json", "--device", "cpu", "--dtype", "fp32"}).json()["memory"];
  const auto needed = memory["needed"].get<uint64_t>(), mapped = memory["weights_mapped"].get<uint64_t>(),
             free = memory["free"].get<uint64_t>();
  const std::string fits = needed > free ? "no" : needed + mapped > free ? "slowly" : "yes";
  check_equal(memory["fits"].get<std::string>(), fits, "verdict");
  check(needed + mapped > 16'000'000'000, "an 8B model is large");
}

void check_compares_the_hashes_a_folder_lists() {
  const TemporaryFolder temporary;
  const fs::path folder = temporary / "model";
  fs::copy(tiny(), folder, fs::copy_options::recursive);
  const auto check_it = [&] {
    return run_program({"check", folder.string(), "--hashes", "--quiet", "--device", "cpu"});
  };
  Ran ran = check_it();
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  check_contains(ran.out, "a good model; no list of hashes in this folder");
  write_file(folder / "SHA256SUMS",
             sha256_hex_of_file(folder / "generation_config.json") + "  generation_config.json\n");
  check_contains(check_it().out, "all 1 listed hashes match");
  write_file(folder / "generation_config.json", read_file(folder / "generation_config.json", 1 << 20) + "\n");
  ran = check_it();
  check_equal(ran.status, 1, "exit status");
  check_contains(ran.err, "1 of 1 listed files differ from their SHA-256: generation_config.json");
}

void the_shipped_folder_matches_its_own_list() {
  const Ran ran = run_program({"check", B3O_SHIPPED_MODEL, "--hashes", "--quiet", "--device", "cpu"});
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  check_contains(ran.out, "all 14 listed hashes match");
}

const Cases cases = {
    CASE(inspect_estimates_the_memory_and_compares_it_with_what_is_free),
    CASE(inspect_says_when_an_official_model_would_not_fit),
    CASE(check_compares_the_hashes_a_folder_lists),
    CASE(the_shipped_folder_matches_its_own_list),
};

}  // namespace
