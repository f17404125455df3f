// Turns the results of the stages into one model folder in the official layout (embedded-model.md 12).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace b3o::train {

inline constexpr uint64_t kLargestShipped = 30'000'000;  // bytes of the folder

struct AssembleRequest {
  // The result folder of each stage, by the stage's name: clip, vae, decoder, understand, generate; a result of tune is
  // taken in place of generate's, one of polish in place of decoder's.
  std::map<std::string, std::filesystem::path> inputs;
  // config.json's object `studio`. A world without a vocabulary gets the words of its level.
  Json studio = Json::object();
  std::filesystem::path recipes;  // a folder with <stage>.json; kept in recipe.json; may be empty
  std::string revision;           // of the code; kept in recipe.json
  std::filesystem::path folder;   // new or empty
};

// Networks in bf16, the VAE in fp32. Equal inputs give equal bytes. The folder appears whole, after it was read the way
// the program reads it, or not at all. RequestError for a missing input or a target that holds something, LoadError for
// results that do not fit each other, Error when the folder is larger than kLargestShipped.
void assemble(const AssembleRequest& request);

// Words of a level of the drawn world, for hints: things, colours, backgrounds, places, numbers.
std::vector<std::string> vocabulary_of(const std::string& level);

}  // namespace b3o::train
