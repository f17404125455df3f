// Bad picture files, one row each: every one ends in a LoadError whose sentence names the file, or is decoded to a
// picture of the size its header says. No row may crash, hang or allocate by a number from the file; the address
// sanitizer watches this program.
#include <sys/resource.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Row {
  std::string name;
  std::string bytes;
  std::string part;  // of the sentence; empty: the file is decoded
};

std::string replaced(std::string text, size_t at, const std::string& by) { return text.replace(at, by.size(), by); }
std::string zeros(size_t count) { return std::string(count, '\0'); }

const std::string kPng = png(png_header(5, 4, 8, 2), [] {
  std::string rows;
  for (int y = 0; y < 4; ++y) rows += char(y) + std::string(15, char(40 * y + 1));
  return rows;
}());
const std::string kJpeg = jpeg_baseline();
const std::string kGif =
    gif_start(4, 3, std::string(30, '\x40')) + gif_frame(0, 0, 4, 3, std::string(12, '\3')) + "\x3B";
const size_t kGifFrame = 13 + 768;  // where the image block begins
const std::string kBmp = bmp(3, 2, 24, std::string(24, '\x55'));
const std::string kBmp8 = bmp(3, 2, 8, std::string(8, '\1'), std::string(8, '\x77'));
const std::string kWebp = webp(6, 5, std::string(120, '\x99'));

std::string huffman_row(uint8_t table, const std::string& counts, size_t symbols) {
  return jpeg_with(kJpeg, 0xC4, std::string(1, char(table)) + counts + std::string(symbols, '\1'));
}
// A frame header of this size in place of the JPEG's own.
std::string jpeg_sized(int width, int height, int components = 3) {
  const size_t at = kJpeg.find("\xFF\xC0");
  std::string out = replaced(kJpeg, at + 5, big_endian(uint32_t(height) << 16 | uint32_t(width)));
  out[at + 9] = char(components);
  return out;
}
std::string after_start(const std::string& more) { return kJpeg.substr(0, 2) + more + kJpeg.substr(2); }
std::string repeated(const std::string& piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}
std::string last_scan(const std::string& jpeg) {
  const size_t at = jpeg.rfind("\xFF\xDA");
  return jpeg.substr(at, jpeg.size() - 2 - at);
}
std::string with_scans(const std::string& jpeg, size_t more) {
  return jpeg.substr(0, jpeg.size() - 2) + repeated(last_scan(jpeg), more) + "\xFF\xD9";
}
std::string without_tables(std::string jpeg) {
  for (size_t at; (at = jpeg.find("\xFF\xC4")) != std::string::npos;)
    jpeg.erase(at, 2 + size_t(uint8_t(jpeg[at + 2]) << 8 | uint8_t(jpeg[at + 3])));
  return jpeg;
}
std::string gif_codes(int code_size, const std::string& blocks) {
  return kGif.substr(0, kGifFrame + 10) + char(code_size) + blocks;
}
std::string indexed_png(const std::string& chunks) {
  return png(png_header(4, 1, 8, 3), std::string("\0\0\1\2\xFF", 5), chunks);
}
std::string webp_extended(int flags, uint32_t width, uint32_t height, const std::string& more) {
  const std::string body = "WEBPVP8X" + little_endian(10) + little_endian(uint32_t(flags)) +
                           little_endian(width - 1, 3) + little_endian(height - 1, 3) + more;
  return "RIFF" + little_endian(uint32_t(body.size())) + body;
}
std::string webp_frame(uint32_t x, uint32_t width, uint32_t height) {
  const std::string picture = kWebp.substr(12);
  return "ANMF" + little_endian(uint32_t(16 + picture.size())) + little_endian(x, 3) + little_endian(0, 3) +
         little_endian(width - 1, 3) + little_endian(height - 1, 3) + zeros(4) + picture;
}
const std::string kAnimation = "ANIM" + little_endian(6) + zeros(6);

