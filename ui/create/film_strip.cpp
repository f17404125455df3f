#include "ui/create/film_strip.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kSide = 76, kStep = kSide + 8, kRing = 3;

}  // namespace

FilmRow::FilmRow(ImageJob& job, QWidget* parent) : QWidget(parent), job_(job) {
  retranslated(this, [this] { setAccessibleName(tr("Pictures of this sitting")); });
  setFocusPolicy(Qt::StrongFocus);
}

QRect FilmRow::rectOf(int row) const { return {kRing + row * kStep, kRing, kSide, kSide}; }

QSize FilmRow::sizeHint() const { return {int(job_.pictures().size()) * kStep + 2 * kRing, kSide + 2 * kRing}; }

int FilmRow::rowAt(const QPoint& point) const {
  const int row = (point.x() - kRing) / kStep;
  return point.x() >= kRing && row < int(job_.pictures().size()) && rectOf(row).contains(point) ? row : -1;
}

void FilmRow::drawPicture(QPainter& painter, const Picture& picture, const QRect& at) const {
  painter.setPen(look().line);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  const bool map = picture.thumbnail.isNull();
  const QImage& image = map ? picture.plan_map : picture.thumbnail;
  QRectF into(QPointF(), QSizeF(image.size()).scaled(at.size(), Qt::KeepAspectRatio));
  into.moveCenter(QRectF(at).center());
  drawRounded(painter, into, image, kRadius, !map);

  QString word;
  if (picture.state == Picture::State::waiting) word = tr("waits");
  if (picture.state == Picture::State::stopped) word = tr("stopped");
  if (picture.state == Picture::State::failed) word = tr("failed");
  if (word.isEmpty()) return;
  const QRectF plate(at.left() + 4, at.bottom() - 21, at.width() - 8, 18);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(plate, 5, 5);
  painter.setPen(look().secondary);
  painter.setFont(textFont(11));
  painter.drawText(plate, Qt::AlignCenter, word);
}

void FilmRow::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& pictures = job_.pictures();
  for (int row = 0; row < int(pictures.size()); ++row) {
    const QRect at = rectOf(row);
    if (!at.adjusted(-kRing, -kRing, kRing, kRing).intersects(event->rect())) continue;
    drawPicture(painter, pictures[size_t(row)], at);
    if (row != job_.selected()) continue;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? look().text : look().accent, 2));
    painter.drawRoundedRect(QRectF(at).adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
  }
}

void FilmRow::contextMenuEvent(QContextMenuEvent* event) {
  const bool key = event->reason() == QContextMenuEvent::Keyboard;
  const int row = key ? job_.selected() : rowAt(event->pos());
  if (row < 0) return;
  const auto done = [this](int at) { return at >= 0 && job_.pictures()[size_t(at)].image != nullptr; };
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  auto* compare = menu->addAction(tr("Compare with the picture that is shown"));
  compare->setEnabled(row != job_.selected() && done(row) && done(job_.selected()));
  connect(compare, &QAction::triggered, this, [this, row] { Q_EMIT compareWanted(row); });
  auto* edit = menu->addAction(tr("Open in Edit"));
  edit->setEnabled(done(row));
  connect(edit, &QAction::triggered, this, [this, row] { Q_EMIT editWanted(row); });
  menu->popup(key ? mapToGlobal(rectOf(row).center()) : event->globalPos());
}

void FilmRow::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) job_.select(rowAt(event->position().toPoint()));
}

void FilmRow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left)
    job_.select(job_.selected() - 1);
  else if (event->key() == Qt::Key_Right)
    job_.select(job_.selected() + 1);
  else
    QWidget::keyPressEvent(event);
}

bool FilmRow::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos());
    if (row >= 0)
      QToolTip::showText(help->globalPos(), plainToolTip(QString::fromUtf8(job_.pictures()[size_t(row)].recipe.prompt)),
                         this, rectOf(row));
    return true;
  }
  return QWidget::event(event);
}

FilmStrip::FilmStrip(ImageJob& job, QWidget* parent) : QScrollArea(parent), job_(job), row_(new FilmRow(job)) {
  setFocusPolicy(Qt::NoFocus);
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFixedHeight(kSide + 2 * kRing + 12);
  row_->setProperty("kind", "scrolled");
  setWidget(row_);
  const auto resize = [this] {
    row_->resize(row_->sizeHint());
    setVisible(!job_.pictures().empty());
    row_->update();
    showSelected();
  };
  connect(&job_, &ImageJob::picturesChanged, this, resize);
  connect(&job_, &ImageJob::pictureChanged, this,
          [this](int row) { row_->update(row_->rectOf(row).adjusted(-kRing, -kRing, kRing, kRing)); });
  connect(&job_, &ImageJob::selectionChanged, this, [this] {
    row_->update();
    showSelected();
  });
  resize();
}

void FilmStrip::showSelected() {
  const QRect at = row_->rectOf(std::max(0, job_.selected()));
  ensureVisible(at.center().x(), at.center().y(), kStep, 0);
}

}  // namespace b3o
