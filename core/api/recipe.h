// Everything that decides a picture, in one value: written into the PNG, stored in the gallery, replayed by the command
// line and compared between pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace b3o {

// How the 64 tokens are planned (flow matching) and how pixels are painted (diffusion). A field without a value means
// "the model's own default"; the recipe of a finished picture has every value filled in.
struct PlanSettings {
  std::optional<int> steps;
  std::optional<double> guidance;
  bool exact_times = false;  // tell the network exact times; false: whole numbers, as the reference does
  bool operator==(const PlanSettings&) const = default;
};

struct PaintSettings {
  std::string sampler;  // a name of the sampler table; empty: the model's default
  std::string spacing;  // leading, trailing, linspace or karras; empty: the model's default
  std::optional<int> steps;
  std::optional<double> guidance;
  int width = 0, height = 0;                    // pixels; 0: the model's native size
  int original_width = 0, original_height = 0;  // size conditioning; 0: the model's native size
  int crop_left = 0, crop_top = 0;
  bool operator==(const PaintSettings&) const = default;
};

struct Recipe {
  std::string task = "generate";  // generate, edit, reconstruct, decode
  std::string prompt;             // the caption or instruction as the user wrote it
  std::string user_text;          // when set: the whole user turn, "<image>" marks the picture's place
  uint64_t seed = 0;              // of this picture alone
  PlanSettings plan;
  PaintSettings paint;
  std::string source_sha256;  // of the source picture's bytes as decoded; empty without a source
  std::string mask_sha256;
  double strength = 1.0;  // edits: part of the paint schedule that runs, in (0, 1]
  int grow = 0;           // edits: pixels the mask is grown by
  int feather = 0;        // edits: pixels over which the composite blends
  std::string model_name;
  std::string model_hash;  // first 16 hex digits of the identity hash
  std::string device, number_type;
  std::string program_version;

  bool operator==(const Recipe&) const = default;
};

// One JSON object, keys in a fixed order, `format` first. from_json refuses what it cannot represent with a
// LoadError and ignores keys it does not know.
std::string to_json(const Recipe& recipe);
Recipe recipe_from_json(const std::string& text, const std::string& where);

// The text other programs read from the PNG chunk `parameters` (AUTOMATIC1111's form, decoder.md 7.2).
std::string to_parameters_text(const Recipe& recipe);

}  // namespace b3o
