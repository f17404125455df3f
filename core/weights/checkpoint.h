// The safetensors files of one component of a model folder: found, opened and checked against their index.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/weights/safetensors.h"

namespace b3o {

struct CheckpointFiles {
  std::filesystem::path origin;  // what to name in errors: the one file, or the index
  std::vector<std::shared_ptr<const SafetensorsFile>> files;
  std::string prefix;  // only tensors under it belong to the component; stripped from their names

  // `model.safetensors`, else the shards of `model.safetensors.index.json` (understanding.md 1).
  static CheckpointFiles of_model(const std::filesystem::path& folder);
  // component: "unet" or "vae". In <decoder>/<component>, in the order of decoder.md 1.1: the bf16 variant, its index
  // in both spellings, then the plain file and index. Else a single file in <decoder> that holds "<component>." names.
  static CheckpointFiles of_decoder(const std::filesystem::path& decoder, const std::string& component);
  static CheckpointFiles of_file(const std::filesystem::path& file);
  // The index and its shards must agree on every tensor; shards are plain names beside the index.
  static CheckpointFiles of_index(const std::filesystem::path& index);
};

// A cheap identity for recipes: SHA-256 over the configs' bytes, the headers of all files and a sample of their data
// (64 bytes of at most 64 tensors a component). It tells other models and other training states apart; it proves
// nothing about the bytes that were not sampled.
std::string checkpoint_identity(std::span<const std::filesystem::path> configs,
                                std::span<const CheckpointFiles> components);

}  // namespace b3o