const std::vector<Row> kRows = {
    // No picture at all.
    {"no_bytes", "", "is empty"},
    {"one_byte", "\x89", "is no picture"},
    {"text", "hello, this is text", "is no picture"},
    {"zeros", zeros(4096), "is no picture"},
    {"pnm", "P6 1 1 255 \1\2\3", "is no picture"},
    {"hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n", "is no picture"},
    {"psd", "8BPS" + zeros(40), "is no picture"},
    {"pic", "\x53\x80\xF6\x34" + zeros(200), "is no picture"},
    {"tga", zeros(2) + "\2" + zeros(9) + "\1\0\1\0\x18" + zeros(8), "is no picture"},
    {"png_signature_of_a_text_transfer", replaced(kPng, 4, "\n\n"), "is no picture"},
    {"riff_of_another_kind", "RIFF" + little_endian(36) + "WAVEfmt " + zeros(30), "is no picture"},

    // PNG: structure.
    {"png_signature_only", kPngStart, "ends inside its header"},
    {"png_header_cut", kPng.substr(0, 30), "ends inside its header"},
    {"png_header_damaged", replaced(kPng, 19, "\6"), "broken header"},
    {"png_header_not_first", kPngStart + png_chunk("PLTE", "abc") + kPng.substr(8), "broken header"},
    {"png_header_too_long", kPngStart + png_chunk("IHDR", zeros(14)), "broken header"},
    {"png_two_headers", png(png_header(5, 4, 8, 2), zeros(64), png_header(1, 1, 8, 0)), "unknown chunk"},
    {"png_length_beyond_the_file", replaced(kPng, 33, "\x7F\xFF\xFF\xFF"), "ends before its picture"},
    {"png_length_of_four_gigabytes", replaced(kPng, 33, "\xFF\xFF\xFF\xFF"), "ends before its picture"},
    {"png_no_data", kPngStart + png_header(5, 4, 8, 2) + png_chunk("IEND", ""), "ends before its picture"},
    {"png_empty_data", kPngStart + png_header(5, 4, 8, 2) + png_chunk("IDAT", ""), "ends before its picture"},
    {"png_data_checksum_wrong", replaced(kPng, kPng.size() - 13, "\x13"), "a checksum is wrong"},
    {"png_unknown_critical_chunk", png(png_header(1, 1, 8, 0), zeros(2), png_chunk("CgBI", zeros(4))), "unknown chunk"},
    {"png_unknown_ancillary_chunk", png(png_header(1, 1, 8, 0), zeros(2), png_chunk("prVt", zeros(4))), ""},
    {"png_ancillary_checksum_wrong", png(png_header(1, 1, 8, 0), zeros(2), big_endian(0) + "prVtabcd"), ""},
    // PNG: sizes and kinds.
    {"png_no_width", png(png_header(0, 4, 8, 2), ""), "holds no picture"},
    {"png_no_height", png(png_header(4, 0, 8, 2), ""), "holds no picture"},
    {"png_negative_width", png(png_header(0x80000001, 4, 8, 2), ""), "at most 16384 a side"},
    {"png_largest_size", png(png_header(0xFFFFFFFF, 0xFFFFFFFF, 16, 6), ""), "at most 16384 a side"},
    {"png_side_one_too_long", png(png_header(16385, 200, 8, 2), ""), "at most 16384 a side"},
    {"png_too_many_pixels", png(png_header(8193, 8192, 1, 0), ""), "in all are accepted"},
    {"png_bomb", png(png_header(16384, 16384, 8, 2), zeros(1 << 20)), "in all are accepted"},
    {"png_ratio_above_200", png(png_header(201, 1, 8, 0), zeros(202)), "at most 200 times"},
    {"png_ratio_of_200", png(png_header(200, 1, 8, 0), zeros(201)), ""},
    {"png_largest_accepted_without_data", png(png_header(8192, 8192, 8, 2), zeros(100)), "ends before its picture"},
    {"png_rgb_of_4_bits", png(png_header(1, 1, 4, 2), zeros(4)), "which no PNG may have"},
    {"png_palette_of_16_bits", png(png_header(1, 1, 16, 3), zeros(4)), "which no PNG may have"},
    {"png_three_bits", png(png_header(1, 1, 3, 0), zeros(4)), "which no PNG may have"},
    {"png_no_bits", png(png_header(1, 1, 0, 0), zeros(4)), "which no PNG may have"},
    {"png_colour_type_1", png(png_header(1, 1, 8, 1), zeros(4)), "which no PNG may have"},
    {"png_colour_type_255", png(png_header(1, 1, 8, 255), zeros(4)), "which no PNG may have"},
    {"png_interlace_2", png(png_header(1, 1, 8, 0, 2), zeros(4)), "which no PNG may have"},
    // PNG: data.
    {"png_data_is_no_zlib",
     kPngStart + png_header(5, 4, 8, 2) + png_chunk("IDAT", "no zlib at all") + png_chunk("IEND", ""), "is damaged"},
    {"png_zlib_damaged",
     kPngStart + png_header(5, 4, 8, 2) + png_chunk("IDAT", replaced(zlib_packed(zeros(64)), 2, "\xFF\xFF")),
     "is damaged"},
    {"png_zlib_checksum_wrong",
     kPngStart + png_header(2, 1, 8, 0) + png_chunk("IDAT", replaced(zlib_packed(zeros(3)), 8, "\7\7")), "is damaged"},
    {"png_one_byte_short", png(png_header(5, 4, 8, 2), zeros(63)), "ends before its picture"},
    {"png_unpacks_too_far", png(png_header(1, 1, 8, 0), zeros(64 << 20)), ""},
    {"png_interlaced_one_byte_short", png(png_header(9, 9, 8, 2, 1), zeros(9 * 27 + 14)), "ends before its picture"},
    {"png_filter_5", png(png_header(1, 1, 8, 0), "\5\1"), "is damaged"},
    {"png_filter_5_interlaced", png(png_header(9, 9, 8, 2, 1), std::string(400, '\5')), "is damaged"},
    {"png_palette_missing", indexed_png(""), "palette of 0 bytes"},
    {"png_palette_empty", indexed_png(png_chunk("PLTE", "")), "palette of 0 bytes"},
    {"png_palette_of_4_bytes", indexed_png(png_chunk("PLTE", "abcd")), "palette of 4 bytes"},
    {"png_palette_too_long", indexed_png(png_chunk("PLTE", zeros(771))), "palette of 771 bytes"},
    {"png_palette_index_out_of_range", indexed_png(png_chunk("PLTE", "abc")), ""},
    {"png_transparency_longer_than_palette", indexed_png(png_chunk("PLTE", "abc") + png_chunk("tRNS", zeros(300))), ""},
    {"png_transparency_before_palette", indexed_png(png_chunk("tRNS", zeros(1)) + png_chunk("PLTE", "abc")), ""},
    {"png_transparency_with_alpha", png(png_header(1, 1, 8, 6), zeros(5), png_chunk("tRNS", zeros(6))), ""},
    {"png_transparency_of_odd_length", png(png_header(1, 1, 16, 2), zeros(7), png_chunk("tRNS", zeros(5))), ""},
    {"png_text_bomb", png(png_header(1, 1, 8, 0), zeros(2), png_chunk("zTXt", zeros(2) + zlib_packed(zeros(64 << 20)))),
     ""},
    {"png_exif_of_noise", png(png_header(1, 1, 8, 0), zeros(2), png_chunk("eXIf", std::string(70000, '\xEE'))), ""},

    // JPEG: structure.
    {"jpeg_start_only", kJpeg.substr(0, 3), "ends before its picture"},
    {"jpeg_end_missing", kJpeg.substr(0, kJpeg.size() - 2), "ends before its picture"},
    {"jpeg_half_an_end", kJpeg.substr(0, kJpeg.size() - 1), "ends before its picture"},
    {"jpeg_half", kJpeg.substr(0, kJpeg.size() / 2), "ends"},
    {"jpeg_fill_bytes_only", "\xFF\xD8" + std::string(5000, '\xFF'), "ends before its picture"},
    {"jpeg_end_at_once", "\xFF\xD8\xFF\xD9", "holds no picture"},
    {"jpeg_second_start", after_start("\xFF\xD8"), "marker out of place"},
    {"jpeg_restart_in_the_header", after_start("\xFF\xD0"), "marker out of place"},
    {"jpeg_segment_of_length_0", after_start(std::string("\xFF\xE1\0\0", 4)), "impossible length"},
    {"jpeg_segment_of_length_1", after_start(std::string("\xFF\xE1\0\1", 4)), "impossible length"},
    {"jpeg_segment_beyond_the_file", after_start("\xFF\xE1\xFF\xFF"), "ends inside a segment"},
    {"jpeg_scan_before_its_frame", after_start(std::string("\xFF\xDA\0\x08\1\1\0\0\x3F\0", 10)), "before its frame"},
    {"jpeg_two_frames", jpeg_with(jpeg_with(kJpeg, 0xC0, std::string("\x08\0\1\0\1\1\1\x11\0", 9)), 0xFE, "x"),
     "two frame"},
    {"jpeg_frame_too_short", jpeg_with(kJpeg, 0xC0, "\x08"), "too short"},
    {"jpeg_no_scan", "\xFF\xD8\xFF\xC0" + std::string("\0\x0B\x08\0\1\0\1\1\1\x11\0", 11) + "\xFF\xD9",
     "holds no picture"},
    {"jpeg_arithmetic", jpeg_with(kJpeg, 0xC9, std::string(20, '\1')), "coded in a rare way"},
    {"jpeg_lossless", jpeg_with(kJpeg, 0xC3, std::string(20, '\1')), "coded in a rare way"},
    {"jpeg_padding_between_segments", kJpeg.substr(0, 20) + "\1\2\3" + kJpeg.substr(20), ""},
    {"jpeg_unknown_segment", jpeg_with(kJpeg, 0xF7, "abc"), "is damaged"},
    {"jpeg_scans_without_end", with_scans(kJpeg, 101), "more than 100 scans"},
    {"jpeg_scans_twice", with_scans(kJpeg, 1), ""},
    // JPEG: sizes and kinds.
    {"jpeg_no_width", jpeg_sized(0, 24), "holds no picture"},
    {"jpeg_no_height", jpeg_sized(40, 0), "holds no picture"},
    {"jpeg_too_wide", jpeg_sized(65535, 400), "at most 16384 a side"},
    {"jpeg_bomb", jpeg_sized(16384, 16384), "in all are accepted"},
    {"jpeg_ratio_above_200", jpeg_sized(8000, 8), "at most 200 times"},
    {"jpeg_larger_than_its_data", jpeg_sized(400, 240), ""},
    {"jpeg_two_channels", jpeg_sized(40, 24, 2), "expected 1, 3 or 4"},
    {"jpeg_255_channels", jpeg_sized(40, 24, 255), "expected 1, 3 or 4"},
    {"jpeg_channels_beyond_the_header", jpeg_sized(40, 24, 4), "four colour channels of unknown meaning"},
    {"jpeg_12_bits", replaced(kJpeg, kJpeg.find("\xFF\xC0") + 4, "\x0C"), "12 bits a sample"},
    {"jpeg_sampling_of_0", replaced(kJpeg, kJpeg.find("\xFF\xC0") + 11, zeros(1)), "is damaged"},
    {"jpeg_sampling_of_15", replaced(kJpeg, kJpeg.find("\xFF\xC0") + 11, "\xFF"), "is damaged"},
    {"jpeg_sampling_of_3_to_2", replaced(kJpeg, kJpeg.find("\xFF\xC0") + 11, "\x32\1\x21"), "is damaged"},
    {"jpeg_quantisation_table_200", replaced(kJpeg, kJpeg.find("\xFF\xC0") + 12, "\xC8"), "is damaged"},
    // JPEG: tables.
    {"jpeg_huffman_of_4080_symbols", huffman_row(0, std::string(16, '\xFF'), 4080), "broken Huffman table"},
    {"jpeg_huffman_of_257_symbols", huffman_row(0x10, zeros(14) + "\x81\x80", 257), "broken Huffman table"},
    {"jpeg_huffman_without_symbols", huffman_row(0, zeros(15) + "\x05", 4), "broken Huffman table"},
    {"jpeg_huffman_counts_cut", jpeg_with(kJpeg, 0xC4, zeros(3)), "broken Huffman table"},
    {"jpeg_huffman_overfull", huffman_row(0, "\3" + zeros(15), 3), "is damaged"},
    {"jpeg_huffman_of_256_equal_lengths", huffman_row(0, zeros(7) + "\xFF" + "\1" + zeros(7), 256), ""},
    {"jpeg_huffman_table_9", huffman_row(9, zeros(16), 0), "is damaged"},
    {"jpeg_huffman_missing", without_tables(kJpeg), "is damaged"},
    {"jpeg_huffman_missing_progressive", without_tables(jpeg_progressive()), ""},
    {"jpeg_quantisation_table_7", jpeg_with(kJpeg, 0xDB, "\7" + std::string(64, '\1')), "is damaged"},
    {"jpeg_quantisation_cut", jpeg_with(kJpeg, 0xDB, zeros(10)), "is damaged"},
    {"jpeg_restart_interval_odd", jpeg_with(kJpeg, 0xDD, "\1"), "is damaged"},
    {"jpeg_cmyk_without_adobe", replaced(jpeg_cmyk(), 6, "nobod"), "four colour channels of unknown meaning"},
    {"jpeg_exif_of_noise", jpeg_with(kJpeg, 0xE1, std::string("Exif\0\0", 6) + std::string(60000, '\xDD')), ""},
    {"jpeg_exif_directory_that_loops", jpeg_with(kJpeg, 0xE1, std::string("Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\x08", 20)),
     ""},

    // GIF.
    {"gif_header_cut", kGif.substr(0, 9), "ends before its picture"},
    {"gif_palette_cut", kGif.substr(0, 100), "ends before its picture"},
    {"gif_without_frames", kGif.substr(0, kGifFrame) + "\x3B", "holds no picture"},
    {"gif_nothing_after_the_palette", kGif.substr(0, kGifFrame), "ends before its picture"},
    {"gif_extensions_without_end", kGif.substr(0, kGifFrame) + repeated("\x21\xFE\3abc" + zeros(1), 1000),
     "ends before"},
    {"gif_unknown_block", kGif.substr(0, kGifFrame) + "\x55", "an unknown block"},
    {"gif_screen_of_0", replaced(kGif, 6, zeros(4)), "holds no picture"},
    {"gif_screen_bomb", replaced(kGif, 6, "\xFF\xFF\xFF\xFF"), "at most 16384 a side"},
    {"gif_screen_of_too_many_pixels", replaced(kGif, 6, std::string("\0\x40\0\x40", 4)), "in all are accepted"},
    {"gif_frame_cut", kGif.substr(0, kGifFrame + 5), "ends before its picture"},
    {"gif_frame_wider_than_the_screen", replaced(kGif, kGifFrame + 5, "\5"), "outside of it"},
    {"gif_frame_beside_the_screen", replaced(kGif, kGifFrame + 1, "\xFF\xFF"), "outside of it"},
    {"gif_frame_of_0", replaced(kGif, kGifFrame + 5, zeros(2)), "outside of it"},
    {"gif_no_palette", std::string(kGif).replace(10, 771, zeros(3)), "has no palette"},
    {"gif_small_palette", std::string(kGif).replace(10, 771, "\x80" + zeros(2) + "abcdef"), ""},
    {"gif_local_palette_cut", replaced(kGif, kGifFrame + 9, "\x87"), "ends before its picture"},
    {"gif_code_size_0", gif_codes(0, "\1\1" + zeros(1)), "LZW codes of 0 bits"},
    {"gif_code_size_12", gif_codes(12, "\1\1" + zeros(1)), "LZW codes of 12 bits"},
    {"gif_no_codes", gif_codes(8, zeros(1)), "too short"},
    {"gif_codes_cut", kGif.substr(0, kGif.size() - 6), "ends before its picture"},
    {"gif_end_code_at_once", gif_codes(8, std::string("\2\1\3\0", 4)), "too short"},
    {"gif_code_never_defined", gif_codes(2, std::string("\3\x3C\x3C\x3C\0", 5)), "too short"},
    {"gif_no_clear_code", gif_codes(2, std::string("\6\0\0\0\0\0\0\0", 8)), "is damaged"},
    {"gif_second_frame_broken", kGif.substr(0, kGif.size() - 1) + "\x2C\xFF\xFF\xFF", ""},
    {"gif_end_missing", kGif.substr(0, kGif.size() - 1), ""},

    // BMP.
    {"bmp_mark_only", "BM", "ends inside its header"},
    {"bmp_header_cut", kBmp.substr(0, 40), "ends inside its header"},
    {"bmp_header_of_13_bytes", replaced(kBmp, 14, "\x0D"), "a header of 13 bytes"},
    {"bmp_header_of_4_gigabytes", replaced(kBmp, 14, "\xFF\xFF\xFF\xFF"), "expected 12 or 40 to 124"},
    {"bmp_no_width", bmp(0, 2, 24, zeros(24)), "holds no picture"},
    {"bmp_no_height", bmp(3, 0, 24, zeros(24)), "holds no picture"},
    {"bmp_negative_width", bmp(-3, 2, 24, zeros(24)), "holds no picture"},
    {"bmp_lowest_height", bmp(3, INT32_MIN, 24, zeros(24)), "at most 16384 a side"},
    {"bmp_highest_size", bmp(INT32_MAX, INT32_MAX, 24, zeros(24)), "at most 16384 a side"},
    {"bmp_bomb", bmp(16000, 16000, 24, zeros(24)), "in all are accepted"},
    {"bmp_ratio_above_200", bmp(1, 300, 24, zeros(1200)), "at most 200 times"},
    {"bmp_one_byte_short", kBmp.substr(0, kBmp.size() - 4), "ends before its picture"},
    {"bmp_last_padding_missing", kBmp.substr(0, kBmp.size() - 3), ""},
    {"bmp_larger_than_its_data", bmp(3000, 2000, 24, zeros(24)), "ends before its picture"},
    {"bmp_pixels_beyond_the_file", replaced(kBmp, 10, "\xFF\xFF\xFF\xFF"), "ends before its picture"},
    {"bmp_pixels_inside_the_header", replaced(kBmp, 10, std::string("\4\0\0\0", 4)), "ends before its picture"},
    {"bmp_run_lengths", bmp(3, 2, 8, zeros(8), zeros(8), 1), "compression 1"},
    {"bmp_holding_a_png", bmp(3, 2, 24, zeros(24), "", 5), "compression 5"},
    {"bmp_masks_with_24_bits", bmp(3, 2, 24, zeros(24), "", 3, zeros(12)), "compression 3"},
    {"bmp_7_bits", bmp(3, 2, 7, zeros(24)), "7 bits a pixel"},
    {"bmp_65535_bits", bmp(3, 2, 65535, zeros(24)), "65535 bits a pixel"},
    {"bmp_masks_of_0", bmp(2, 1, 32, zeros(8), "", 3, zeros(12)), "is damaged"},
    {"bmp_masks_of_32_bits", bmp(2, 1, 32, zeros(8), "", 3, std::string(12, '\xFF')), "is damaged"},
    {"bmp_masks_cut", bmp(2, 1, 32, "", "", 3, zeros(8)), "ends inside its header"},
    {"bmp_mask_of_scattered_bits",
     bmp(2, 1, 32, std::string(8, '\xFF'), "", 3, "\x01\x01\x01\x80" + std::string("\0\x12\0\0\0\0\0\1", 8)), ""},
    {"bmp_no_palette", bmp(3, 2, 8, zeros(8)), "has no palette"},
    {"bmp_palette_index_out_of_range", replaced(kBmp8, kBmp8.size() - 8, "\xFF"), ""},
    {"bmp_palette_of_4_billion", replaced(kBmp8, 46, "\xFF\xFF\xFF\xFF"), ""},

    // WebP.
    {"webp_start_only", kWebp.substr(0, 12), "damaged or cut short"},
    {"webp_half", kWebp.substr(0, kWebp.size() / 2), "damaged or cut short"},
    {"webp_one_byte_short", kWebp.substr(0, kWebp.size() - 2), "damaged or cut short"},
    {"webp_length_beyond_the_file", replaced(kWebp, 4, "\xFF\xFF\xFF\x7F"), "damaged or cut short"},
    {"webp_length_of_4_gigabytes", replaced(kWebp, 4, "\xFF\xFF\xFF\xFF"), "damaged or cut short"},
    {"webp_chunk_beyond_the_file", replaced(kWebp, 16, "\xFF\xFF\xFF\x7F"), "damaged or cut short"},
    {"webp_signature_of_the_picture_wrong", replaced(kWebp, 20, "\x30"), "damaged"},
    {"webp_data_of_ones", std::string(kWebp).replace(27, kWebp.size() - 27, kWebp.size() - 27, '\xFF'), "damaged"},
    {"webp_canvas_bomb", webp_extended(2, 16777216, 16777216, kAnimation + webp_frame(0, 6, 5)), ": this"},
    {"webp_canvas_of_too_many_pixels", webp_extended(2, 16000, 16000, kAnimation + webp_frame(0, 6, 5)), "in all are"},
    {"webp_canvas_ratio", webp_extended(2, 4000, 5, kAnimation + webp_frame(0, 6, 5)), "at most 200 times"},
    {"webp_animation_without_frames", webp_extended(2, 6, 5, kAnimation), ": this WebP"},
    {"webp_frame_outside", webp_extended(2, 8, 5, kAnimation + webp_frame(100, 6, 5)), ": this WebP"},
    {"webp_frame_of_another_size", webp_extended(2, 8, 8, kAnimation + webp_frame(0, 8, 8)), ""},
    {"webp_exif_of_noise",
     webp_extended(8, 6, 5, kWebp.substr(12) + "EXIF" + little_endian(70000) + std::string(70000, '\xEE')), ""},
};

