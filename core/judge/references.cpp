#include "core/judge/references.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/judge/judge.h"
#include "core/judge/segments.h"

namespace b3o::judge {
namespace {
#include "core/judge/references.inc"
}  // namespace

const std::array<const char*, kClasses> kClassNames = {
    "circle", "square", "triangle", "star", "heart", "moon", "fish", "house",    "tree",     "flower",
    "sun",    "cloud",  "car",      "boat", "cat",   "bird", "cup",  "umbrella", "mushroom", "balloon"};
const std::array<const char*, kGrounds> kGroundNames = {"white", "meadow", "night", "sea", "sunset", "snow"};
const std::array<ReferenceTone, 10> kPaletteTones = {{{222, 45, 38},
                                                      {244, 138, 30},
                                                      {250, 214, 48},
                                                      {46, 160, 67},
                                                      {38, 98, 217},
                                                      {130, 60, 180},
                                                      {245, 130, 180},
                                                      {140, 86, 48},
                                                      {32, 32, 36},
                                                      {248, 248, 248}}};
const std::array<ReferenceTone, 4> kNeutralTones = {{{250, 244, 225}, {250, 250, 250}, {150, 125, 105}, {86, 82, 88}}};

std::span<const GroundTone> ground_tones() { return kGroundTones; }
std::span<const Silhouette> silhouettes() { return kSilhouettes; }

std::string references_sha256() {
  std::string text = cat(kAccepted, ' ', kSoftHandicap, ' ', kLeastArea, ' ', kFarthest, ' ', kTooAlike);
  const auto add = [&](const ReferenceTone& t) { text += cat(' ', int(t.r), ' ', int(t.g), ' ', int(t.b)); };
  for (const char* name : kClassNames) text += cat(' ', name);
  for (const char* name : kGroundNames) text += cat(' ', name);
  for (const ReferenceTone& t : kPaletteTones) add(t);
  for (const ReferenceTone& t : kNeutralTones) add(t);
  for (const GroundTone& t : ground_tones()) {
    text += cat(' ', int(t.ground), ' ', t.share);
    add(t.tone);
  }
  for (const Silhouette& s : silhouettes()) {
    text += cat(' ', int(s.object), ' ', s.soft, ' ', int(s.dx), ' ', int(s.dy));
    for (const uint32_t row : s.rows) text += cat(' ', row);
  }
  return sha256_hex(text);
}

}  // namespace b3o::judge
