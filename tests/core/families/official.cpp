// The shapes of the official folders, counted; and folders made up in those shapes.
#include "core/families/blip3o/official.h"

#include <map>

#include "core/families/blip3o/inspect.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Count {
  int64_t tensors = 0, parameters = 0;
};

std::map<std::string, Count> counts(const std::string& like) {
  std::map<std::string, Count> out;
  for (const auto& part : inspect_like(like, {}).parts) {
    const bool backbone = part.part == "language model" || part.part == "vision tower";
    Count& count = out[backbone ? "backbone" : part.part];
    count.tensors += int64_t(part.items.size());
    count.parameters += part.parameters();
  }
  return out;
}

void check_count(const std::map<std::string, Count>& all, const std::string& part, int64_t tensors,
                 int64_t parameters) {
  check_equal(all.at(part).tensors, tensors, part + " tensors");
  check_equal(all.at(part).parameters, parameters, part + " parameters");
}

void the_4b_model_has_the_published_counts() {
  const auto all = counts("4b");
  check_count(all, "backbone", 824, 3754074112);
  check_count(all, "diffusion transformer", 642, 1362257824);
  check_count(all, "CLIP encoder", 772, 4350208256);
  check_count(all, "queries", 1, 131072);
  check_count(all, "UNet", 1680, 2525520644);
  check_count(all, "VAE", 248, 83653863);
}

void the_8b_model_has_the_published_counts() {
  const auto all = counts("8b");
  check_count(all, "backbone", 729, 8289328128);
  check_count(all, "diffusion transformer", 642, 1365010336);
  check_count(all, "CLIP encoder", 772, 4350208256);
  check_count(all, "queries", 1, 229376);
}

void the_tiny_shape_equals_the_golden_folder() {
  const auto made = inspect_like("tiny", {});
  const auto golden = inspect_folder({data_path("generation/tiny-blip3o")});
  check_equal(made.parts.size(), golden.parts.size(), "parts");
  for (size_t i = 0; i < made.parts.size(); ++i) {
    check_equal(made.parts[i].items.size(), golden.parts[i].items.size(), made.parts[i].part);
    check_equal(made.parts[i].parameters(), golden.parts[i].parameters(), made.parts[i].part);
  }
}

void a_made_up_folder_chats_draws_and_reconstructs() {
  TemporaryFolder place;
  const auto folder = place / "tiny";
  uint64_t last = 0, total = 0;
  synthesize(folder, {"tiny", true, 7}, [&](uint64_t done, uint64_t all) {
    check(done >= last && done <= all, "progress goes up to its total");
    last = done;
    total = all;
  });
  check(total > 0 && last == total, "progress ends at its total");
  Listener listener;
  JobContext job = listener.context();
  auto family = open_family({folder, DeviceChoice::cpu, NumberType::automatic, true}, job);
  ChatRequest chat{{{"user", {{"Hello", nullptr}}}}, {}, {}};
  chat.options.max_tokens = 5;
  serve(*family, chat);
  GenerateRequest draw;
  draw.recipe.prompt = "a house";
  draw.recipe.plan.steps = draw.recipe.paint.steps = 2;
  draw.recipe.paint.width = draw.recipe.paint.height = 64;
  check_equal(serve(*family, draw).only<ImageReady>().image.width, 64, "width");
  EncodeRequest encode{std::make_shared<Image>(50, 40)};
  check_equal(serve(*family, encode).only<TokensReady>().token_count, 64, "tokens");
  check_contains(message_of<RequestError>([&] { synthesize(folder, {}, {}); }), "not empty");
}

void a_stopped_synthesis_leaves_nothing_behind() {
  TemporaryFolder place;
  bool stopped = false;
  try {
    synthesize(place / "tiny", {}, [](uint64_t, uint64_t) { throw Stop(); });
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped && !std::filesystem::exists(place / "tiny"), "the folder is still there");
}

void a_folder_without_the_clip_encoder_draws_but_does_not_encode() {
  TemporaryFolder place;
  synthesize(place / "tiny", {"tiny", false, 1}, {});
  Listener listener;
  JobContext job = listener.context();
  auto family = open_family({place / "tiny", DeviceChoice::cpu, NumberType::fp32, false}, job);
  check(family->info().can.draw && !family->info().can.reconstruct, "capabilities");
  const EncodeRequest encode{std::make_shared<Image>(50, 40)};
  check_contains(message_of<RequestError>([&] { serve(*family, encode); }), "no CLIP encoder");
}

const Cases cases = {
    CASE(the_4b_model_has_the_published_counts),     CASE(the_8b_model_has_the_published_counts),
    CASE(the_tiny_shape_equals_the_golden_folder),   CASE(a_made_up_folder_chats_draws_and_reconstructs),
    CASE(a_stopped_synthesis_leaves_nothing_behind), CASE(a_folder_without_the_clip_encoder_draws_but_does_not_encode),
};

}  // namespace