void check_row(const Row& row) {
  const std::string where = "folder/" + row.name;
  if (row.part.empty()) {
    const Image image = decode_image(bytes_of(row.bytes), where);
    check(image.width > 0 && image.height > 0, "there is a picture");
    check_equal(image.pixels.size(), size_t(image.width) * size_t(image.height) * 3, "the number of bytes");
    decode_mask(bytes_of(row.bytes), where);
  } else {
    for (const std::string& message : {message_of<LoadError>([&] { decode_image(bytes_of(row.bytes), where); }),
                                       message_of<LoadError>([&] { decode_mask(bytes_of(row.bytes), where); })}) {
      check(message.starts_with(where + ": "), "the sentence begins with the file: " + message);
      check_contains(message, row.part);
      check(message.find('\n') == std::string::npos && message.size() < 300, "it is one sentence: " + message);
    }
  }
  read_png_texts(bytes_of(row.bytes));
}

std::vector<Case> all_rows() {
  std::vector<Case> out;
  for (const Row& row : kRows) out.push_back({row.name, [&row] { check_row(row); }});
  return out;
}
const Cases rows(all_rows());

void sixty_rows_at_least() { check(kRows.size() >= 60, shown(kRows.size())); }

// Cut anywhere, a file is refused or gives a picture of its own size.
void no_format_minds_where_it_is_cut() {
  for (const std::string& whole : {kPng, kJpeg, jpeg_progressive(), jpeg_cmyk(), kGif, kBmp, kBmp8, kWebp}) {
    const Image image = decode_image(bytes_of(whole), "whole");
    size_t refused = 0;
    for (size_t length = 0; length < whole.size(); ++length) {
      const std::string part = whole.substr(0, length);  // a block of its own, so that reading past it is seen
      try {
        const Image got = decode_image(bytes_of(part), "part");
        check_equal(got.width, image.width, "the width at " + shown(length));
        check_equal(got.height, image.height, "the height at " + shown(length));
      } catch (const LoadError&) {
        ++refused;
      }
    }
    check(refused + 16 >= whole.size(), shown(whole.size() - refused) + " cuts were not noticed");
  }
}

