#include "ui/edit/session_list.h"

#include <QDateTime>
#include <QPainter>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"
#include "ui/state/gallery_model.h"

namespace b3o {
namespace {

constexpr int kWidth = 320, kRow = 52, kMostRows = 6, kCover = 40, kHeading = 20;

// A session as a row: its picture, its name, when it was changed last.
class SessionRow : public QAbstractButton {
 public:
  SessionRow(const QImage& cover, QString title, QString when, bool open, QWidget* parent)
      : QAbstractButton(parent), cover_(cover), title_(std::move(title)), when_(std::move(when)), open_(open) {
    setAccessibleName(title_);
    setFixedHeight(kRow);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(look().accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(open_ ? look().selected : underMouse() ? look().hover : look().panel);
    painter.drawRoundedRect(all, 6, 6);
    const QRectF box(space::s, (kRow - kCover) / 2.0, kCover, kCover);
    if (!cover_.isNull()) {
      QRectF at(QPointF(), QSizeF(cover_.size()).scaled(box.size(), Qt::KeepAspectRatio));
      at.moveCenter(box.center());
      drawRounded(painter, at, cover_, 4);
    }
    const QRectF text(box.right() + space::m, 8, width() - box.right() - space::m - space::s, 18);
    painter.setFont(textFont(kBodyPx));
    painter.setPen(look().text);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(title_, Qt::ElideRight, int(text.width())));
    painter.setFont(textFont(kSecondaryPx));
    painter.setPen(look().secondary);
    painter.drawText(text.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter, when_);
  }

 private:
  QImage cover_;
  QString title_, when_;
  bool open_;
};

}  // namespace

SessionList::SessionList(EditList& list, EditSession& session, QWidget* parent)
    : QFrame(parent, Qt::Popup), list_(list), session_(session) {
  setProperty("kind", "popup");
  setFixedWidth(kWidth);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(space::s, space::s, space::s, space::s);
  all->setSpacing(space::xs);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(space::s, 0, 0, 0);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kBodyPx, QFont::DemiBold));
  undo_ = makeButton({}, "chip", this);
  head->addWidget(title_, 1);
  head->addWidget(undo_);
  all->addLayout(head);
  scroll_ = new QScrollArea(this);
  auto* content = makeScrollColumn(*scroll_);
  column_ = new QVBoxLayout(content);
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(2);
  scroll_->setWidget(content);
  all->addWidget(scroll_);
  connect(undo_, &QPushButton::clicked, &list_, &EditList::undo);
  const auto again = [this] {
    if (isVisible()) render();
  };
  connect(&list_, &EditList::changed, this, again);
  connect(&list_, &EditList::thumbnailReady, this, again);
  retranslated(this, [this] {
    undo_->setText(tr("Undo"));
    undo_->setAccessibleName(tr("Bring the removed session back"));
    render();
  });
}

QWidget* SessionList::makeRow(const EditLine& line, bool removed) {
  auto* box = new QWidget(scroll_->widget());
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::xs);
  const QString title = line.title.empty() ? tr("Unnamed session") : QString::fromStdString(line.title);
  auto* open = new SessionRow(list_.thumbnail(line), title, whenText(line.changed, QDateTime::currentDateTime()),
                              line.id == session_.id(), box);
  auto* remove = makeButton({}, "ghost", box, "trash");
  remove->setFixedSize(32, 32);
  row->addWidget(open, 1);
  row->addWidget(remove);
  if (removed) {
    open->setAccessibleName(tr("Bring the session %1 back").arg(title));
    open->setToolTip(tr("Bring back"));
    remove->setAccessibleName(tr("Delete the session %1 for good").arg(title));
    remove->setToolTip(tr("Delete for good; this cannot be undone"));
    connect(open, &QAbstractButton::clicked, &list_, [this, id = line.id] { list_.restore(id); });
    connect(remove, &QPushButton::clicked, &list_, [this, id = line.id] { list_.deleteForGood(id); });
    removed_.push_back(open);
    return box;
  }
  remove->setAccessibleName(tr("Remove the session %1").arg(title));
  remove->setToolTip(tr("Remove; it can be brought back"));
  connect(open, &QAbstractButton::clicked, this, [this, id = line.id] {
    hide();
    list_.open(id);
  });
  connect(remove, &QPushButton::clicked, &list_, [this, id = line.id] { list_.trash(id); });
  rows_.push_back(open);
  removes_.push_back(remove);
  return box;
}

void SessionList::render() {
  while (QLayoutItem* item = column_->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
  rows_.clear();
  removed_.clear();
  removes_.clear();
  for (const auto& line : list_.lines()) column_->addWidget(makeRow(line, false));
  if (!list_.trashed().empty()) {
    auto* heading = new Label(tr("Removed"), Tint::secondary, scroll_->widget());
    heading->setFont(textFont(kSecondaryPx));
    column_->addWidget(heading);
  }
  for (const auto& line : list_.trashed()) column_->addWidget(makeRow(line, true));
  column_->addStretch();
  const int shown = std::clamp(int(list_.lines().size() + list_.trashed().size()), 1, kMostRows);
  scroll_->setFixedHeight(shown * (kRow + 2) + (list_.trashed().empty() ? 0 : kHeading));
  title_->setText(list_.lines().empty() ? tr("No session is kept yet") : tr("Sessions"));
  undo_->setVisible(list_.canUndo());
}

void SessionList::showBelow(QWidget* button) {
  render();
  adjustSize();
  const QRect window = button->window()->geometry();
  QPoint at = button->mapToGlobal(QPoint(0, button->height() + space::xs));
  at.setX(std::min(at.x(), window.right() - width() - space::s));
  move(at);
  show();
}

}  // namespace b3o
