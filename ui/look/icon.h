// The program's own line icons (resources/icons), in the colours of the applied theme.
#pragma once

#include <QIcon>

#include "ui/look/theme.h"

namespace b3o {

// name: the file's name without .svg. on: the colour of a checked button; off: of any other.
QIcon icon(const char* name, Tint off = Tint::text, Tint on = Tint::text);

}  // namespace b3o
