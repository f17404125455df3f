// The judge's references drawn anew from the renderer: what core/judge/references.inc has to hold.
#pragma once

#include <string>

namespace b3o::test {

std::string drawn_references();

}  // namespace b3o::test
