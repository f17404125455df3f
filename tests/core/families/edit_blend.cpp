// Blends of pictures whose tokens have no way between them: what is said, and what still holds.
#include <ATen/ATen.h>

#include <filesystem>

#include "core/weights/safetensors.h"
#include "tests/core/families/editing.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr const char* kTower = "model.gen_vision_tower.vision_tower.model.";

// The tiny folder with an encoder whose tokens are the patch's red alone, so that dark and bright red are opposed.
void write_red_encoder(const std::filesystem::path& folder) {
  std::filesystem::copy(data_path("generation/tiny-blip3o"), folder, std::filesystem::copy_options::recursive);
  const auto shard = folder / "model-00002-of-00002.safetensors";
  std::vector<std::pair<std::string, at::Tensor>> tensors;
  {
    const auto file = SafetensorsFile::open(data_path("generation/tiny-blip3o/model-00002-of-00002.safetensors"));
    for (const auto& [name, entry] : file->entries()) {
      at::Tensor tensor = file->tensor(name).clone();
      const bool tower = name.starts_with(kTower);
      const auto is = [&, n = std::string_view(name)](const char* part) { return tower && n.find(part) != n.npos; };
      if (is("norm") || is("pos_embed") || is("patch_embed.proj.bias")) tensor.zero_();
      if (is("patch_embed.proj.weight")) tensor.narrow(1, 1, 2).zero_();
      tensors.emplace_back(name, tensor);
    }
  }
  std::filesystem::remove(shard);
  write_safetensors(shard, tensors, {{"format", "pt"}});
}

Image plain(uint8_t red) {
  Image out(64, 64);
  for (size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = i % 3 == 0 ? red : 90;
  return out;
}

void opposed_tokens_are_told_in_one_sentence_and_both_ends_stay_exact() {
  const TemporaryFolder place;
  write_red_encoder(place / "red");
  Listener listener;
  JobContext job = listener.context();
  const auto family = open_family({place / "red", DeviceChoice::cpu, NumberType::fp32, false}, job);
  EditRequest r = tiny_edit(EditMode::blend, plain(0));
  r.second = std::make_shared<Image>(plain(255));
  r.count = 5;
  r.film = true;
  const auto film = serve(*family, r).all<ImageReady>();
  check_equal(film.size(), size_t(5), "pictures");
  const std::string sentence =
      "64 of 64 tokens of the two pictures point in opposite directions, so the way between them is a guess there.";
  for (const ImageReady& ready : film) {
    check_equal(ready.warnings.size(), size_t(1), "sentences");
    check_equal(ready.warnings[0], sentence, "sentence");
    for (const float value : ready.tokens) check(std::isfinite(value), "a number");
  }
  check(film.front().tokens == made(tiny_edit(EditMode::vary, plain(0)), *family).tokens, "0 is the first's");
  check(film.back().tokens == made(tiny_edit(EditMode::vary, plain(255)), *family).tokens, "1 is the second's");
  r.second = std::make_shared<Image>(plain(20));
  for (const ImageReady& ready : serve(*family, r).all<ImageReady>())
    check(ready.warnings.empty(), "two dark ones have a way between them");
}

const Cases cases = {CASE(opposed_tokens_are_told_in_one_sentence_and_both_ends_stay_exact)};

}  // namespace
