// The program's own line icons (resources/icons), in the colours of the applied theme.
#pragma once

#include <QColor>
#include <QIcon>

namespace b3o {

enum class Tint { text, secondary, accent, on_accent, warn, bad };

QColor colourOf(Tint tint);
// name: the file's name without .svg. on: the colour of a checked button; off: of any other.
QIcon icon(const char* name, Tint off = Tint::text, Tint on = Tint::text);

}  // namespace b3o
