// Whether a picture shows what an edit instruction asks for, and still shows the rest (embedded-model.md 9.4).
#pragma once

#include "core/judge/judge.h"
#include "core/world/speaker.h"

namespace b3o::evaluate {

struct EditVerdict {
  bool done = false;  // the requested change is there
  // Every other object is (class, colour, centre within 10 pixels), and the background where it should stay.
  bool kept = false;
  bool score() const { return done && kept; }
};
EditVerdict edit_verdict(const world::Scene& source, const world::Edit& edit, const judge::Sight& sight);

}  // namespace b3o::evaluate
