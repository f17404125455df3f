#include "ui/shell/key_sheet.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include "ui/look/controls.h"
#include "ui/look/theme.h"
#include "ui/shell/actions.h"

namespace b3o {

void KeySheet::addGroup(QGridLayout& grid, const char* group) {
  auto* heading = new Label(QCoreApplication::translate("Actions", group), Tint::secondary, this);
  heading->setFont(textFont(kSecondaryPx));
  const int at = grid.rowCount();
  if (at > 1) grid.setRowMinimumHeight(at, 28);
  grid.addWidget(heading, at, 0, 1, 2, Qt::AlignBottom);
}

KeySheet::KeySheet(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Keys"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  auto* title = new Label(tr("Keys"), Tint::text, this);
  title->setFont(textFont(kTitlePx, QFont::DemiBold));
  column->addWidget(title);
  // Two columns of about the same height; a group stays together.
  auto* columns = new QHBoxLayout;
  columns->setSpacing(2 * space::xl);
  const auto table = actionTable();
  QGridLayout* grid = nullptr;
  const char* group = nullptr;
  for (size_t i = 0; i < table.size(); ++i) {
    const ActionRow& row = table[i];
    const bool next_group = !group || qstrcmp(group, row.group) != 0;
    if (!grid || (next_group && columns->count() == 1 && 2 * i >= table.size())) {
      grid = new QGridLayout;
      grid->setHorizontalSpacing(space::xl);
      grid->setVerticalSpacing(6);
      grid->setColumnStretch(1, 1);
      columns->addLayout(grid);
    }
    if (next_group) addGroup(*grid, group = row.group);
    const int at = grid->rowCount();
    auto* keys = new Label(keysText(row), Tint::text, this);
    keys->setFont(textFont(kBodyPx, QFont::DemiBold));
    keys->setMinimumWidth(keys->sizeHint().width());
    auto* tip = new Label(QCoreApplication::translate("Actions", row.tip), Tint::text, this);
    tip->setMinimumWidth(tip->sizeHint().width());
    grid->addWidget(keys, at, 0);
    grid->addWidget(tip, at, 1);
  }
  for (int i = 0; i < columns->count(); ++i) {
    auto* filled = static_cast<QGridLayout*>(columns->itemAt(i)->layout());
    filled->setRowStretch(filled->rowCount(), 1);
  }
  column->addLayout(columns);
  auto* close = makeButton(tr("Close"), "plain", this);
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  column->addWidget(close, 0, Qt::AlignRight);
}

}  // namespace b3o
