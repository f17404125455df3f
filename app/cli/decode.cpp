#include <ATen/ATen.h>

#include "app/cli/commands.h"
#include "app/cli/paint_options.h"
#include "core/base/error.h"
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

}  // namespace

void add_decode(CLI::App& app, Common& common) {
  struct Options {
    PaintOptions paint;
    std::string tokens;
  };
  auto* command = app.add_subcommand("decode", "CLIP tokens to a picture, without the language model");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("tokens", o->tokens, "safetensors file with the tensor E (and neg.E, if it is known)")
      ->required();
  o->paint.add_to(*command);
  command->callback([&common, o] {
    DecodeRequest request;
    request.recipe = o->paint.recipe();
    request.recipe.task = "decode";
    const auto file = SafetensorsFile::open(o->tokens);
    request.tokens = tokens_of(*file, "E", request.token_count, request.token_width);
    if (file->has("neg.E")) {
      int count = 0, width = 0;
      request.negative = tokens_of(*file, "neg.E", count, width);
      if (count != request.token_count || width != request.token_width)
        throw LoadError(cat(o->tokens, ": tensors 'E' and 'neg.E' differ in shape"));
    }
    request.previews = false;
    request.parity = o->paint.parity();
    Session session(common);
    session.load();
    paint_and_save(session, common, std::move(request), o->paint.out);
  });
}

}  // namespace b3o::cli
