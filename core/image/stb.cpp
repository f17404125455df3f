// stb_image 2.27, for PNG, JPEG, BMP and GIF only. It has known weaknesses; what it is given here has been validated or
// rewritten by the reader of each format, and
// * memory starts zeroed: it reads Huffman tables and pictures that a file did not fill;
// * its assertions are off: broken files reach them, and they would end the program.
// This file is compiled with wrapping integers, because sums of hostile coefficients overflow.
#include <cstdlib>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 16384
#define STBI_ASSERT(claim) ((void)0)
#define STBI_MALLOC(size) std::calloc(1, size)
#define STBI_REALLOC(p, size) std::realloc(p, size)
#define STBI_FREE(p) std::free(p)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include <memory>

#include "core/base/error.h"
#include "core/image/raster.h"

namespace b3o {

Raster decode_with_stb(Octets file, int width, int height, int channels, const std::string& where) {
  if (file.size() > size_t(INT32_MAX)) throw LoadError(cat(where, ": is too large a file for a picture"));
  int w = 0, h = 0, own = 0;
  const std::unique_ptr<uint8_t, decltype(&std::free)> pixels(
      stbi_load_from_memory(file.data(), int(file.size()), &w, &h, &own, channels), &std::free);
  if (!pixels) {
    const char* reason = stbi_failure_reason();
    throw LoadError(cat(where, ": this picture is damaged (", reason ? reason : "unknown reason", ")"));
  }
  ensure(w == width && h == height, "the decoded size is the checked size");
  Raster out;
  out.width = w;
  out.height = h;
  out.channels = channels ? channels : own;
  out.samples.assign(pixels.get(), pixels.get() + size_t(w) * size_t(h) * size_t(out.channels));
  return out;
}

}  // namespace b3o
