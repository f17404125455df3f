// What a text says about a scene: the meeting point of scenes, captions and prompts.
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

struct Mention {
  Obj obj = Obj::circle;
  int count = 1;
  std::optional<Col> col;
  std::optional<Tex> tex;
  std::optional<Size> size;  // small or big
  std::optional<Place> place;
  bool operator==(const Mention&) const = default;
};

// mentions[subject] is `rel` mentions[target].
struct Link {
  int subject = 0;
  Rel rel = Rel::left_of;
  int target = 0;
  bool operator==(const Link&) const = default;
};

struct Description {
  std::vector<Mention> mentions;
  std::vector<Link> links;
  std::optional<Bg> bg;
  std::string sign;
  bool operator==(const Description&) const = default;
};

// Everything a caption can say about the scene, equal objects grouped; a link where two single objects are in a clear
// relation; a place where a single object has one.
Description description_of(const Scene& scene);

// "a red fish left of a blue star at night".
std::string plain_text(const Description& said);

// How well a caption tells the scene: the F1 of (object), (object, color), (object, count) and relation tuples read
// from both. A caption that cannot be read has what could be read of it; 0 .. 1.
double caption_f1(const std::string& caption, const Scene& scene);

}  // namespace b3o::world
