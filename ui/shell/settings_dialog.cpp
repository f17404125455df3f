#include "ui/shell/settings_dialog.h"

#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 560, kHeight = 590, kControlWidth = 190;

}  // namespace

SettingsDialog::SettingsDialog(std::vector<Setting> table, QWidget* parent)
    : QDialog(parent), table_(std::move(table)) {
  build();
  connect(search_, &QLineEdit::textChanged, this, &SettingsDialog::render);
  connect(close_, &QPushButton::clicked, this, &QDialog::accept);
  retranslated(this, [this] {
    writeWords();
    render();
  });
}

void SettingsDialog::build() {
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  column->addWidget(title_);
  search_ = new QLineEdit(this);
  search_->setClearButtonEnabled(true);
  column->addWidget(search_);

  auto* scroll = new QScrollArea(this);
  auto* content = makeScrollColumn(*scroll);
  auto* list = new QVBoxLayout(content);
  list->setContentsMargins(0, 0, space::s, 0);
  list->setSpacing(space::m);
  for (size_t at = 0; at < table_.size(); ++at) {
    if (groups_.empty() || qstrcmp(groups_.back().words, table_[at].group) != 0) {
      auto* heading = new Label({}, Tint::secondary, content);
      heading->setFont(textFont(kSecondaryPx));
      list->addWidget(heading);
      groups_.push_back({table_[at].group, heading, {}});
    }
    groups_.back().rows.push_back(at);
    rows_.push_back(buildRow(at, content));
    list->addWidget(rows_.back().box);
  }
  nothing_ = new Paragraph({}, Tint::secondary, content);
  list->addWidget(nothing_);
  list->addStretch();
  scroll->setWidget(content);
  column->addWidget(scroll, 1);

  close_ = makeButton({}, "plain", this);
  column->addWidget(close_, 0, Qt::AlignRight);
}

SettingsDialog::Row SettingsDialog::buildRow(size_t at, QWidget* parent) {
  const Setting& setting = table_[at];
  Row row{new QWidget(parent), nullptr, nullptr, nullptr, nullptr};
  auto* line = new QHBoxLayout(row.box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(space::l);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  row.name = new Label({}, Tint::text, row.box);
  row.note = new Paragraph({}, Tint::secondary, row.box);
  row.note->setFont(textFont(kSecondaryPx));
  words->addWidget(row.name);
  words->addWidget(row.note);
  line->addLayout(words, 1);
  if (setting.choices) {
    row.choice = new Choice(row.box);
    row.choice->setFixedWidth(kControlWidth);
    connect(row.choice, &QComboBox::activated, this, [this, at](int place) {
      table_[at].set(place);
      render();
    });
    line->addWidget(row.choice, 0, Qt::AlignTop);
  } else {
    row.on_off = new Segmented({{}, {}}, {}, row.box);
    connect(row.on_off, &Segmented::chosen, this, [this, at](int on) {
      table_[at].set(on);
      render();
    });
    line->addWidget(row.on_off, 0, Qt::AlignTop);
  }
  return row;
}

void SettingsDialog::writeWords() {
  setWindowTitle(tr("Settings"));
  title_->setText(tr("Settings"));
  search_->setPlaceholderText(tr("Search the settings"));
  search_->setAccessibleName(tr("Search the settings"));
  nothing_->setText(tr("No setting has these words."));
  close_->setText(tr("Close"));
  for (const auto& group : groups_) group.heading->setText(wordsOf(group.words));
  for (size_t at = 0; at < rows_.size(); ++at) {
    const Row& row = rows_[at];
    const QString name = wordsOf(table_[at].label), note = wordsOf(table_[at].note);
    row.name->setText(name);
    row.note->setWords(note);
    if (row.on_off) row.on_off->setWords({tr("Off"), tr("On")}, name);
    if (!row.choice) continue;
    row.choice->setAccessibleName(name);
    row.choice->setAccessibleDescription(note);
    row.choice->clear();
    row.choice->addItems(table_[at].choices());
  }
}

void SettingsDialog::render() {
  bool any = false;
  for (const auto& group : groups_) {
    bool shown = false;
    for (const size_t at : group.rows) {
      const bool found = isFoundBy(table_[at], search_->text());
      rows_[at].box->setVisible(found);
      shown = shown || found;
      if (rows_[at].choice) rows_[at].choice->setCurrentIndex(table_[at].value());
      if (rows_[at].on_off) rows_[at].on_off->setCurrent(table_[at].value());
    }
    group.heading->setVisible(shown);
    any = any || shown;
  }
  nothing_->setVisible(!any);
}

void SettingsDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  search_->setFocus();
  render();  // a key may have changed a setting
}

size_t SettingsDialog::placeOf(const char* id) const {
  const auto it = std::find_if(table_.begin(), table_.end(), [&](const auto& s) { return qstrcmp(s.id, id) == 0; });
  return size_t(it - table_.begin());
}

bool SettingsDialog::isShown(const char* id) const { return rows_[placeOf(id)].box->isVisible(); }

Choice* SettingsDialog::choice(const char* id) const { return rows_[placeOf(id)].choice; }

Segmented* SettingsDialog::onOff(const char* id) const { return rows_[placeOf(id)].on_off; }

}  // namespace b3o
