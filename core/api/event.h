// What the engine tells its user. Exactly one of Finished, Cancelled and Failed ends a job.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/recipe.h"
#include "core/image/image.h"

namespace b3o {

using JobId = uint64_t;

// Things to try, in a folder's own words.
struct Examples {
  std::vector<std::string> chat, look;    // questions without a picture, and about one
  std::vector<std::string> create, edit;  // prompts, instructions
};

// What a loaded folder can do; the window and the command line offer only this.
struct Capabilities {
  bool chat = false;                        // answers text
  bool see = false;                         // takes pictures in chat
  bool draw = false;                        // prompt to picture
  bool edit = false;                        // picture and words to picture
  bool trained_to_edit = false;             // by instructions; otherwise words go by way of a description
  std::vector<EditMode> edit_modes;         // what can be done to a picture; empty where it cannot draw
  bool reconstruct = false;                 // has the CLIP encoder: picture to tokens
  int native_width = 0, native_height = 0;  // pixels
  // What the size conditioning speaks of unless the recipe says otherwise; the reference's pipeline has 1024x1024.
  int original_width = 1024, original_height = 1024;
  int size_multiple = 8;  // sides of a picture are multiples of this
  int max_side = 2048;
  bool free_size = true;  // false: only the native size
  std::vector<std::string> samplers, spacings;
  int default_plan_steps = 30, default_paint_steps = 50;
  double default_plan_guidance = 3, default_paint_guidance = 3;
  std::vector<int> paint_steps;     // the only ones allowed; empty: 1 to 1000
  bool free_paint_guidance = true;  // false: only default_paint_guidance
  int default_edit_steps = 0;       // paint steps of an edit; 0: default_paint_steps
  double default_edit_strength = 0.75;
  int max_context = 32768;  // tokens
  int prompt_mark = 447;    // prompts longer than this were cut in training
  // The level (S, M or L) of the drawn world that the model lives in; empty: anything may be asked of it. What lies
  // outside is refused by families/drawn_world.h.
  std::string world;
  std::vector<std::string> vocabulary;  // words it knows, for hints; may be empty
  Examples examples;
};

struct ModelInfo {
  std::string name;    // shown to the user
  std::string folder;  // as given
  std::string hash;    // 64 hex digits over config and tensor index
  std::string device;  // "CPU" or the card's name
  std::string number_type;
  std::string number_type_reason;  // one sentence: why this type was chosen
  std::string notice;              // shown beside results; empty for full models
  std::vector<std::string> warnings;
  uint64_t weight_bytes = 0;
  uint64_t copied_bytes = 0;  // memory that the weights take beside the files they lie in
  Capabilities can;
};

enum class Stage { load, read, plan, paint, decode, answer };

// The job begins. Once more, when memory was short: `again` says why in one sentence; text and previews that came
// before are void then, pictures that were ready stay.
struct Started {
  std::string again;
};
struct LoadProgress {
  std::string what;  // the part being loaded
  uint64_t done = 0, total = 0;
};
struct ModelReady {
  ModelInfo info;
};
struct TextDelta {
  std::string text;  // whole UTF-8 characters
};
// The whole answer, after its last delta.
struct AnswerReady {
  std::string text, prompt;
  std::vector<int64_t> input_ids, ids;
  std::vector<std::array<int64_t, 3>> image_grids;  // time, rows, columns in patches
  int64_t rope_delta = 0;
  double seconds_to_first = 0, seconds = 0;
};
struct StageProgress {
  Stage stage = Stage::load;
  int done = 0, total = 0;
  int picture = 0, pictures = 1;
  double seconds_per_step = 0;    // 0: not known yet
  double seconds_remaining = -1;  // -1: not known yet
};
struct Preview {
  enum class Kind { plan_map, estimate, painting };
  Kind kind = Kind::painting;
  Image image;
  int picture = 0;
  int x = 0, y = 0, width = 0, height = 0;  // where in the finished picture it lies; no width: it is all of it
};
// What of an edit's or a round trip's source the model saw, and where it painted.
struct SourceView {
  enum class Read { as_it_is, scaled, squashed, cropped };  // cropped: to the centred square
  Read read = Read::as_it_is;
  int read_width = 0, read_height = 0;  // pixels of what was read
  // The painted part in the finished picture's pixels, and the size it was painted at.
  int x = 0, y = 0, width = 0, height = 0;
  int painted_width = 0, painted_height = 0;
};
struct ImageReady {
  Image image;
  Recipe recipe;  // complete
  int picture = 0, pictures = 1;
  std::vector<float> tokens;  // [token_count, token_width]
  int token_count = 0, token_width = 0;
  double seconds = 0;
  // The mean cosine between the source's tokens and, in a round trip, the tokens of the finished picture, in an edit
  // those it was painted from.
  std::optional<double> cosine = {};
  SourceView view = {};
  std::vector<std::string> warnings = {};  // sentences
};
struct TokensReady {
  std::vector<float> tokens;
  int token_count = 0, token_width = 0;
};
struct Finished {};
struct Cancelled {};
struct Failed {
  std::string message;
  bool request = false;  // the user's request was impossible (RequestError, LoadError), not a failure of the program
  bool refusal = false;  // the message answers a request that lies outside of what the model does (Refusal)
};

using Event = std::variant<Started, LoadProgress, ModelReady, TextDelta, AnswerReady, StageProgress, Preview,
                           ImageReady, TokensReady, Finished, Cancelled, Failed>;

inline bool is_terminal(const Event& event) {
  return std::holds_alternative<Finished>(event) || std::holds_alternative<Cancelled>(event) ||
         std::holds_alternative<Failed>(event);
}

}  // namespace b3o
