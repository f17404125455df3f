#include "core/image/qwen.h"

#include <cmath>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/resize.h"
#include "tests/core/image/goldens.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const std::string kFolder = "understanding/";

QwenImageConfig config_of(const std::string& file) {
  const Json json = json_file(file);
  return QwenImageConfig::from_json(Fields(json, file));
}

QwenImageConfig with_limits(int64_t min_pixels, int64_t max_pixels) {
  QwenImageConfig c = QwenImageConfig::defaults();
  c.min_pixels = min_pixels;
  c.max_pixels = max_pixels;
  return c;
}

// One case of image-processor-cases; goldens holds its arrays.
void check_case(const Json& item, const Goldens& goldens) {
  const std::string name = item["name"];
  const QwenImageConfig config = with_limits(item["min_pixels"], item["max_pixels"]);
  const std::string source = item["source"];
  const bool drop_alpha = name == "mode_rgba";
  const Image image = source == "formula" ? formula_image(item["height"], item["width"])
                                          : load_image(data_path(kFolder + source), {drop_alpha});
  check_equal(image.height, int(item["height"]), name + "'s height");
  check_equal(image.width, int(item["width"]), name + "'s width");

  const auto [height, width] = smart_resize(image.height, image.width, config);
  check_equal(height, int64_t(item["resized"][0]), name + "'s resized height");
  check_equal(width, int64_t(item["resized"][1]), name + "'s resized width");
  const Image resized = resize_bicubic(image, int(width), int(height));
  for (size_t c = 0; c < 3; ++c) {
    uint64_t sum = 0;
    for (size_t i = c; i < resized.pixels.size(); i += 3) sum += resized.pixels[i];
    check_equal(sum, uint64_t(item["resized_channel_sums"][c]), name + "'s channel sum");
  }
  if (goldens.has(name + ".resized")) check_same(resized, goldens.image(name + ".resized"), name + ".resized");

  const QwenPixels pixels = qwen_pixels(image, config);
  check(pixels.grid == PatchGrid{item["grid_thw"][0], item["grid_thw"][1], item["grid_thw"][2]}, name + "'s grid");
  double sum = 0, sum_abs = 0;
  for (const float v : pixels.values) sum += v, sum_abs += std::abs(v);
  check_close(sum, item["sum"], 1e-9 * sum_abs, name + "'s sum");
  check_close(sum_abs, item["sum_abs"], 1e-9 * sum_abs, name + "'s absolute sum");
  const std::vector<float> rows = goldens.floats(name + ".rows");
  const size_t width_of_row = rows.size() / item["rows"].size();
  for (size_t k = 0; k < item["rows"].size(); ++k)
    check_bits(pixels.values, size_t(item["rows"][k]) * width_of_row,
               {rows.begin() + long(k * width_of_row), rows.begin() + long((k + 1) * width_of_row)},
               name + " row " + shown(item["rows"][k]));
}

// Every case is one row of this program's list.
std::vector<Case> golden_cases() {
  const auto json = std::make_shared<Json>(json_file(kFolder + "image-processor-cases.json"));
  const auto goldens = std::make_shared<Goldens>(kFolder + "image-processor-cases.safetensors");
  std::vector<Case> out;
  for (const Json& item : (*json)["cases"]) {
    if (item["name"] == "mode_gray16") continue;  // we keep the high byte, asserted in decode.cpp
    out.push_back({"the_processor_case_" + item["name"].get<std::string>() + "_is_equal",
                   [json, goldens, &item] { check_case(item, *goldens); }});
  }
  const Json chats = json_file(kFolder + "cases.json");
  for (const Json& item : chats["cases"]) {
    if (item["images"].empty()) continue;
    out.push_back({"the_pixel_values_of_" + item["name"].get<std::string>() + "_are_equal", [item] {
                     const std::string model = item["model"], name = item["name"];
                     const QwenImageConfig config = config_of(kFolder + model + "/preprocessor_config.json");
                     std::vector<float> all;
                     for (size_t i = 0; i < item["images"].size(); ++i) {
                       const std::string file = item["images"][i];
                       const QwenPixels one = qwen_pixels(load_image(data_path(kFolder + file)), config);
                       const Json& grid = item["image_grid_thw"][i];
                       check(one.grid == PatchGrid{grid[0], grid[1], grid[2]}, "the grid of " + file);
                       all.insert(all.end(), one.values.begin(), one.values.end());
                     }
                     const auto wanted = Goldens(kFolder + "cases.safetensors").floats(name + ".pixel_values");
                     check_equal(all.size(), wanted.size(), "the number of values");
                     check_bits(all, 0, wanted, name + ".pixel_values");
                   }});
  }
  return out;
}
const Cases goldens(golden_cases());

