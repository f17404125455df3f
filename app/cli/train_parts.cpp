// The commands beside the trained stages: the tokenizer, which is counted, and the folder that all results become.
#include <iostream>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/assemble.h"
#include "core/train/learn_tokenizer.h"

namespace b3o::cli {

Json object_at(const std::string& file) {
  const Json json = parse_json(read_file(file, 4 << 20), file);
  if (!json.is_object()) throw LoadError(file + ": expected one JSON object");
  return json;
}

void add_train_tokenizer(CLI::App& train, Common& common) {
  struct Options {
    std::string config, out;
  };
  auto* command = train.add_subcommand("tokenizer", "the byte-level tokenizer of the drawn world's language");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("--config", o->config, "recipe (JSON)")->check(CLI::ExistingFile)->required();
  command->add_option("--out", o->out, "folder of the result")->required();
  command->callback([o] {
    train::train_tokenizer(object_at(o->config), o->config, o->out);
    std::cout << "Done: " << o->out << std::endl;
  });
}

void add_train_assemble(CLI::App& train, Common& common) {
  struct Options {
    std::string config, recipes, revision, out;
    std::vector<std::string> inputs;
  };
  auto* command = train.add_subcommand("assemble", "the results of all stages as one model folder");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("--input", o->inputs, "STAGE=FOLDER: the result of a stage")->required();
  command->add_option("--config", o->config, "JSON with the object 'studio': what the model says of itself")
      ->check(CLI::ExistingFile);
  command->add_option("--recipes", o->recipes, "folder with the stages' recipes, kept in recipe.json")
      ->check(CLI::ExistingDirectory);
  command->add_option("--revision", o->revision, "of the code, kept in recipe.json");
  command->add_option("--out", o->out, "new folder")->required();
  command->callback([o] {
    train::AssembleRequest request;
    for (const std::string& input : o->inputs) {
      const auto [stage, folder] = assignment(input, "--input");
      request.inputs[stage] = folder;
    }
    if (!o->config.empty()) {
      const Json json = object_at(o->config);
      request.studio = Fields(json, o->config).object("studio").json();
    }
    request.recipes = o->recipes;
    request.revision = o->revision;
    request.folder = o->out;
    train::assemble(request);
    std::cout << "Done: " << o->out << std::endl;
  });
}

}  // namespace b3o::cli
