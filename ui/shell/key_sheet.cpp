#include "ui/shell/key_sheet.h"

#include <QCoreApplication>
#include <QScreen>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"
#include "ui/shell/actions.h"

namespace b3o {
namespace {

constexpr int kLeastHeight = 240;

// Nothing of it is cut off.
void setWhole(Label* label, const QString& text) {
  label->setText(text);
  label->setMinimumWidth(label->sizeHint().width());
}

}  // namespace

void KeySheet::addGroup(QGridLayout& grid, const char* group) {
  auto* heading = new Label({}, Tint::secondary, this);
  heading->setFont(textFont(kSecondaryPx));
  retranslated(heading, [heading, group] { heading->setText(QCoreApplication::translate("Actions", group)); });
  const int at = grid.rowCount();
  if (at > 1) grid.setRowMinimumHeight(at, 28);
  grid.addWidget(heading, at, 0, 1, 2, Qt::AlignBottom);
}

KeySheet::KeySheet(QWidget* parent) : QDialog(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  auto* title = new Label({}, Tint::text, this);
  title->setFont(textFont(kTitlePx, QFont::DemiBold));
  column->addWidget(title);
  area_ = new QScrollArea(this);
  auto* body = makeScrollColumn(*area_);
  columns_ = new QBoxLayout(QBoxLayout::LeftToRight, body);
  columns_->setContentsMargins(0, 0, 0, 0);
  columns_->setSpacing(2 * space::xl);
  addRows();
  area_->setWidget(body);
  area_->setFocusPolicy(Qt::StrongFocus);  // its keys scroll
  column->addWidget(area_, 1);
  auto* close = makeButton({}, "plain", this);
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  column->addWidget(close, 0, Qt::AlignRight);
  retranslated(this, [this, title, close] {
    setWindowTitle(tr("Keys"));
    title->setText(tr("Keys"));
    area_->setAccessibleName(tr("Keys"));
    close->setText(tr("Close"));
    if (isVisible()) QTimer::singleShot(0, this, [this] { fitInto(screen()->availableSize()); });
  });
  area_->setFocus();
}

void KeySheet::showEvent(QShowEvent* event) {
  fitInto(screen()->availableSize());
  QDialog::showEvent(event);
}

void KeySheet::fitInto(QSize room) {
  room -= QSize(2 * space::xl, 3 * space::xl);  // the window's own frame
  auto* body = area_->widget();
  const QMargins around = layout()->contentsMargins();
  const int beside = around.left() + around.right() + area_->verticalScrollBar()->sizeHint().width();
  columns_->setDirection(QBoxLayout::LeftToRight);
  if (body->sizeHint().width() + beside > room.width()) columns_->setDirection(QBoxLayout::TopToBottom);
  const QSize whole = body->sizeHint();
  area_->setMinimumSize(std::min(whole.width() + beside, room.width()) - around.left() - around.right(),
                        std::min(whole.height(), kLeastHeight));
  area_->setMaximumHeight(whole.height());
  int others = around.top() + around.bottom();
  for (int i = 0; i < layout()->count(); ++i)
    if (layout()->itemAt(i)->widget() != area_)
      others += layout()->itemAt(i)->sizeHint().height() + layout()->spacing();
  layout()->activate();  // else the least size of before still holds
  resize(std::min(whole.width() + beside, room.width()), std::min(whole.height() + others, room.height()));
}

// A group stays together.
void KeySheet::addRows() {
  const auto table = actionTable();
  QGridLayout* grid = nullptr;
  const char* group = nullptr;
  for (size_t i = 0; i < table.size(); ++i) {
    const ActionRow& row = table[i];
    const bool next_group = !group || qstrcmp(group, row.group) != 0;
    if (!grid || (next_group && columns_->count() == 1 && 2 * i >= table.size())) {
      grid = new QGridLayout;
      grid->setHorizontalSpacing(space::xl);
      grid->setVerticalSpacing(6);
      grid->setColumnStretch(1, 1);
      columns_->addLayout(grid);
    }
    if (next_group) addGroup(*grid, group = row.group);
    const int at = grid->rowCount();
    auto* keys = new Label({}, Tint::text, this);
    keys->setFont(textFont(kBodyPx, QFont::DemiBold));
    auto* tip = new Label({}, Tint::text, this);
    grid->addWidget(keys, at, 0);
    grid->addWidget(tip, at, 1);
    retranslated(keys, [keys, &row] { setWhole(keys, keysText(row)); });
    retranslated(tip, [tip, &row] { setWhole(tip, QCoreApplication::translate("Actions", row.tip)); });
  }
  for (int i = 0; i < columns_->count(); ++i) {
    auto* filled = static_cast<QGridLayout*>(columns_->itemAt(i)->layout());
    filled->setRowStretch(filled->rowCount(), 1);
  }
}

}  // namespace b3o
