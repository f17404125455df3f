#include "ui/gallery/gallery_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kSide = 140, kGap = 10, kHeadingHeight = 34, kRing = 3;

// A five-pointed star around a centre.
QPolygonF star(QPointF centre, double radius) {
  QPolygonF points;
  for (int i = 0; i < 10; ++i) {
    const double r = i % 2 ? radius * 0.42 : radius, angle = (i * 36 - 90) * 3.14159265358979 / 180;
    points << centre + QPointF(r * std::cos(angle), r * std::sin(angle));
  }
  return points;
}

class Drawer : public QStyledItemDelegate {
 public:
  explicit Drawer(QListView* view) : QStyledItemDelegate(view), view_(view) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
    if (index.data(GalleryModel::HeadingRole).isValid()) return {view_->viewport()->width(), kHeadingHeight};
    return {kSide + kGap, kSide + kGap};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (const QVariant heading = index.data(GalleryModel::HeadingRole); heading.isValid()) {
      painter->setFont(textFont(kSecondaryPx));
      painter->setPen(look().secondary);
      painter->drawText(option.rect.adjusted(kRing, 0, 0, -space::s), Qt::AlignLeft | Qt::AlignBottom,
                        heading.toString());
    } else {
      drawPicture(*painter, option, index);
    }
    painter->restore();
  }

 private:
  void drawPicture(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRectF cell(option.rect.x() + kRing, option.rect.y() + kRing, kSide, kSide);
    const QImage image = index.data(Qt::DecorationRole).value<QImage>();
    QRectF at = cell;
    if (image.isNull()) {
      painter.setPen(look().line);
      painter.setBrush(look().panel);
      painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    } else {
      at = QRectF(QPointF(), QSizeF(image.size()).scaled(cell.size(), Qt::KeepAspectRatio));
      at.moveCenter(cell.center());
      drawRounded(painter, at, image, kRadius);
    }
    if (index.data(GalleryModel::StarRole).toBool()) {
      const QPointF centre(at.right() - 15, at.top() + 15);
      QColor plate = look().window;
      plate.setAlpha(170);
      painter.setPen(Qt::NoPen);
      painter.setBrush(plate);
      painter.drawEllipse(centre, 11, 11);
      painter.setBrush(look().warn);
      painter.drawPolygon(star(centre, 7.5));
    }
    const bool chosen = option.state & QStyle::State_Selected, current = option.state & QStyle::State_HasFocus;
    if (!chosen && !current) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(chosen ? look().accent : look().secondary, 2));
    painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
  }

  QListView* view_;
};

}  // namespace

GalleryView::GalleryView(GalleryModel& model, QWidget* parent) : QListView(parent), model_(model) {
  retranslated(this, [this] { setAccessibleName(tr("Pictures")); });
  setFrameShape(QFrame::NoFrame);
  setViewMode(QListView::ListMode);
  setFlow(QListView::LeftToRight);
  setWrapping(true);
  setResizeMode(QListView::Adjust);
  setMovement(QListView::Static);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setDragEnabled(true);
  setDragDropMode(QAbstractItemView::DragOnly);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its coming and going would change the layout
  verticalScrollBar()->setSingleStep(kSide / 2);
  // It keeps its place where there is nothing to scroll, but shows no handle.
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, verticalScrollBar(),
          [bar = verticalScrollBar()](int least, int most) { bar->setEnabled(most > least); });
  setProperty("kind", "gallery");
  setItemDelegate(new Drawer(this));
  // A list that changes keeps its place and its current picture.
  connect(&model_, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
    scroll_ = verticalScrollBar()->value();
    current_ = currentIndex().data(GalleryModel::IdRole).toLongLong();
  });
  setModel(&model_);
  connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
    if (const QModelIndex at = model_.indexOf(current_); at.isValid())
      selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
    doItemsLayout();
    verticalScrollBar()->setValue(scroll_);
  });
  connect(this, &QAbstractItemView::activated, this,
          [this](const QModelIndex& at) { Q_EMIT opened(at.data(GalleryModel::IdRole).toLongLong()); });
}

std::vector<int64_t> GalleryView::chosenIds() const {
  QModelIndexList rows = selectionModel()->selectedIndexes();
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.row() < b.row(); });
  std::vector<int64_t> out;
  for (const auto& row : rows) out.push_back(row.data(GalleryModel::IdRole).toLongLong());
  return out;
}

void GalleryView::choose(int64_t id) {
  const QModelIndex at = model_.indexOf(id);
  if (!at.isValid()) return;
  selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
  scrollTo(at);
}

void GalleryView::selectionChanged(const QItemSelection& chosen, const QItemSelection& left) {
  QListView::selectionChanged(chosen, left);
  Q_EMIT chosenChanged();
}

void GalleryView::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  scheduleDelayedItemsLayout();  // headings are as wide as the view
}

// The first arrow on a fresh list chooses the picture that has the focus, or the first one.
void GalleryView::keyPressEvent(QKeyEvent* event) {
  const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
  if (arrow && !selectionModel()->hasSelection() && model_.rowCount() > 1) {
    const bool picture = currentIndex().flags() & Qt::ItemIsSelectable;
    return selectionModel()->setCurrentIndex(picture ? currentIndex() : model_.index(1),
                                             QItemSelectionModel::ClearAndSelect);
  }
  QListView::keyPressEvent(event);
}

}  // namespace b3o
