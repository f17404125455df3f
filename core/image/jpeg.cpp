// JPEG: every marker segment is walked before the decoder sees the file, because it trusts their lengths and counts.
// The walk and the decoder agree on where segments lie, so the decoder meets no table that was not checked here.
#include <cstring>

#include "core/base/error.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

struct Walk {
  Octets file;
  const std::string& where;
  size_t at = 2;  // after the start-of-image marker
  int width = 0, height = 0, components = 0, scans = 0;
  bool adobe = false;
  Octets exif = {};

  [[noreturn]] void refuse(const std::string& why) const { throw LoadError(cat(where, ": this JPEG ", why)); }

  // The next marker; outside of scans whatever lies before it is skipped.
  uint8_t marker() {
    while (at < file.size() && file[at] != 0xFF) ++at;
    while (at < file.size() && file[at] == 0xFF) ++at;
    if (at >= file.size()) refuse("ends before its picture does");
    return file[at++];
  }

  // Moves to the marker that ends the coded data of a scan: not a stuffed zero, not a restart.
  void skip_scan() {
    for (; at + 1 < file.size(); ++at)
      if (file[at] == 0xFF && file[at + 1] != 0 && file[at + 1] != 0xFF && (file[at + 1] < 0xD0 || file[at + 1] > 0xD7))
        return;
    refuse("ends before its picture does");
  }

  Octets segment() {
    if (file.size() - at < 2) refuse("ends inside a segment");
    const size_t length = size_t(file[at] << 8 | file[at + 1]);
    if (length < 2) refuse("has a segment of impossible length");
    if (length > file.size() - at) refuse("ends inside a segment");
    const Octets body = file.subspan(at + 2, length - 2);
    at += length;
    return body;
  }

  void huffman(Octets body) const {
    while (!body.empty()) {
      size_t symbols = 0;
      for (size_t i = 1; i <= 16 && i < body.size(); ++i) symbols += body[i];
      if (body.size() < 17 || symbols > 256 || symbols > body.size() - 17) refuse("has a broken Huffman table");
      body = body.subspan(17 + symbols);
    }
  }

  void frame(Octets body) {
    if (components) refuse("has two frame headers");
    if (body.size() < 6) refuse("has a frame header that is too short");
    if (body[0] != 8) refuse(cat("has ", int(body[0]), " bits a sample, only 8 are supported"));
    height = body[1] << 8 | body[2];
    width = body[3] << 8 | body[4];
    components = body[5];
    check_size(width, height, where);
    if (components != 1 && components != 3 && components != 4)
      refuse(cat("has ", components, " colour channels, expected 1, 3 or 4"));
  }

  void run() {
    for (;;) {
      const uint8_t m = marker();
      if (m == 0xD9) break;
      if (m == 0 || m == 1 || (m >= 0xD0 && m <= 0xD8)) refuse("has a marker out of place");
      const Octets body = segment();
      if (m == 0xC4) {
        huffman(body);
      } else if (m >= 0xC0 && m <= 0xC2) {
        frame(body);
      } else if (m >= 0xC3 && m <= 0xCF) {
        refuse("is coded in a rare way (lossless, hierarchical or arithmetic) that is not supported: save it anew");
      } else if (m == 0xDA) {
        if (!components) refuse("has a scan before its frame header");
        // Each scan costs a pass over the whole picture; encoders write about ten.
        if (++scans > 100) refuse("has more than 100 scans");
        skip_scan();
      } else if (m == 0xE1 && exif.empty() && body.size() > 6 && std::memcmp(body.data(), "Exif\0", 6) == 0) {
        exif = body;
      } else if (m == 0xEE && body.size() >= 12 && std::memcmp(body.data(), "Adobe", 6) == 0) {
        adobe = true;
      }
    }
    if (!scans) refuse("holds no picture");
    if (components == 4 && !adobe) refuse("has four colour channels of unknown meaning: save it as RGB");
  }
};

}  // namespace

Raster read_jpeg(Octets file, const std::string& where) {
  Walk walk{file, where};
  walk.run();
  Raster out = decode_with_stb(file, walk.width, walk.height, walk.components == 1 ? 1 : 3, where);
  if (!walk.exif.empty()) out.orientation = exif_orientation(walk.exif);
  return out;
}

}  // namespace b3o
