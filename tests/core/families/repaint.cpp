// A picture file alone is enough to paint its picture again.
#include "core/api/picture_file.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void the_tokens_in_a_picture_repaint_it_byte_by_byte() {
  const auto family = open_test_model("generation/tiny-blip3o");
  GenerateRequest request;
  request.recipe.prompt = "a boat";
  request.recipe.seed = 5;
  request.recipe.plan = {2, 2.5};
  request.recipe.paint.steps = 4;
  request.recipe.paint.guidance = 1;  // without guidance there is no second set of tokens
  request.recipe.paint.width = 64;
  request.recipe.paint.height = 48;
  request.previews = false;
  const auto drawn = serve(*family, request).only<ImageReady>();
  const std::string file =
      picture_file_bytes(drawn.image, drawn.recipe, {drawn.tokens, drawn.token_count, drawn.token_width});

  const auto tokens = tokens_in_png(file, "file").value();
  DecodeRequest again;
  again.recipe = recipe_in_png(file, "file").value();
  again.recipe.task = "decode";
  again.tokens = tokens.values;
  again.token_count = tokens.count;
  again.token_width = tokens.width;
  again.previews = false;
  check(serve(*family, again).only<ImageReady>().image == drawn.image, "the repainted picture differs");
}

const Cases cases = {CASE(the_tokens_in_a_picture_repaint_it_byte_by_byte)};

}  // namespace
