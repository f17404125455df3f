// Requests for edits of small pictures, and what is compared afterwards.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/families/default_model.h"
#include "tests/core/families/support.h"

namespace b3o::test {

inline Family& paper_world() {
  static const auto family = [] {
    LoadModel request;
    request.folder = default_model_folder(B3O_SOURCE_PROGRAM);
    request.device = DeviceChoice::cpu;
    request.number_type = NumberType::fp32;
    Listener listener;
    JobContext job = listener.context();
    return open_family(request, job);
  }();
  return *family;
}

inline Family& tiny() {
  static const auto family = open_test_model("generation/tiny-blip3o");
  return *family;
}

// A drawn scene, the kind of picture the model lives with.
inline const Image& scene(int which = 0) {
  static const std::vector<Image> pictures = [] {
    std::vector<Image> out;
    for (const char* prompt : {"a red fish left of a blue star at night", "a green house by the sea"}) {
      GenerateRequest request;
      request.recipe.prompt = prompt;
      request.recipe.seed = 1;
      request.previews = false;
      out.push_back(serve(paper_world(), request).only<ImageReady>().image);
    }
    return out;
  }();
  return pictures[size_t(which)];
}

// Few steps, so that the whole file stays short; nothing here judges what is painted.
inline EditRequest edit_of(EditMode mode, const Image& source, const std::string& prompt = "") {
  EditRequest r;
  r.recipe.task = "edit";
  r.recipe.prompt = prompt;
  r.recipe.seed = 3;
  r.recipe.plan.steps = 8;
  r.recipe.paint.steps = 2;
  r.recipe.edit.mode = mode;
  r.source = std::make_shared<Image>(source);
  r.previews = false;
  return r;
}

inline EditRequest tiny_edit(EditMode mode, const Image& source, const std::string& prompt = "") {
  EditRequest r = edit_of(mode, source, prompt);
  r.recipe.plan = {2, 2};
  r.recipe.paint.guidance = 1;
  r.recipe.paint.width = r.recipe.paint.height = 64;
  return r;
}

inline ImageReady made(const EditRequest& request, Family& family = paper_world()) {
  return serve(family, request).only<ImageReady>();
}

inline std::shared_ptr<GrayImage> box_mask(int width, int height, int x, int y, int w, int h, uint8_t value = 255) {
  auto out = std::make_shared<GrayImage>(width, height);
  for (int j = y; j < y + h; ++j)
    for (int i = x; i < x + w; ++i) out->pixels[size_t(j) * size_t(width) + size_t(i)] = value;
  return out;
}

// Bytes that differ outside, and inside of the mask.
inline std::pair<int, int> changed_bytes(const Image& before, const Image& after, const GrayImage& mask) {
  check(before.width == after.width && before.height == after.height, "the size changed");
  std::pair<int, int> out;
  for (size_t i = 0; i < before.pixels.size(); ++i)
    if (before.pixels[i] != after.pixels[i]) ++(mask.pixels[i / 3] ? out.second : out.first);
  return out;
}

inline double difference(const Image& a, const Image& b) {
  double sum = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int(a.pixels[i]) - int(b.pixels[i]));
  return sum / double(a.pixels.size());
}

// A recipe alone must make its picture again: through JSON, as a file or the window would bring it.
inline void check_replays(const EditRequest& request, const ImageReady& ready, Family& family = paper_world()) {
  EditRequest again = request;
  again.recipe = recipe_from_json(to_json(ready.recipe), "recipe");
  again.count = 1;
  again.film = false;
  check(again.recipe == ready.recipe, "the recipe changed on its way");
  const ImageReady second = made(again, family);
  check(second.image == ready.image, "the recipe makes another picture");
  check(second.recipe == ready.recipe, "the recipe of the replay differs");
  check(second.tokens == ready.tokens, "the tokens of the replay differ");
}

}  // namespace b3o::test
