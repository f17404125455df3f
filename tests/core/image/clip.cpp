#include "core/image/clip.h"

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/qwen.h"
#include "core/image/resize.h"
#include "tests/core/image/goldens.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const QwenImageConfig kLevels = QwenImageConfig::defaults();  // its mean and std are CLIP's

// Reconstruction: the script cuts a centred square, the pipeline squashes it (generation.md 6.3).
void the_reconstruction_input_is_equal() {
  const Image square = centre_square(load_image(data_path("generation/recon_eva.png")));
  check_same(clip_square(square, 448, ClipFit::squash),
             Goldens("generation/chain.safetensors").image("recon_eva.eva_input_u8_resized_squash"), "the square");
}

// Training: the first row of every channel of every picture in training.safetensors.
void the_training_inputs_are_equal() {
  const Goldens goldens("generation/training.safetensors");
  int seen = 0;
  for (const std::string base : {"t2i.", "mixed."})
    for (int i = 0; goldens.has(base + "source_u8_" + shown(i)); ++i, ++seen) {
      const std::vector<float> pixels =
          clip_pixels(goldens.image(base + "source_u8_" + shown(i)), 448, ClipFit::crop, kLevels.mean, kLevels.std);
      const std::vector<float> rows = goldens.floats(base + "gen_image_row0_" + shown(i));
      check_equal(pixels.size(), size_t(3 * 448 * 448), "the number of values");
      check_equal(rows.size(), size_t(3 * 448), "the golden's size");
      for (size_t c = 0; c < 3; ++c)
        check_bits(pixels, c * 448 * 448, {rows.begin() + long(c * 448), rows.begin() + long((c + 1) * 448)},
                   base + shown(i) + " channel " + shown(c));
    }
  check_equal(seen, 5, "the pictures");
}

void squashing_forgets_the_aspect() {
  const Image image = formula_image(30, 61);
  check(clip_square(image, 28, ClipFit::squash) == resize_bicubic(image, 28, 28), "both sides become 28");
}

void cropping_rounds_half_offsets_to_even() {
  // 20 x 21 and 20 x 23 are not resized; half an offset of 0.5 goes to 0, of 1.5 to 2.
  const Image a = formula_image(21, 20), b = formula_image(20, 23);
  check(clip_square(a, 20, ClipFit::crop) == crop(a, 0, 0, 20, 20), "0.5 becomes 0");
  check(clip_square(b, 20, ClipFit::crop) == crop(b, 2, 0, 20, 20), "1.5 becomes 2");
}

void the_longer_side_is_cut_not_rounded() {
  // 7 x 10 brought to 5 is 5 x 7 (7.14), so the offset is 1.
  const Image image = formula_image(10, 7);
  check(clip_square(image, 5, ClipFit::crop) == crop(resize_bicubic(image, 5, 7), 0, 1, 5, 5), "7.14 becomes 7");
}

void channels_come_first_and_are_normalised() {
  const Image image = formula_image(6, 6);
  const double mean[3] = {0.5, 0.25, 0.125}, std[3] = {0.5, 1, 2};
  const std::vector<float> pixels = clip_pixels(image, 6, ClipFit::squash, mean, std);
  for (size_t c = 0; c < 3; ++c)
    for (int i = 0; i < 36; ++i)
      check_close(pixels[c * 36 + size_t(i)], (image.at(i % 6, i / 6)[c] / 255.0 - mean[c]) / std[c], 1e-6, "a value");
}

void impossible_inputs_are_refused() {
  check_contains(message_of<RequestError>([] { clip_square(formula_image(2, 400), 448, ClipFit::crop); }), "too long");
  check_contains(message_of<RequestError>([] { clip_square(formula_image(2, 2), 0, ClipFit::crop); }), "0 pixels");
  check_contains(message_of<RequestError>([] { clip_square(Image(), 28, ClipFit::squash); }), "empty");
}

const Cases cases = {CASE(the_reconstruction_input_is_equal),  CASE(the_training_inputs_are_equal),
                     CASE(squashing_forgets_the_aspect),       CASE(cropping_rounds_half_offsets_to_even),
                     CASE(the_longer_side_is_cut_not_rounded), CASE(channels_come_first_and_are_normalised),
                     CASE(impossible_inputs_are_refused)};

}  // namespace
