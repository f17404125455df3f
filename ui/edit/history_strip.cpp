#include "ui/edit/history_strip.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kSide = 76, kArrow = 32, kStep = kSide + kArrow, kRing = 3, kName = 18;

}  // namespace

std::vector<HistoryPlace> historyOf(const EditDocument& document) {
  std::vector<HistoryPlace> out;
  if (document.empty()) return out;
  std::vector<HistoryPlace> open{{document.source(), true}};  // the next one last
  while (!open.empty()) {
    out.push_back(open.back());
    open.pop_back();
    const auto children = document.children(out.back().node);
    for (size_t i = children.size(); i-- > 0;) open.push_back({children[i], i == 0});
  }
  return out;
}

HistoryRow::HistoryRow(EditSession& session, QWidget* parent)
    : QWidget(parent), session_(session), name_(new QLineEdit(this)) {
  setFocusPolicy(Qt::StrongFocus);
  name_->hide();
  retranslated(this, [this] {
    setAccessibleName(tr("History"));
    name_->setAccessibleName(tr("Name of the picture"));
  });
  connect(name_, &QLineEdit::editingFinished, this, [this] {
    if (!naming_) return;
    const int64_t node = std::exchange(naming_, 0);
    name_->hide();
    setFocus();
    if (session_.document().has(node)) session_.rename(node, name_->text().trimmed());
  });
  connect(&session_, &EditSession::treeChanged, this, &HistoryRow::refresh);
  connect(&session_, &EditSession::opened, this, &HistoryRow::refresh);
  connect(&session_, &EditSession::pictureReady, this, qOverload<>(&QWidget::update));
  refresh();
}

void HistoryRow::refresh() {
  places_ = historyOf(session_.document());
  if (naming_ && !session_.document().has(naming_)) {
    naming_ = 0;
    name_->hide();
  }
  resize(sizeHint());
  update();
  Q_EMIT moved();
}

QRect HistoryRow::rectOf(int place) const { return {kRing + place * kStep, kRing, kSide, kSide}; }

QSize HistoryRow::sizeHint() const { return {int(places_.size()) * kStep + 2 * kRing, kSide + kName + 2 * kRing + 2}; }

int HistoryRow::current() const {
  for (size_t i = 0; i < places_.size(); ++i)
    if (places_[i].node == session_.document().current()) return int(i);
  return -1;
}

int HistoryRow::placeAt(const QPoint& point) const {
  for (int i = 0; i < int(places_.size()); ++i)
    if (rectOf(i).adjusted(0, 0, 0, kName + kRing).contains(point)) return i;
  return -1;
}

void HistoryRow::drawNode(QPainter& painter, int place) const {
  const HistoryPlace& here = places_[size_t(place)];
  const QRect at = rectOf(place);
  if (place > 0) {
    // An arrow to what grew out of the picture before; a bent one where another branch begins.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look().secondary, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tip(at.left() - 10, at.center().y() + (here.follows ? 0 : 6));
    QPainterPath path;
    if (here.follows) {
      path.moveTo(tip - QPointF(12, 0));
    } else {
      path.moveTo(tip - QPointF(10, 12));
      path.lineTo(tip - QPointF(10, 4));
      path.quadTo(tip - QPointF(10, 0), tip - QPointF(6, 0));
    }
    path.lineTo(tip);
    path.moveTo(tip - QPointF(4, 4));
    path.lineTo(tip);
    path.lineTo(tip + QPointF(-4, 4));
    painter.drawPath(path);
  }
  painter.setPen(look().line);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  const QImage image = session_.thumbnail(here.node);
  if (!image.isNull()) {
    QRectF into(QPointF(), QSizeF(image.size()).scaled(at.size(), Qt::KeepAspectRatio));
    into.moveCenter(QRectF(at).center());
    drawRounded(painter, into, image, kRadius);
  }
  const bool current = here.node == session_.document().current();
  painter.setFont(textFont(kSecondaryPx));
  painter.setPen(current ? look().text : look().secondary);
  const QRect name(at.left(), at.bottom() + kRing + 1, kStep - 8, kName);
  painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(session_.nameOf(here.node), Qt::ElideRight, name.width()));
  if (!current) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? look().text : look().accent, 2));
  painter.drawRoundedRect(QRectF(at).adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
}

