#include "app/cli/output.h"

#include <ATen/ATen.h>

#include <iostream>

#include "core/api/picture_file.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/weights/safetensors.h"

namespace b3o::cli {

std::filesystem::path save_picture(const ImageReady& ready, const std::filesystem::path& pattern, bool with_tokens) {
  auto file = pattern;
  if (ready.picture > 0) {
    file.replace_filename(cat(pattern.stem().string(), "-", ready.picture + 1, pattern.extension().string()));
  }
  PictureTokens tokens;
  if (with_tokens) tokens = {ready.tokens, ready.token_count, ready.token_width};
  write_file(file, picture_file_bytes(ready.image, ready.recipe, tokens));
  return file;
}

void save_tokens(const TokensReady& tokens, const std::filesystem::path& file) {
  at::Tensor values = at::empty({1, tokens.token_count, tokens.token_width}, at::kFloat);
  std::copy(tokens.tokens.begin(), tokens.tokens.end(), values.data_ptr<float>());
  write_safetensors(file, {{"E", values}});
}

void print_json(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace b3o::cli
