// The commands of the program blip3o. Each function adds one subcommand to the parser; its callback does the work and
// throws: RequestError and LoadError mean exit 1 with their sentence, Stop means the user interrupted.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <utility>

#include "app/cli/session.h"
#include "core/base/json.h"

namespace b3o::cli {

void add_chat(CLI::App& app, Common& common);
void add_generate(CLI::App& app, Common& common);
void add_edit(CLI::App& app, Common& common);
void add_reconstruct(CLI::App& app, Common& common);
void add_encode(CLI::App& app, Common& common);
void add_decode(CLI::App& app, Common& common);
void add_tokenize(CLI::App& app, Common& common);
void add_inspect(CLI::App& app, Common& common);
void add_synthesize(CLI::App& app, Common& common);
void add_check(CLI::App& app, Common& common);
void add_bench(CLI::App& app, Common& common);
void add_evaluate(CLI::App& app, Common& common);
void add_train(CLI::App& app, Common& common);
// The option --smoke of the command `train`.
void add_train_smoke(CLI::App& train, Common& common);
void add_world(CLI::App& app, Common& common);
// Beside the stages, under the command `train`.
void add_train_tokenizer(CLI::App& train, Common& common);
void add_train_assemble(CLI::App& train, Common& common);

// The object in a JSON file of at most 4 MB. LoadError.
Json object_at(const std::string& file);

// NAME=VALUE; RequestError naming the option otherwise.
std::pair<std::string, std::string> assignment(const std::string& text, const char* option);

// From now on the first Ctrl-C makes this return true; a second one ends the program at once.
std::function<bool()> train_interrupted();

}  // namespace b3o::cli
