// The way of the Tab key through a window that changes while it is used: as the layouts lie, from left to right and
// from top to bottom, whenever its parts were made.
#pragma once

#include <QList>

class QWidget;

namespace b3o {

// The widgets inside root at which Tab stops now.
QList<QWidget*> tabStops(QWidget* root);
// Moves the focus to the next of them, or the one before; false: there is none.
bool moveFocus(QWidget* root, bool next);

}  // namespace b3o
