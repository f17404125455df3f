#include "ui/shell/key_sheet.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/shell/actions.h"

namespace b3o {
namespace {

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
    auto* keys = new Label({}, Tint::text, this);
    keys->setFont(textFont(kBodyPx, QFont::DemiBold));
    auto* tip = new Label({}, Tint::text, this);
    grid->addWidget(keys, at, 0);
    grid->addWidget(tip, at, 1);
    retranslated(keys, [keys, &row] { setWhole(keys, keysText(row)); });
    retranslated(tip, [tip, &row] { setWhole(tip, QCoreApplication::translate("Actions", row.tip)); });
  }
  for (int i = 0; i < columns->count(); ++i) {
    auto* filled = static_cast<QGridLayout*>(columns->itemAt(i)->layout());
    filled->setRowStretch(filled->rowCount(), 1);
  }
  column->addLayout(columns);
  auto* close = makeButton({}, "plain", this);
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  column->addWidget(close, 0, Qt::AlignRight);
  retranslated(this, [this, title, close] {
    setWindowTitle(tr("Keys"));
    title->setText(tr("Keys"));
    close->setText(tr("Close"));
  });
}

}  // namespace b3o