void HistoryRow::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (int place = 0; place < int(places_.size()); ++place)
    if (QRect(rectOf(place).left() - kArrow, 0, kStep + kRing, height()).intersects(event->rect()))
      drawNode(painter, place);
}

void HistoryRow::rename(int place) {
  if (place < 0 || place >= int(places_.size())) return;
  naming_ = places_[size_t(place)].node;
  const QRect at = rectOf(place);
  name_->setText(session_.nameOf(naming_));
  name_->setGeometry(std::min(at.left(), std::max(0, width() - kStep)), at.bottom() - 12, kStep, 32);
  name_->show();
  name_->setFocus();
  name_->selectAll();
}

void HistoryRow::openMenu(int place, const QPoint& at) {
  const int64_t node = places_[size_t(place)].node;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto add = [&](const QString& text, bool enabled, auto act) {
    auto* action = menu->addAction(text);
    action->setEnabled(enabled);
    connect(action, &QAction::triggered, this, act);
  };
  const bool current = node == session_.document().current();
  add(tr("Go there"), !current, [this, node] { session_.goTo(node); });
  add(tr("Rename..."), true, [this, node] {
    for (int i = 0; i < int(places_.size()); ++i)
      if (places_[size_t(i)].node == node) rename(i);
  });
  add(tr("Compare with the current picture"), !current, [this, node] { Q_EMIT compareWanted(node); });
  add(tr("Take its mark"), session_.document().node(node).mask != nullptr, [this, node] { session_.takeMaskOf(node); });
  menu->addSeparator();
  add(tr("Delete it and what grew out of it"), node != session_.document().source(),
      [this, node] { session_.remove(node); });
  menu->popup(at);
}

void HistoryRow::mousePressEvent(QMouseEvent* event) {
  const int place = placeAt(event->position().toPoint());
  if (place >= 0 && event->button() == Qt::LeftButton) session_.goTo(places_[size_t(place)].node);
}

void HistoryRow::mouseDoubleClickEvent(QMouseEvent* event) { rename(placeAt(event->position().toPoint())); }

void HistoryRow::contextMenuEvent(QContextMenuEvent* event) {
  const bool key = event->reason() == QContextMenuEvent::Keyboard;
  const int place = key ? current() : placeAt(event->pos());
  if (place >= 0) openMenu(place, key ? mapToGlobal(rectOf(place).center()) : event->globalPos());
}

void HistoryRow::keyPressEvent(QKeyEvent* event) {
  const int now = current();
  const auto go = [&](int place) {
    if (now >= 0 && place >= 0 && place < int(places_.size())) session_.goTo(places_[size_t(place)].node);
  };
  if (event->key() == Qt::Key_Left)
    go(now - 1);
  else if (event->key() == Qt::Key_Right)
    go(now + 1);
  else if (event->key() == Qt::Key_Delete && now >= 0 && places_[size_t(now)].node != session_.document().source())
    session_.remove(places_[size_t(now)].node);
  else
    QWidget::keyPressEvent(event);
}

bool HistoryRow::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int place = placeAt(help->pos());
  if (place < 0) return true;
  const EditNode& node = session_.document().node(places_[size_t(place)].node);
  QString text = session_.nameOf(node.id);
  if (node.parent) text = tr("%1, made from %2").arg(text, session_.nameOf(node.parent));
  QToolTip::showText(help->globalPos(), plainToolTip(text), this, rectOf(place));
  return true;
}

HistoryStrip::HistoryStrip(EditSession& session, QWidget* parent) : QScrollArea(parent), row_(new HistoryRow(session)) {
  setFocusPolicy(Qt::NoFocus);
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFixedHeight(row_->sizeHint().height() + 12);
  row_->setProperty("kind", "scrolled");
  setWidget(row_);
  connect(row_, &HistoryRow::moved, this, &HistoryStrip::showCurrent);
}

void HistoryStrip::showCurrent() {
  const QRect at = row_->rectOf(std::max(0, row_->current()));
  ensureVisible(at.center().x(), at.center().y(), kStep, 0);
}

}  // namespace b3o
