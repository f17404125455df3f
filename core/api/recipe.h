// Everything that decides a picture, in one value: written into the PNG, stored in the gallery, replayed by the command
// line and compared between pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

// What an edit does to a picture (decoder.md 5).
enum class EditMode {
  words,    // changes what the words say, everywhere or inside a mask
  repaint,  // paints what a mask marks anew
  vary,     // a sibling of the whole picture
  blend,    // a picture between two
  extend,   // more canvas at the sides
  details,  // the same picture, its fine parts painted anew
};
const char* name(EditMode mode);                           // as above
std::optional<EditMode> edit_mode(std::string_view name);  // nothing for a name that is none

// More canvas than this share of a side is refused in one pass, because the new part would have nothing to lean on.
inline constexpr double kMostExtension = 0.5;

// How words become tokens: the model reads picture and instruction; or, where it was not trained for that, it describes
// the picture, rewrites the description and draws it starting from the picture's own tokens.
inline constexpr const char* kInstructionPath = "instruction";
inline constexpr const char* kCaptionPath = "caption";

// How an edit runs, beside the recipe's strength (the part of the paint schedule that runs), grow and feather. What a
// mode does not use is ignored. As in the settings above, no value means the mode's own choice.
struct EditSettings {
  EditMode mode = EditMode::words;
  // How far the tokens leave the source's, 0 to 1: 0 keeps them, 1 takes those of the words alone. Of blends: unused.
  std::optional<double> token_strength;
  int resampling = 1;        // 1 to 4: how often each noisy step is repeated so that new and old grow together
  bool keep_cells = false;   // cells of the token grid that the mask (nearly) leaves alone keep the source's tokens
  bool soft_mask = false;    // grey parts of the mask change less; otherwise every part above black is repainted
  std::optional<bool> crop;  // true: only the mask's surroundings are painted, at the model's full resolution
  int padding = 32;          // pixels around the mask's box that belong to its surroundings
  double blend = 0.5;        // 0: the first picture, 1: the second
  int left = 0, top = 0, right = 0, bottom = 0;  // pixels of new canvas
  // Of words. path: kInstructionPath, kCaptionPath, or empty for the model's own choice. caption: what the caption path
  // drew; when set, nothing is described or rewritten.
  std::string path, caption;
  bool operator==(const EditSettings&) const = default;
};

struct Recipe {
  std::string task = "generate";  // generate, edit, reconstruct, decode
  std::string prompt;             // the caption or instruction as the user wrote it
  std::string user_text;          // when set: the whole user turn, "<image>" marks the picture's place
  uint64_t seed = 0;              // of this picture alone
  PlanSettings plan;
  PaintSettings paint;
  std::string source_sha256;  // of the source picture's bytes as decoded; empty without a source
  std::string second_sha256;  // of the picture blended with
  std::string mask_sha256;
  EditSettings edit;
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
