// Where the demonstration model is looked for.
#include "core/families/default_model.h"

#include "core/base/file.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
namespace fs = std::filesystem;

namespace {

// A tree with a program at `program` and a model folder at each of `models`.
struct Tree {
  TemporaryFolder place;
  fs::path program;
  Tree(const std::string& where, const std::vector<std::string>& models) : program(place / where) {
    fs::create_directories(program.parent_path());
    write_file(program, "");
    for (const std::string& model : models) {
      fs::create_directories(place / model);
      write_file(place / model / "config.json", "{}");
    }
  }
  std::string found() const {
    const fs::path folder = default_model_folder(program);
    return folder.empty() ? "" : fs::relative(folder, fs::weakly_canonical(place.path())).generic_string();
  }
};

const std::string kBuilt = "resources/model/paper-world", kInstalled = "share/blip3o-studio/paper-world";

void lies_in_the_source_tree_of_a_build() {
  check_equal(Tree("build/bin/blip3o", {kBuilt}).found(), kBuilt);
  check_equal(Tree("build/asan/bin/blip3o", {kBuilt}).found(), kBuilt);
}

void lies_beside_the_installed_program() {
  check_equal(Tree("bin/blip3o", {kInstalled}).found(), kInstalled);
  check_equal(Tree("usr/bin/blip3o", {"usr/" + kInstalled, kBuilt}).found(), "usr/" + kInstalled);
}

void a_folder_without_a_config_is_no_model() {
  Tree tree("build/bin/blip3o", {});
  fs::create_directories(tree.place / kBuilt);
  check_equal(tree.found(), std::string());
}

void a_far_away_tree_is_not_searched() { check_equal(Tree("a/b/c/d/e/bin/blip3o", {kBuilt}).found(), std::string()); }

const Cases cases = {
    CASE(lies_in_the_source_tree_of_a_build),
    CASE(lies_beside_the_installed_program),
    CASE(a_folder_without_a_config_is_no_model),
    CASE(a_far_away_tree_is_not_searched),
};

}  // namespace
