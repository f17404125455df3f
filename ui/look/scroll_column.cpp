#include "ui/look/scroll_column.h"

namespace b3o {

QWidget* makeScrollColumn(QScrollArea& area) {
  area.setFocusPolicy(Qt::NoFocus);
  area.setFrameShape(QFrame::NoFrame);
  area.setWidgetResizable(true);
  area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget;
  content->setProperty("kind", "scrolled");
  return content;
}

}  // namespace b3o
