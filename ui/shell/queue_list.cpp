#include "ui/shell/queue_list.h"

#include <QGuiApplication>
#include <QScreen>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 420;
constexpr size_t kMostRows = 8;

}  // namespace

QueueList::QueueList(DrawQueue& queue, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      queue_(queue),
      pause_(makeButton({}, "chip", this)),
      title_(new Label({}, Tint::text, this)) {
  setProperty("kind", "popup");
  setAttribute(Qt::WA_StyledBackground);
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::m, space::m, space::m, space::m);
  column->setSpacing(space::s);
  title_->setFont(textFont(kBodyPx, QFont::DemiBold));
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(pause_);
  column->addLayout(head);
  rows_ = new QVBoxLayout;
  rows_->setSpacing(space::xs);
  column->addLayout(rows_);
  connect(pause_, &QPushButton::clicked, this, [this] { queue_.setPaused(!queue_.paused()); });
  connect(&queue_, &DrawQueue::changed, this, &QueueList::render);
  retranslated(this, [this] { render(); });
}

QWidget* QueueList::makeRow(size_t at) {
  const QueuedDrawing& item = queue_.items()[at];
  auto* row = new QWidget(this);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(space::xs);
  const QString prompt = QString::fromStdString(item.recipe.prompt).simplified();
  const QString count = tr("%Ln picture(s)", nullptr, item.count);
  line->addWidget(new Label(tr("%1. %2").arg(at + 1).arg(prompt), Tint::text, row), 1);
  auto* facts = new Label(item.interrupted ? tr("%1, interrupted").arg(count) : count, Tint::secondary, row);
  facts->setFont(textFont(kSecondaryPx));
  facts->setWhole(true);
  line->addWidget(facts);
  const auto add = [&](const QString& text, const QString& name, bool enabled, auto act) {
    auto* button = makeButton(text, "chip", row);
    button->setAccessibleName(tr("%1: %2").arg(name, prompt));
    button->setToolTip(name);
    button->setEnabled(enabled);
    connect(button, &QPushButton::clicked, this, act);
    line->addWidget(button);
  };
  const uint64_t key = item.key;
  add(QStringLiteral("↑"), tr("Earlier"), at > 0, [this, key] { queue_.move(key, -1); });
  add(QStringLiteral("↓"), tr("Later"), at + 1 < queue_.items().size(), [this, key] { queue_.move(key, 1); });
  add(tr("Remove"), tr("Remove from the queue"), true, [this, key] { queue_.remove(key); });
  return row;
}

void QueueList::render() {
  const size_t count = queue_.items().size();
  title_->setText(count == 0        ? tr("Nothing waits")
                  : queue_.paused() ? tr("%1 waiting, paused").arg(count)
                                    : tr("%1 waiting").arg(count));
  pause_->setText(queue_.paused() ? tr("Go on") : tr("Pause"));
  pause_->setAccessibleName(queue_.paused() ? tr("Go on with the queue") : tr("Pause the queue"));
  pause_->setVisible(count > 0);
  // A row's button may have asked for this.
  while (QLayoutItem* item = rows_->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
  }
  for (size_t at = 0; at < std::min(count, kMostRows); ++at) rows_->addWidget(makeRow(at));
  if (count > kMostRows) rows_->addWidget(new Label(tr("and %1 more").arg(count - kMostRows), Tint::secondary, this));
  const int bottom = geometry().bottom();
  adjustSize();
  if (isVisible()) move(x(), bottom - height() + 1);
}

void QueueList::showAbove(QWidget* button) {
  adjustSize();
  const QPoint corner = button->mapToGlobal(QPoint(button->width(), 0));
  move(corner.x() - width(), corner.y() - height() - space::s);
  show();
}

}  // namespace b3o
