#include <libexif/exif-data.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/image/raster.h"

namespace b3o {

int exif_orientation(Octets exif) {
  constexpr uint8_t kMark[6] = {'E', 'x', 'i', 'f', 0, 0};
  constexpr size_t kLongest = 65527;  // what fits into a JPEG segment; other formats could carry more
  if (exif.size() >= sizeof kMark && std::memcmp(exif.data(), kMark, sizeof kMark) == 0)
    exif = exif.subspan(sizeof kMark);
  exif = exif.first(std::min(exif.size(), kLongest));
  std::vector<uint8_t> marked(std::begin(kMark), std::end(kMark));
  marked.insert(marked.end(), exif.begin(), exif.end());

  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(exif_data_new(), &exif_data_unref);
  if (!data) return 1;
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);  // it would invent entries
  exif_data_load_data(data.get(), marked.data(), unsigned(marked.size()));
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) return 1;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return value >= 1 && value <= 8 ? value : 1;
}

}  // namespace b3o
