#include <ATen/ATen.h>

#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/api/picture_file.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/weights/safetensors.h"

namespace b3o::cli {
namespace {

// E [1, n, C] or [n, C] of the file; neg.E beside it is the negative the tokens were planned with.
std::vector<float> tokens_of(const SafetensorsFile& file, const std::string& name, int& count, int& width) {
  const at::Tensor e = file.tensor(name).to(at::kFloat).contiguous();
  const bool fits = (e.dim() == 3 && e.size(0) == 1) || e.dim() == 2;
  if (!fits)
    throw LoadError(cat(file.path().string(), ": tensor '", name, "' has shape ", e.sizes(), ", expected [1, n, C]"));
  count = int(e.size(-2));
  width = int(e.size(-1));
  return {e.data_ptr<float>(), e.data_ptr<float>() + e.numel()};
}

constexpr size_t kMostPictureBytes = size_t(256) << 20;

// The tokens in a PNG of this program; none when the file is no PNG.
std::optional<PictureTokens> tokens_of_picture(const std::string& file) {
  if (!file.ends_with(".png")) return std::nullopt;
  auto tokens = tokens_in_png(read_file(file, kMostPictureBytes), file);
  if (!tokens) throw LoadError(file + ": this picture holds no tokens; they may have been left out when it was saved");
  return tokens;
}

void read_safetensors(const std::string& path, DecodeRequest& request) {
  const auto file = SafetensorsFile::open(path);
  request.tokens = tokens_of(*file, "E", request.token_count, request.token_width);
  if (!file->has("neg.E")) return;
  int count = 0, width = 0;
  request.negative = tokens_of(*file, "neg.E", count, width);
  if (count != request.token_count || width != request.token_width)
    throw LoadError(cat(path, ": tensors 'E' and 'neg.E' differ in shape"));
}

}  // namespace

void add_decode(CLI::App& app, Common& common) {
  struct Options {
    PaintOptions paint;
    std::string tokens;
  };
  auto* command = app.add_subcommand("decode", "CLIP tokens to a picture, without the language model");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command
      ->add_option("tokens", o->tokens,
                   "safetensors file with the tensor E (and neg.E, if it is known), or a PNG of this program")
      ->required();
  o->paint.add_to(*command);
  command->callback([&common, o] {
    DecodeRequest request;
    if (const auto inside = tokens_of_picture(o->tokens)) {
      if (o->paint.recipe_file.empty()) o->paint.recipe_file = o->tokens;  // painted as it was
      request.tokens = inside->values;
      request.token_count = inside->count;
      request.token_width = inside->width;
    } else {
      read_safetensors(o->tokens, request);
    }
    request.recipe = o->paint.recipe();
    request.recipe.task = "decode";
    request.previews = false;
    request.parity = o->paint.parity();
    Session session(common);
    session.load();
    paint_and_save(session, common, std::move(request), o->paint);
  });
}

}  // namespace b3o::cli