void folders_pipes_and_missing_files_are_refused() {
  TemporaryFolder folder;
  check_contains(message_of<LoadError>([&] { load_image(folder.path()); }), "is not a regular file");
  check_contains(message_of<LoadError>([&] { load_mask(folder.path()); }), "is not a regular file");
  check_contains(message_of<LoadError>([&] { load_image(folder / "none.png"); }), "cannot be opened");
  check_contains(message_of<LoadError>([] { load_image("/dev/zero"); }), "is not a regular file");
}

// The codes of a GIF that draw beyond its frame are not followed: they would take the decoder hours.
void gif_codes_beyond_the_frame_cost_nothing() {
  std::string codes;
  uint64_t bits = 0;
  int held = 0;
  const auto put = [&](int code, int width) {
    bits |= uint64_t(code) << held;
    for (held += width; held >= 8; held -= 8, bits >>= 8) codes += char(bits & 255);
  };
  // Chains that grow by one pixel a code up to 4,000, then the longest again and again.
  put(4, 3);
  put(0, 3);
  int width = 3;
  for (int code = 6; code < 4000; ++code) {
    put(code, width);
    if (code + 1 == 1 << width && width < 12) ++width;
  }
  for (int i = 0; i < 2'000'000; ++i) put(3999, 12);
  std::string chain;
  for (size_t i = 0; i < codes.size(); i += 255) {
    const std::string block = codes.substr(i, 255);
    chain += char(block.size()) + block;
  }
  const Image image = decode_image(bytes_of(gif_codes(2, chain + zeros(1)) + "\x3B"), "a.gif");
  check_equal(image.width, 4, "the width");
}

// What a refused bomb may have allocated at most shows in the peak of the whole program, which has decoded all rows.
void no_row_took_much_memory() {
  for (const Row& row : kRows) try {
      decode_image(bytes_of(row.bytes), row.name);
    } catch (const LoadError&) {
    }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  check(usage.ru_maxrss < 1'500'000, "the peak was " + shown(usage.ru_maxrss) + " KiB");
}

const Cases cases = {CASE(sixty_rows_at_least), CASE(no_format_minds_where_it_is_cut),
                     CASE(folders_pipes_and_missing_files_are_refused), CASE(gif_codes_beyond_the_frame_cost_nothing),
                     CASE(no_row_took_much_memory)};

}  // namespace