void the_goldens_are_all_there() {
  size_t processor = 0, pixel_values = 0;
  for (const Case& item : golden_cases()) (item.name.starts_with("the_processor") ? processor : pixel_values) += 1;
  check_equal(processor, size_t(25), "processor cases");
  check_equal(pixel_values, size_t(12), "chats with pictures");
}

void what_the_processor_refuses_is_sized_as_the_demo_does() {
  const Json json = json_file(kFolder + "image-processor-cases.json");
  check_equal(json["errors"].size(), size_t(3), "the refused sizes");
  for (const Json& item : json["errors"]) {
    const int64_t h = item["height"], w = item["width"];
    if (item["qwen_vl_utils_resized"] == "error") {
      check_contains(message_of<RequestError>([&] { smart_resize(h, w, QwenImageConfig::defaults()); }), "200 times");
    } else {
      const std::pair<int64_t, int64_t> wanted(item["qwen_vl_utils_resized"][0], item["qwen_vl_utils_resized"][1]);
      check(smart_resize(h, w, QwenImageConfig::defaults()) == wanted, shown(h) + " x " + shown(w));
    }
  }
}

// The table of understanding.md 4.2.
void smart_resize_gives_the_table() {
  struct Row {
    int64_t h, w, default_h, default_w, eval_h, eval_w;
  };
  const Row rows[] = {
      {28, 28, 56, 56, 448, 448},          {42, 42, 56, 56, 448, 448},           {51, 60, 56, 56, 420, 504},
      {70, 98, 56, 112, 392, 532},         {126, 182, 112, 168, 392, 560},       {100, 100, 112, 112, 448, 448},
      {336, 336, 336, 336, 448, 448},      {480, 640, 476, 644, 476, 644},       {600, 800, 588, 812, 588, 812},
      {1080, 1920, 1092, 1932, 924, 1680}, {3000, 4000, 2996, 4004, 1092, 1456}, {6000, 4000, 4368, 2912, 1540, 1008},
      {5000, 5000, 3556, 3556, 1260, 1260}};
  for (const Row& r : rows) {
    check(smart_resize(r.h, r.w, QwenImageConfig::defaults()) == std::pair(r.default_h, r.default_w),
          shown(r.h) + " x " + shown(r.w) + " with the published limits");
    check(smart_resize(r.h, r.w, with_limits(200704, 1605632)) == std::pair(r.eval_h, r.eval_w),
          shown(r.h) + " x " + shown(r.w) + " with the limits of the evaluation");
  }
}

void sides_below_one_token_are_scaled_up() {
  check(smart_resize(20, 20, QwenImageConfig::defaults()) == std::pair<int64_t, int64_t>(56, 56), "20 x 20");
  check(smart_resize(10, 500, QwenImageConfig::defaults()) == std::pair<int64_t, int64_t>(28, 504), "10 x 500");
  check(smart_resize(1, 1, QwenImageConfig::defaults()) == std::pair<int64_t, int64_t>(56, 56), "1 x 1");
}

void shrinking_never_reaches_zero() {
  check(smart_resize(30, 4000, with_limits(3136, 50176)) == std::pair<int64_t, int64_t>(28, 2576), "30 x 4000");
}

void two_hundred_to_one_is_the_last_ratio_accepted() {
  const QwenImageConfig c = QwenImageConfig::defaults();
  check(smart_resize(28, 5600, c).first == 28, "200 to 1 is accepted");
  for (const auto& [h, w] : {std::pair{28, 5601}, {5601, 28}, {0, 5}, {5, 0}, {-3, 5}})
    message_of<RequestError>([&, h = h, w = w] { smart_resize(h, w, c); });
}

// The check of understanding.md 4.5.
void patches_lie_in_the_towers_order() {
  const QwenPixels p = qwen_pixels(formula_image(100, 150), QwenImageConfig::defaults());
  check(p.grid == PatchGrid{1, 8, 10}, "the grid");
  check_equal(p.values.size(), size_t(80 * 1176));
  const auto at = [&](size_t row, size_t column) { return p.values[row * 1176 + column]; };
  const float first[] = {-1.7922626f, -1.6754751f, -1.5732862f, -1.4564987f};
  for (size_t i = 0; i < 4; ++i) check_close(at(0, i), first[i], 1e-6, "row 0");
  check_close(at(1, 0), -0.25942776, 1e-6, "[1, 0]");
  check_close(at(2, 0), -1.2521207, 1e-6, "[2, 0]");
  check_close(at(4, 0), 1.273407, 1e-6, "[4, 0]");
  check_close(at(0, 196), -1.7922626, 1e-6, "[0, 196]");
  check_close(at(0, 392), -1.7520971, 1e-6, "[0, 392]");
  check_close(at(79, 1175), 0.61013, 1e-6, "[79, 1175]");
}

