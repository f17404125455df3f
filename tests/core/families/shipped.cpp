// The demonstration model that ships: what a newcomer does in the first minute.
#include <algorithm>
#include <set>

#include "core/api/picture_file.h"
#include "core/families/default_model.h"
#include "core/judge/judge.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr char kPrompt[] = "a red fish left of a blue star at night";

const std::filesystem::path& folder() {
  static const std::filesystem::path found = default_model_folder(B3O_SOURCE_PROGRAM);
  return found;
}

Family& model() {
  static const auto family = [] {
    LoadModel request;
    request.folder = folder();
    request.device = DeviceChoice::cpu;
    request.number_type = NumberType::fp32;
    Listener listener;
    JobContext job = listener.context();
    return open_family(request, job);
  }();
  return *family;
}

std::vector<ImageReady> drawn(const std::string& prompt, uint64_t seed, int count) {
  GenerateRequest request;
  request.recipe.prompt = prompt;
  request.recipe.seed = seed;
  request.count = count;
  request.previews = false;
  return serve(model(), request).all<ImageReady>();
}

const judge::Detection* seen(const judge::Sight& sight, const std::string& color, const std::string& object) {
  const auto found = std::find_if(sight.objects.begin(), sight.objects.end(), [&](const judge::Detection& d) {
    return object == judge::kClassNames[size_t(d.object)] && color == judge::kColorNames[size_t(d.color)];
  });
  return found == sight.objects.end() ? nullptr : &*found;
}

void a_prompt_becomes_the_picture_it_asks_for() {
  int right = 0;
  for (const ImageReady& ready : drawn(kPrompt, 1, 4)) {
    const judge::Sight sight = judge::look_at(ready.image);
    const auto *fish = seen(sight, "red", "fish"), *star = seen(sight, "blue", "star");
    right += fish && star && fish->x < star->x && judge::kGroundNames[size_t(sight.ground)] == std::string("night");
  }
  check(right >= 3, cat(right, " of 4 pictures are right"));
}

void a_question_about_it_is_answered() {
  const auto picture = std::make_shared<Image>(drawn(kPrompt, 1, 1).front().image);
  ChatRequest request;
  request.messages = {{"user", {{"", picture}, {"what is left of the star?", nullptr}}}};
  check_equal(serve(model(), request).only<AnswerReady>().text, std::string("fish"), "the answer");
}

void a_prompt_outside_its_world_is_refused_with_an_example_that_works() {
  const std::string refusal = message_of<Refusal>([] { drawn("a photo of an astronaut", 1, 1); });
  check_contains(refusal, "astronaut");
  const size_t at = refusal.rfind("Try: ");
  check(at != refusal.npos, "no example in: " + refusal);
  check_equal(drawn(refusal.substr(at + 5), 1, 1).size(), size_t(1), "pictures of the example");
}

void a_seed_is_the_same_picture_alone_and_in_a_batch() {
  const auto batch = drawn(kPrompt, 20, 3);
  check_equal(batch.size(), size_t(3), "pictures");
  std::set<uint64_t> seeds;
  for (const ImageReady& one : batch) {
    seeds.insert(one.recipe.seed);
    const auto alone = drawn(kPrompt, one.recipe.seed, 1);
    check(alone.front().image == one.image, cat("seed ", one.recipe.seed, " alone is another picture"));
    check(picture_file_bytes(alone.front().image, alone.front().recipe) == picture_file_bytes(one.image, one.recipe),
          cat("seed ", one.recipe.seed, " alone is another file"));
  }
  check_equal(seeds.size(), size_t(3), "seeds");
  check(!(batch[0].image == batch[1].image), "two seeds give one picture");
}

void the_folder_says_what_it_is_and_offers_what_it_learnt() {
  const ModelInfo& info = model().info();
  check_equal(info.name, std::string("Paper World"), "name");
  check_contains(info.notice, "Demonstration model");
  check_equal(info.can.world, std::string("S"), "world");
  check(info.can.edit && !info.can.free_size && !info.can.free_paint_guidance, "capabilities");
  check(info.can.paint_steps == std::vector<int>{1, 2, 4, 8}, "paint steps");
  check(info.can.examples.chat.size() >= 3 && info.can.examples.create.size() >= 3, "examples");
  uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder()))
    if (entry.is_regular_file()) bytes += entry.file_size();
  check(bytes <= 30'000'000, cat("the folder has ", bytes, " bytes"));
}

const Cases cases = {
    CASE(a_prompt_becomes_the_picture_it_asks_for),
    CASE(a_question_about_it_is_answered),
    CASE(a_prompt_outside_its_world_is_refused_with_an_example_that_works),
    CASE(a_seed_is_the_same_picture_alone_and_in_a_batch),
    CASE(the_folder_says_what_it_is_and_offers_what_it_learnt),
};

}  // namespace
