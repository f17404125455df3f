// Words that follow the language of the program while it runs.
#pragma once

#include <functional>

class QWidget;

namespace b3o {

// Calls write() now, and again whenever the language changes: write() sets the words of the widget, and of what is
// inside it, with tr(). Those of one widget run in the order in which they were given, before those of the widgets
// inside it. write() must not delete widgets outside this one.
void retranslated(QWidget* widget, std::function<void()> write);

}  // namespace b3o
