// A column that scrolls up and down inside a panel or a dialog.
#pragma once

#include <QScrollArea>

namespace b3o {

// Without a frame, never sideways, without a place in the Tab order; as wide as the area. The widget that is returned
// gets the column's layout and goes into the area by setWidget, once it is filled.
QWidget* makeScrollColumn(QScrollArea& area);

}  // namespace b3o
