// The PNG writer and the texts inside PNGs.
#include <algorithm>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Image decoded(const std::string& file) { return decode_image(bytes_of(file), "a.png"); }
std::vector<PngText> texts_of(const std::string& file) { return read_png_texts(bytes_of(file)); }

// Types of the chunks in order, joined by spaces.
std::string chunk_types(const std::string& file) {
  std::string out;
  for (size_t at = 8; at + 12 <= file.size();) {
    size_t length = 0;
    for (size_t i = 0; i < 4; ++i) length = length << 8 | uint8_t(file[at + i]);
    out += (out.empty() ? "" : " ") + file.substr(at + 4, 4);
    at += 12 + length;
  }
  return out;
}

void written_pictures_read_back_equal() {
  for (const auto& [h, w] : {std::pair{1, 1}, {1, 37}, {37, 1}, {64, 48}, {255, 3}}) {
    const Image image = formula_image(h, w);
    check(decoded(encode_png(image)) == image, shown(h) + " x " + shown(w));
    check(decoded(encode_png(smooth_image(h, w))) == smooth_image(h, w), "smooth " + shown(h) + " x " + shown(w));
  }
}

void written_masks_read_back_equal() {
  GrayImage mask(19, 7);
  for (size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = uint8_t(i * 37);
  check(decode_mask(bytes_of(encode_png(mask)), "m.png") == mask, "the pixels");
}

void filters_make_smooth_pictures_small() {
  check(encode_png(smooth_image(200, 50)).size() < 1500, "a ramp of 30,000 bytes fits in 1,500");
}

void the_file_says_that_it_is_srgb() {
  check_equal(chunk_types(encode_png(formula_image(2, 2))), std::string("IHDR sRGB IDAT IEND"), "the chunks");
}

void ascii_becomes_text_and_the_rest_international_text() {
  const std::vector<PngText> texts = {{"parameters", "a cat\nSteps: 3"},
                                      {"Titel", "gr\xC3\xBC\xC3\x9F"},
                                      {"XML:com.adobe.xmp", "<x/>"},
                                      {"bell", "\a"},
                                      {"empty", ""}};
  const std::string file = encode_png(formula_image(2, 2), texts);
  check_equal(chunk_types(file), std::string("IHDR sRGB tEXt iTXt iTXt iTXt tEXt IDAT IEND"), "the chunks");
  check(texts_of(file) == texts, "they read back equal");
}

void keywords_may_be_latin_1() {
  const std::vector<PngText> texts = {
      {"Gr\xC3\xB6\xC3\x9F"
       "e",
       "1"}};
  const std::string file = encode_png(formula_image(1, 1), texts);
  check_contains(file, std::string("tEXtGr\xF6\xDF"
                                   "e\0",
                                   10));
  check(texts_of(file) == texts, "they read back equal");
}

void impossible_keywords_are_refused() {
  for (const std::string& keyword : {std::string(), std::string(80, 'k'), std::string("tab\t"),
                                     std::string("\xE4\xBD\xA0"), std::string("zero\0", 5)})
    check_contains(message_of<RequestError>([&] { encode_png(formula_image(1, 1), {{keyword, "t"}}); }), "1 to 79");
  check_contains(message_of<RequestError>([] { encode_png(Image()); }), "empty");
}

void texts_of_any_bytes_can_be_written() {
  const std::string file = encode_png(formula_image(1, 1), {{"k", std::string("a\0b\xFF", 4)}});
  check_equal(texts_of(file).at(0).text,
              std::string("a\xEF\xBF\xBD"
                          "b\xEF\xBF\xBD"),
              "the text");
}

std::string with_chunks(const std::string& chunks) { return png(png_header(1, 1, 8, 0), std::string(2, '\0'), chunks); }

void all_three_kinds_of_text_are_read() {
  const std::string zero(1, '\0');
  const std::string file = with_chunks(
      png_chunk("tEXt", "a" + zero + "caf\xE9") + png_chunk("zTXt", "b" + zero + zero + zlib_packed("\xE9t\xE9")) +
      png_chunk("iTXt", "c" + zero + zero + zero + "de" + zero + "c'" + zero + "\xE4\xBD\xA0") +
      png_chunk("iTXt", "d" + zero + "\1" + zero + zero + zero +
                            zlib_packed("\xC3\xA9"
                                        "d")));
  const std::vector<PngText> wanted = {{"a", "caf\xC3\xA9"},
                                       {"b", "\xC3\xA9t\xC3\xA9"},
                                       {"c", "\xE4\xBD\xA0"},
                                       {"d",
                                        "\xC3\xA9"
                                        "d"}};
  check(texts_of(file) == wanted, "the texts");
}

void texts_after_the_picture_are_read() {
  std::string file = with_chunks("");
  file.insert(file.size() - 12, png_chunk("tEXt", std::string("late\0x", 6)));
  check(texts_of(file) == std::vector<PngText>{{"late", "x"}}, "the text");
}

void broken_texts_are_left_out_and_the_others_stay() {
  const std::string zero(1, '\0');
  std::string damaged = png_chunk("tEXt", "k" + zero + "t");
  damaged[9] ^= 1;
  const std::vector<std::string> broken = {png_chunk("tEXt", "no zero byte"),
                                           png_chunk("tEXt", zero + "no keyword"),
                                           png_chunk("tEXt", std::string(80, 'k') + zero + "t"),
                                           png_chunk("tEXt", ""),
                                           png_chunk("zTXt", "k" + zero),
                                           png_chunk("zTXt", "k" + zero + "\1" + zlib_packed("t")),
                                           png_chunk("zTXt", "k" + zero + zero + "no zlib"),
                                           png_chunk("zTXt", "k" + zero + zero + zlib_packed("cut short").substr(0, 9)),
                                           png_chunk("iTXt", "k" + zero),
                                           png_chunk("iTXt", "k" + zero + "\2" + zero + zero + zero + "t"),
                                           png_chunk("iTXt", "k" + zero + zero + zero + "de"),
                                           png_chunk("iTXt", "k" + zero + zero + zero + "de" + zero + "t"),
                                           damaged};
  for (const std::string& chunk : broken) {
    const std::string good = png_chunk("tEXt", "good" + zero + "x");
    check(texts_of(with_chunks(chunk + good)) == std::vector<PngText>{{"good", "x"}},
          "the good one: " + chunk.substr(4));
  }
}

void texts_that_unpack_too_far_are_left_out() {
  const std::string zero(1, '\0'), good = png_chunk("tEXt", "good" + zero + "x");
  const std::string bomb = png_chunk("zTXt", "k" + zero + zero + zlib_packed(std::string((4 << 20) + 1, 'a')));
  check(bomb.size() < 6000, "the bomb is small");
  check(texts_of(with_chunks(bomb + good)) == std::vector<PngText>{{"good", "x"}}, "one bomb");
  check(texts_of(with_chunks(bomb + bomb + bomb + bomb + good)).empty(), "four use the budget up");
}

void texts_add_up_to_a_limit() {
  const std::string zero(1, '\0');
  const std::string big = png_chunk("zTXt", "k" + zero + zero + zlib_packed(std::string(4 << 20, 'a')));
  check_equal(texts_of(with_chunks(big + big + big + big + big)).size(), size_t(4), "texts of 4 MiB");
}

void what_is_no_png_has_no_texts() {
  check(texts_of("").empty(), "no bytes");
  check(texts_of(jpeg_baseline()).empty(), "a JPEG");
  check(texts_of(kPngStart).empty(), "a signature");
  check(texts_of(kPngStart + "\x7F\xFF\xFF\xFFtEXt").empty(), "a chunk that runs past the end");
}

const Cases cases = {CASE(written_pictures_read_back_equal),
                     CASE(written_masks_read_back_equal),
                     CASE(filters_make_smooth_pictures_small),
                     CASE(the_file_says_that_it_is_srgb),
                     CASE(ascii_becomes_text_and_the_rest_international_text),
                     CASE(keywords_may_be_latin_1),
                     CASE(impossible_keywords_are_refused),
                     CASE(texts_of_any_bytes_can_be_written),
                     CASE(all_three_kinds_of_text_are_read),
                     CASE(texts_after_the_picture_are_read),
                     CASE(broken_texts_are_left_out_and_the_others_stay),
                     CASE(texts_that_unpack_too_far_are_left_out),
                     CASE(texts_add_up_to_a_limit),
                     CASE(what_is_no_png_has_no_texts)};

}  // namespace
