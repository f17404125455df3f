#include "core/judge/judge.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/world/evaluation_sets.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"
#include "core/world/words.h"
#include "tests/core/judge/drawn_references.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::judge;
using namespace b3o::test;

namespace {

constexpr world::Level kLevels[] = {world::Level::S, world::Level::M, world::Level::L};
constexpr world::Task kTold[] = {world::Task::single, world::Task::placed, world::Task::relation, world::Task::two,
                                 world::Task::count,  world::Task::three,  world::Task::free};
constexpr uint64_t kFreshSeed = 777;  // of scenes that no silhouette and no threshold was chosen on

// What is wrong with a sight of the scene; empty when nothing is.
std::string fault(const Sight& sight, const world::Scene& scene) {
  if (sight.ground != int(scene.bg))
    return std::string("background ") + kGroundNames[size_t(scene.bg)] + " read as " +
           kGroundNames[size_t(sight.ground)];
  std::vector<bool> used(sight.objects.size());
  for (const world::Item& item : scene.items) {
    bool found = false;
    for (size_t i = 0; i < used.size() && !found; ++i) {
      const Detection& d = sight.objects[i];
      if (used[i] || d.object != int(item.obj) || d.color != int(item.col) ||
          std::hypot(d.x - item.cx, d.y - item.cy) > 5)
        continue;
      used[i] = found = true;
    }
    if (!found)
      return std::string("missed: ") + word(item.tex) + " " + word(item.col) + " " + word(item.obj) + " of radius " +
             shown(item.r);
  }
  return std::count(used.begin(), used.end(), false) ? "an object too many" : "";
}

// A Gaussian blur of sigma 0.6 and Gaussian noise of sigma 4.
Image damaged(const Image& image, world::Rng& rng) {
  constexpr float kWeights[] = {0.6638f, 0.1655f, 0.0026f};
  std::vector<float> in(image.pixels.begin(), image.pixels.end()), out(in.size());
  for (const int step : {1, image.width}) {
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c) {
          float sum = 0;
          for (int k = -2; k <= 2; ++k) {
            const int u = std::clamp(x + (step == 1 ? k : 0), 0, image.width - 1),
                      v = std::clamp(y + (step == 1 ? 0 : k), 0, image.height - 1);
            sum += kWeights[std::abs(k)] * in[size_t((v * image.width + u) * 3 + c)];
          }
          out[size_t((y * image.width + x) * 3 + c)] = sum;
        }
    in.swap(out);
  }
  Image result = image;
  for (size_t i = 0; i < in.size(); ++i) {
    float noise = -6;
    for (int k = 0; k < 12; ++k) noise += rng.uniform();
    result.pixels[i] = uint8_t(std::clamp(in[i] + 4 * noise + 0.5f, 0.0f, 255.0f));
  }
  return result;
}

struct Calibration {
  int right = 0, all = 0;
  std::map<std::string, int> faults;
  std::string text() const {
    std::string out = shown(right) + " of " + shown(all);
    for (const auto& [what, n] : faults) out += "; " + shown(n) + " x " + what;
    return out;
  }
};

template <class Change>
Calibration calibrated(world::Level level, int each, Change change) {
  Calibration out;
  for (const world::Task task : kTold)
    for (int i = 0; i < each; ++i) {
      if (task == world::Task::three && level != world::Level::L) continue;
      world::Rng rng = world::scene_rng(kFreshSeed, world::kTestStream, uint64_t(i));
      const world::Scene scene =
          world::Sampler{level, 1}.scene(task, i % 4 ? world::Split::test : world::Split::unseen_pairs, rng);
      const std::string wrong = fault(look_at(change(world::Renderer().draw(scene), rng)), scene);
      ++out.all;
      if (wrong.empty())
        ++out.right;
      else
        ++out.faults[wrong];
    }
  return out;
}

