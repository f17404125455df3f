// Between the files and the codec: what a reader of one format returns, and the readers. Not for other rooms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace b3o {

using Octets = std::span<const uint8_t>;

struct Raster {
  int width = 0, height = 0;
  int channels = 0;              // 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA
  std::vector<uint8_t> samples;  // [height, width, channels]
  bool over_white = false;       // the reference lays this kind of picture over white; else alpha is for masks only
  int orientation = 1;           // as in EXIF: 1 to 8
};

// LoadError when a picture of this size is not accepted; called before pixels are decoded.
void check_size(int64_t width, int64_t height, const std::string& where);

// The EXIF orientation in a TIFF block with or without "Exif\0\0" before it; 1 when there is none, or only garbage.
int exif_orientation(Octets exif);

// Each takes a whole file that begins as its format does. LoadError when it is broken, cut short or too large.
// with_transparency keeps the transparent colours of PNG palettes and PNGs without an alpha channel.
Raster read_png(Octets file, const std::string& where, bool with_transparency);
Raster read_jpeg(Octets file, const std::string& where);
Raster read_gif(Octets file, const std::string& where);
Raster read_bmp(Octets file, const std::string& where);
Raster read_webp(Octets file, const std::string& where);

// The only way to stb_image. The file's size must have been checked, and be the one given here. channels 0: as many as
// the file has.
Raster decode_with_stb(Octets file, int width, int height, int channels, const std::string& where);

}  // namespace b3o
