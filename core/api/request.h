// What a user of the engine can ask for. Requests are values: copied in, never shared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/recipe.h"
#include "core/image/image.h"

namespace b3o {

enum class DeviceChoice { automatic, cpu, cuda };
enum class NumberType { automatic, fp32, bf16, fp16 };

struct LoadModel {
  std::filesystem::path folder;
  DeviceChoice device = DeviceChoice::automatic;
  NumberType number_type = NumberType::automatic;
  bool eager = true;  // false: each network is read when it is first needed
  bool lean = false;  // the least memory instead of the best speed
};

// Gives the model's memory back. The next request loads it again, as it was loaded before.
struct UnloadModel {};

// Files for checking parity from outside; empty: none. trace: intermediates are written there as safetensors; noise:
// random draws named in that file are used instead of the generator's.
struct ParityFiles {
  std::filesystem::path trace, noise;
};

struct ChatPart {
  std::string text;
  std::shared_ptr<const Image> image;  // when set, the part is this picture and text is ignored
};

struct ChatMessage {
  std::string role;  // system, user or assistant
  std::vector<ChatPart> parts;
};

// Absent values come from the folder's generation_config.json.
struct ChatOptions {
  bool greedy = false;  // arg max whatever the folder says; the repetition penalty stays
  std::optional<double> temperature, top_p, repetition_penalty;
  std::optional<int> top_k;
  int max_tokens = 1024;
  uint64_t seed = 0;
  bool add_vision_id = false;
  bool reference_tokens = false;  // text that spells a control token becomes that token
  std::optional<int64_t> min_pixels, max_pixels;
};

struct ChatRequest {
  std::vector<ChatMessage> messages;
  ChatOptions options;
  ParityFiles parity;
};

struct GenerateRequest {
  Recipe recipe;
  int count = 1;                       // pictures; picture k has seed recipe.seed + k
  int first = 0;                       // pictures before this one are there already
  std::shared_ptr<const Image> image;  // context for recipe.user_text
  bool reference_tokens = false;
  bool previews = true;
  ParityFiles parity;
};

struct EditRequest {
  Recipe recipe;  // prompt is the instruction, or what the new part shows; may be empty where the mode needs no words
  std::shared_ptr<const Image> source;
  std::shared_ptr<const Image> second;    // to blend with
  std::shared_ptr<const GrayImage> mask;  // the source's size; absent: everything may change
  int count = 1;                          // proposals; proposal k has seed recipe.seed + k
  int first = 0;                          // proposals before this one are there already
  bool film = false;  // of a blend: `count` pictures of one seed at even distances from the first picture to the second
  bool previews = true;
  ParityFiles parity;
};

struct ReconstructRequest {
  Recipe recipe;
  std::shared_ptr<const Image> source;
  bool previews = true;
  ParityFiles parity;
};

// Picture -> tokens and tokens -> picture, without the language model.
struct EncodeRequest {
  std::shared_ptr<const Image> source;
};
struct DecodeRequest {
  Recipe recipe;
  std::vector<float> tokens;  // [count, width] row-major
  int token_count = 0, token_width = 0;
  std::vector<float> negative;  // of the same shape; empty: the picture of nothing, by the CLIP encoder
  bool previews = true;
  ParityFiles parity;
};

using Request = std::variant<LoadModel, UnloadModel, ChatRequest, GenerateRequest, EditRequest, ReconstructRequest,
                             EncodeRequest, DecodeRequest>;

// Throws RequestError when the request contradicts itself, before any model is looked at.
void validate(const Request& request);

}  // namespace b3o