void the_judge_and_the_world_use_the_same_words_and_tones() {
  for (int o = 0; o < kClasses; ++o)
    check_equal(std::string(kClassNames[size_t(o)]), std::string(world::word(world::Obj(o))));
  for (int c = 0; c < 10; ++c) {
    check_equal(std::string(kColorNames[size_t(c)]), std::string(world::word(world::Col(c))));
    const world::Rgb tone = world::color_of(world::Col(c));
    const ReferenceTone& mine = kPaletteTones[size_t(c)];
    check(tone.r == mine.r && tone.g == mine.g && tone.b == mine.b, std::string("tone of ") + kColorNames[size_t(c)]);
  }
}

void stored_references_equal_freshly_drawn_ones() {
  const std::string file = read_file(std::filesystem::path(B3O_TEST_DATA) / "../../core/judge/references.inc", 1 << 20);
  check(drawn_references() == file, "core/judge/references.inc is what the renderer draws now");
}

// Scores are comparable only between judges of one sum.
void the_judge_is_frozen() {
  check_equal(references_sha256(), std::string("9dada4c1c8f363ccd2192554a6204587dcd6f1b1b2bc981a6d2d200f8cd215f5"));
}

void clean_renders_are_read_right_in_99_5_percent() {
  for (const world::Level level : kLevels) {
    const Calibration c = calibrated(level, 400, [](Image image, world::Rng&) { return image; });
    check(c.right >= 0.995 * c.all, std::string("level ") + name(level) + ": " + c.text());
  }
}

void soft_and_noisy_renders_are_read_right_in_97_percent() {
  for (const world::Level level : kLevels) {
    const Calibration c =
        calibrated(level, 120, [](const Image& image, world::Rng& rng) { return damaged(image, rng); });
    check(c.right >= 0.97 * c.all, std::string("level ") + name(level) + ": " + c.text());
  }
}

void empty_scenes_have_no_objects() {
  int objects = 0, scenes = 0;
  for (const world::Level level : kLevels)
    for (int i = 0; i < 300; ++i) {
      world::Rng rng = world::scene_rng(kFreshSeed, world::kTestStream, uint64_t(i));
      const Image image =
          world::Renderer().draw(world::Sampler{level, 1}.scene(world::Task::empty, world::Split::test, rng));
      objects += int(look_at(i % 2 ? damaged(image, rng) : image).objects.size());
      ++scenes;
    }
  check(objects <= 0.005 * scenes, shown(objects) + " objects in " + shown(scenes) + " empty scenes");
}

void centres_are_those_of_the_whole_object() {
  for (int o = 0; o < kClasses; ++o)
    for (const int r : world::kRadius) {
      world::Scene scene;
      world::Item item;
      item.obj = world::Obj(o), item.r = int16_t(r), item.cx = 56, item.cy = 72;
      if (world::held_out(item.col, item.obj)) item.col = world::Col::blue;
      scene.items = {item};
      const Sight sight = look_at(world::Renderer().draw(scene));
      check_equal(sight.objects.size(), 1u, "objects");
      check(std::hypot(sight.objects[0].x - 56, sight.objects[0].y - 72) <= 1.5,
            std::string("centre of ") + kClassNames[size_t(o)]);
    }
}

