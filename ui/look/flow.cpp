#include "ui/look/flow.h"

#include <QWidget>
#include <algorithm>

namespace b3o {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent) {
  setContentsMargins(0, 0, 0, 0);
  setSpacing(spacing);
}

FlowLayout::~FlowLayout() { qDeleteAll(items_); }

QLayoutItem* FlowLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

QSize FlowLayout::sizeHint() const {
  QSize size;
  int shown = 0;
  for (const auto* item : items_) {
    if (item->isEmpty()) continue;
    ++shown;
    size.rwidth() += item->sizeHint().width();
    size.setHeight(std::max(size.height(), item->sizeHint().height()));
  }
  return size + QSize(spacing() * std::max(0, shown - 1), 0);
}

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const auto* item : items_)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  return size;
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, true);
}

int FlowLayout::place(const QRect& rect, bool really) const {
  int x = rect.x(), y = rect.y(), line = 0;
  for (auto* item : items_) {
    if (item->isEmpty()) continue;
    const QSize size = item->sizeHint();
    if (x > rect.x() && x + size.width() > rect.x() + rect.width()) {
      x = rect.x();
      y += line + spacing();
      line = 0;
    }
    if (really) item->setGeometry(QRect(QPoint(x, y), size));
    x += size.width() + spacing();
    line = std::max(line, size.height());
  }
  return y + line - rect.y();
}

}  // namespace b3o
