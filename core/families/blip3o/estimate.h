// How much memory a model of this configuration needs beside its weights, from the widths of its networks.
#pragma once

#include "core/families/blip3o/folder.h"
#include "core/families/blip3o/number_type.h"
#include "core/families/family.h"

namespace b3o {

// Bytes of one token's keys and values.
uint64_t cache_bytes_per_token(const FolderConfig& config, at::ScalarType type);
// Tokens that an estimate counts with: a long conversation, or all that fit.
int usual_context(const FolderConfig& config);
// Bytes beside weights and cache while a picture of this size is drawn (0: the native size) or an answer is written.
uint64_t scratch_bytes(const FolderConfig& config, at::ScalarType type, int width = 0, int height = 0);
// Bytes beside the weights that this request needs.
uint64_t request_bytes(const FolderConfig& config, at::ScalarType type, const Request& request);

}  // namespace b3o