void other_patch_sizes_follow_the_nine_axes() {
  QwenImageConfig c = with_limits(1, 1 << 20);
  c.patch = 3, c.merge = 4, c.temporal_patch = 3;
  const Image image = formula_image(24, 36);
  const QwenPixels p = qwen_pixels(image, c);
  check(p.grid == PatchGrid{1, 8, 12}, "the grid");
  size_t i = 0;
  for (int by = 0; by < 2; ++by)
    for (int bx = 0; bx < 3; ++bx)
      for (int iy = 0; iy < 4; ++iy)
        for (int ix = 0; ix < 4; ++ix)
          for (int channel = 0; channel < 3; ++channel)
            for (int t = 0; t < 3; ++t)
              for (int r = 0; r < 3; ++r)
                for (int q = 0; q < 3; ++q) {
                  const uint8_t level = image.at((bx * 4 + ix) * 3 + q, (by * 4 + iy) * 3 + r)[channel];
                  check_close(p.values[i++], (level / 255.0 - c.mean[channel]) / c.std[channel], 1e-6, "a value");
                }
  check_equal(i, p.values.size(), "the number of values");
}

// The picture goes to the language model squashed to 448 x 448 (generation.md 8a).
void the_rows_of_an_edited_picture_are_equal() {
  const Image image = load_image(data_path("generation/i2i_lm.png"));
  const QwenPixels p =
      qwen_pixels(resize_bicubic(image, 448, 448), config_of("generation/tiny-blip3o/preprocessor_config.json"));
  check(p.grid == PatchGrid{1, 32, 32}, "the grid");
  const std::vector<float> rows = Goldens("generation/chain.safetensors").floats("i2i_lm.pixel_values_rows");
  const size_t numbers[] = {0, 1, 511, 1023};
  for (size_t k = 0; k < 4; ++k)
    check_bits(p.values, numbers[k] * 1176, {rows.begin() + long(k * 1176), rows.begin() + long((k + 1) * 1176)},
               "row " + shown(numbers[k]));
}

QwenImageConfig parsed(const std::string& text) {
  const Json json = parse_json(text, "p.json");
  return QwenImageConfig::from_json(Fields(json, "p.json"));
}

void missing_keys_have_the_defaults_of_the_class() {
  const QwenImageConfig c = parsed("{}");
  check_equal(c.min_pixels, int64_t(3136));
  check_equal(c.max_pixels, int64_t(1003520));
  check_equal(c.patch * 10000 + c.temporal_patch * 100 + c.merge, 140202, "the patch sizes");
  check_equal(c.mean[2], 0.40821073);
}

void limits_may_stand_in_size() {
  const QwenImageConfig c = parsed(R"({"size": {"shortest_edge": 100, "longest_edge": 5000}, "max_pixels": 4000})");
  check_equal(c.min_pixels, int64_t(100));
  check_equal(c.max_pixels, int64_t(4000), "the key of its own wins");
}

void broken_configs_are_refused() {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {R"({"min_pixels": 10, "max_pixels": 9})", "more than max_pixels"},
           {R"({"patch_size": 0})", "patch_size"},
           {R"({"merge_size": 1000})", "merge_size"},
           {R"({"temporal_patch_size": -2})", "temporal_patch_size"},
           {R"({"image_mean": [0.5, 0.5]})", "has 2 numbers, expected 3"},
           {R"({"image_std": [0.5, 0, 0.5]})", "numbers above 0"},
           {R"({"max_pixels": "many"})", "max_pixels"}})
    check_contains(message_of<LoadError>([&, text = text] { parsed(text); }), part);
}

const Cases cases = {CASE(the_goldens_are_all_there),
                     CASE(what_the_processor_refuses_is_sized_as_the_demo_does),
                     CASE(smart_resize_gives_the_table),
                     CASE(sides_below_one_token_are_scaled_up),
                     CASE(shrinking_never_reaches_zero),
                     CASE(two_hundred_to_one_is_the_last_ratio_accepted),
                     CASE(patches_lie_in_the_towers_order),
                     CASE(other_patch_sizes_follow_the_nine_axes),
                     CASE(the_rows_of_an_edited_picture_are_equal),
                     CASE(missing_keys_have_the_defaults_of_the_class),
                     CASE(limits_may_stand_in_size),
                     CASE(broken_configs_are_refused)};

}  // namespace