// The scene that a line of the GenEval file asks for, at the canonical layout.
world::Scene meant(const Json& line, world::Level level) {
  const world::Description d = world::parse_prompt(line["prompt"].get<std::string>(), level).said;
  world::Scene s;
  constexpr int kCounted[5][4][2] = {
      {}, {{64, 64}}, {{40, 64}, {88, 64}}, {{32, 64}, {64, 64}, {96, 64}}, {{40, 40}, {88, 40}, {40, 88}, {88, 88}}};
  for (const world::Mention& m : d.mentions)
    for (int i = 0; i < m.count; ++i) {
      world::Item item;
      item.obj = m.obj, item.col = m.col.value_or(world::Col::red), item.r = m.count > 1 ? 12 : 18;
      item.cx = int16_t(kCounted[m.count][i][0]), item.cy = int16_t(kCounted[m.count][i][1]);
      s.items.push_back(item);
    }
  if (d.mentions.size() == 2) {
    const world::Rel rel = d.links.empty() ? world::Rel::left_of : d.links[0].rel;
    const int first = rel == world::Rel::left_of || rel == world::Rel::above ? 32 : 96;
    const bool across = rel == world::Rel::left_of || rel == world::Rel::right_of;
    for (int i = 0; i < 2; ++i) {
      world::Item& item = s.items[size_t(i)];
      item.cx = int16_t(across ? (i ? 128 - first : first) : 64), item.cy = int16_t(across ? 64
                                                                                    : i    ? 128 - first
                                                                                           : first);
    }
  }
  for (const world::Bg bg : backgrounds_of(level)) {
    s.bg = bg;
    if (valid(s) && (!d.bg || *d.bg == bg)) break;
  }
  return s;
}

void renders_of_what_prompts_ask_for_pass_and_others_fail() {
  for (const world::Level level : {world::Level::S, world::Level::M})
    for (const world::Edition edition : {world::Edition::seen, world::Edition::unseen}) {
      const auto lines = world::geneval_prompts(level, edition);
      int right = 0, shuffled = 0;
      std::vector<GenevalImage> images;
      for (size_t i = 0; i < lines.size(); ++i) {
        const auto found = found_in(look_at(world::Renderer().draw(meant(lines[i], level))));
        const GenevalPrompt prompt = geneval_prompt(lines[i], "line"),
                            other = geneval_prompt(lines[(i + 97) % lines.size()], "line");
        right += judged(prompt, found, world_settings(), true).correct;
        shuffled += judged(other, found, world_settings(), true).correct;
        images.push_back({prompt.tag, prompt.prompt, judged(prompt, found, world_settings()).correct});
      }
      check(right >= 0.995 * double(lines.size()), "strictly right: " + shown(right));
      check(shuffled <= 0.05 * double(lines.size()), "right by chance: " + shown(shuffled));
      check(summarised(images).overall >= 0.995, "score of true pictures: " + shown(summarised(images).overall));
      check_equal(summarised(images).tags.size(), 6u, "tags");
    }
}

void other_sizes_are_refused() {
  check_contains(message_of<RequestError>([] { look_at(Image(64, 128)); }), "128x128");
  check_contains(message_of<RequestError>([] { look_at(Image()); }), "0x0");
}

void noise_and_flat_pictures_hold_no_objects() {
  world::Rng rng(1, 1);
  for (int k = 0; k < 30; ++k) {
    Image noise(128, 128), flat(128, 128);
    for (uint8_t& p : noise.pixels) p = uint8_t(rng.next());
    const uint8_t rgb[3] = {uint8_t(rng.next()), uint8_t(rng.next()), uint8_t(rng.next())};
    for (size_t i = 0; i < flat.pixels.size(); ++i) flat.pixels[i] = rgb[i % 3];
    check(look_at(noise).objects.empty(), "noise holds no object");
    check(look_at(flat).objects.empty(), "a flat picture holds no object");
  }
}

const Cases cases = {CASE(the_judge_and_the_world_use_the_same_words_and_tones),
                     CASE(stored_references_equal_freshly_drawn_ones),
                     CASE(the_judge_is_frozen),
                     CASE(clean_renders_are_read_right_in_99_5_percent),
                     CASE(soft_and_noisy_renders_are_read_right_in_97_percent),
                     CASE(empty_scenes_have_no_objects),
                     CASE(centres_are_those_of_the_whole_object),
                     CASE(renders_of_what_prompts_ask_for_pass_and_others_fail),
                     CASE(other_sizes_are_refused),
                     CASE(noise_and_flat_pictures_hold_no_objects)};

}  // namespace
