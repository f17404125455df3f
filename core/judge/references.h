// What the judge knows of the world: tones and silhouettes, drawn once and stored in references.inc.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace b3o::judge {

inline constexpr int kClasses = 20, kGrounds = 6;
extern const std::array<const char*, kClasses> kClassNames;
extern const std::array<const char*, kGrounds> kGroundNames;  // white meadow night sea sunset snow

struct ReferenceTone {
  uint8_t r, g, b;
};
extern const std::array<ReferenceTone, 10> kPaletteTones;  // in the order of kColorNames
extern const std::array<ReferenceTone, 4> kNeutralTones;   // of details: never an object

// A tone of a background and how much of it has that tone, in 1/1000.
struct GroundTone {
  uint8_t ground;
  ReferenceTone tone;
  uint16_t share;
};
std::span<const GroundTone> ground_tones();

// The coloured region of one object of one size: 24 rows of 24 bits, the leftmost pixel in the highest of the 24.
struct Silhouette {
  uint8_t object;
  bool soft;      // drawn out of focus
  int8_t dx, dy;  // from the middle of the region's box to the object's centre, in 1/100 of the longer side
  std::array<uint32_t, 24> rows;
};
std::span<const Silhouette> silhouettes();

// SHA-256 of everything above and of the judge's thresholds; printed beside every score.
std::string references_sha256();

}  // namespace b3o::judge
