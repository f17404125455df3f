#include <webp/decode.h>
#include <webp/demux.h>

#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

std::vector<uint8_t> decode_frame(const WebPIterator& frame, int channels, const std::string& where) {
  const size_t stride = size_t(frame.width) * size_t(channels);
  std::vector<uint8_t> out(stride * size_t(frame.height));
  WebPBitstreamFeatures features;
  const auto decode = channels == 4 ? &WebPDecodeRGBAInto : &WebPDecodeRGBInto;
  if (WebPGetFeatures(frame.fragment.bytes, frame.fragment.size, &features) != VP8_STATUS_OK ||
      features.width != frame.width || features.height != frame.height ||
      !decode(frame.fragment.bytes, frame.fragment.size, out.data(), out.size(), int(stride)))
    throw LoadError(cat(where, ": this WebP is damaged"));
  return out;
}

int orientation_of(const WebPDemuxer* demuxer) {
  WebPChunkIterator chunk{};
  int orientation = 1;
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk))
    orientation = exif_orientation({chunk.chunk.bytes, chunk.chunk.size});
  WebPDemuxReleaseChunkIterator(&chunk);
  return orientation;
}

}  // namespace

Raster read_webp(Octets file, const std::string& where) {
  const WebPData data{file.data(), file.size()};
  const std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)> demuxer(WebPDemux(&data), &WebPDemuxDelete);
  if (!demuxer) throw LoadError(cat(where, ": this WebP is damaged or cut short"));
  const int64_t width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH);
  const int64_t height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
  check_size(width, height, where);

  WebPIterator frame{};
  const std::unique_ptr<WebPIterator, decltype(&WebPDemuxReleaseIterator)> released(&frame, &WebPDemuxReleaseIterator);
  if (!WebPDemuxGetFrame(demuxer.get(), 1, &frame)) throw LoadError(cat(where, ": this WebP holds no picture"));
  if (frame.x_offset < 0 || frame.y_offset < 0 || frame.width < 1 || frame.height < 1 ||
      frame.width > width - frame.x_offset || frame.height > height - frame.y_offset)
    throw LoadError(cat(where, ": this WebP has a frame that lies outside of it"));

  Raster out;
  out.width = int(width);
  out.height = int(height);
  out.orientation = orientation_of(demuxer.get());
  const bool whole = frame.width == width && frame.height == height;
  out.channels = whole && !frame.has_alpha ? 3 : 4;
  out.over_white = out.channels == 4;
  std::vector<uint8_t> pixels = decode_frame(frame, out.channels, where);
  if (whole) {
    out.samples = std::move(pixels);
    return out;
  }
  // The first frame of an animation that covers a part: the rest is transparent.
  out.samples.resize(size_t(width) * size_t(height) * 4);
  const size_t row = size_t(frame.width) * 4;
  for (int y = 0; y < frame.height; ++y)
    std::memcpy(out.samples.data() + (size_t(frame.y_offset + y) * size_t(width) + size_t(frame.x_offset)) * 4,
                pixels.data() + size_t(y) * row, row);
  return out;
}

}  // namespace b3o
