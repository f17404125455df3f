#include "ui/look/tab_order.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSet>
#include <QStackedLayout>
#include <algorithm>

namespace b3o {
namespace {

struct Way {
  QList<QWidget*> stops;
  QSet<QWidget*> seen;
};
void collect(QWidget* widget, Way& way);

bool isWhole(const QWidget* widget) {
  return qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
         qobject_cast<const QComboBox*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
         qobject_cast<const QPlainTextEdit*>(widget);
}

bool isStop(const QWidget* widget) {
  return widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy();
}

// Rows before columns, as one reads.
QList<QLayoutItem*> itemsOf(QLayout* layout) {
  QList<QLayoutItem*> items;
  for (int i = 0; i < layout->count(); ++i) items << layout->itemAt(i);
  if (auto* grid = qobject_cast<QGridLayout*>(layout)) {
    const auto place = [&](QLayoutItem* item) {
      int row = 0, column = 0, rows = 0, columns = 0;
      for (int i = 0; i < grid->count(); ++i)
        if (grid->itemAt(i) == item) grid->getItemPosition(i, &row, &column, &rows, &columns);
      return std::pair(row, column);
    };
    std::stable_sort(items.begin(), items.end(), [&](auto* a, auto* b) { return place(a) < place(b); });
  }
  return items;
}

void collect(QLayout* layout, Way& way) {
  for (auto* item : itemsOf(layout)) {
    if (item->widget()) collect(item->widget(), way);
    if (item->layout()) collect(item->layout(), way);
  }
}

void collect(QWidget* widget, Way& way) {
  if (!widget->isVisible() || way.seen.contains(widget)) return;
  way.seen << widget;
  if (isStop(widget)) way.stops << widget;
  if (isWhole(widget)) return;
  if (widget->layout()) collect(widget->layout(), way);
  // What no layout places: the inside of scrolled areas, and what lies over others.
  QList<QWidget*> loose;
  for (auto* child : widget->children()) {
    auto* inside = qobject_cast<QWidget*>(child);
    if (inside && !inside->isWindow() && !way.seen.contains(inside)) loose << inside;
  }
  std::stable_sort(loose.begin(), loose.end(),
                   [](const auto* a, const auto* b) { return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x()); });
  for (auto* inside : loose) collect(inside, way);
}

}  // namespace

QList<QWidget*> tabStops(QWidget* root) {
  Way way;
  collect(root, way);
  way.stops.removeAll(root);
  return way.stops;
}

bool moveFocus(QWidget* root, bool next) {
  const auto stops = tabStops(root);
  if (stops.isEmpty()) return false;
  const auto size = stops.size();
  auto at = stops.indexOf(root->focusWidget());
  if (at < 0) at = next ? -1 : size;
  stops[(at + (next ? 1 : size - 1)) % size]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  return true;
}

}  // namespace b3o
