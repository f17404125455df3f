// The options that every command which paints shares: seed, size, paint settings, files.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

#include "app/cli/session.h"

namespace b3o::cli {

struct PaintOptions {
  std::string out = "out.png";
  std::string size, original_size, crop, recipe_file, trace, noise;
  uint64_t seed = 0;
  CLI::Option* seed_option = nullptr;
  int plan_steps = 0, paint_steps = 0;
  double plan_guidance = -1, paint_guidance = -1;
  bool exact_times = false, no_tokens = false;
  std::string sampler, spacing;

  void add_to(CLI::App& command);
  void add_plan_to(CLI::App& command);  // for commands that plan tokens before they paint
  // The recipe of --recipe (a JSON file or a PNG with a recipe inside) overlaid with the options that were given.
  // Without --seed and --recipe the seed is drawn from the system.
  Recipe recipe() const;
  ParityFiles parity() const { return {trace, noise}; }
};

// "640x480" -> two numbers; RequestError naming the option otherwise. separator: 'x' or ','.
std::pair<int, int> parse_pair(const std::string& text, char separator, const char* option);

// Runs a painting request, saves its pictures as the options say and prints where they are.
void paint_and_save(Session& session, const Common& common, Request request, const PaintOptions& options);

}  // namespace b3o::cli
