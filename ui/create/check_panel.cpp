#include "ui/create/check_panel.h"

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

// A sign and a word: nothing is told by colour alone.
struct Sign {
  QString text;
  Tint tint;
};
Sign signOf(CheckItem::State state) {
  switch (state) {
    case CheckItem::State::yes:
      return {QStringLiteral("✓"), Tint::good};
    case CheckItem::State::no:
      return {QStringLiteral("✕"), Tint::bad};
    case CheckItem::State::unclear:
      return {QStringLiteral("?"), Tint::warn};
    case CheckItem::State::waiting:
      break;
  }
  return {QStringLiteral("…"), Tint::secondary};
}

}  // namespace

CheckPanel::CheckPanel(SelfCheck& check, ImageJob& job, QWidget* parent) : QWidget(parent), check_(check), job_(job) {
  build();
  connect(on_, &QPushButton::toggled, &check_, &SelfCheck::setOn);
  connect(tries_, &QSpinBox::valueChanged, &check_, &SelfCheck::setTries);
  connect(&check_, &SelfCheck::changed, this, &CheckPanel::render);
  connect(&job_, &ImageJob::selectionChanged, this, &CheckPanel::render);
  retranslated(this, [this] {
    title_->setText(tr("Check list"));
    setToggleWords(on_, tr("Check each picture"));
    on_->setToolTip(tr("Ask the model about every picture it draws, and draw once more what fails"));
    tries_name_->setText(tr("Redraw at most"));
    tries_->setAccessibleName(tr("Redraws at most"));
    render();
  });
}

void CheckPanel::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  column->addWidget(title_);
  on_ = makeToggle({}, this);
  column->addWidget(on_, 0, Qt::AlignLeft);
  tries_row_ = new QWidget(this);
  auto* row = new QHBoxLayout(tries_row_);
  row->setContentsMargins(0, 0, 0, 0);
  tries_name_ = new Label({}, Tint::text, tries_row_);
  row->addWidget(tries_name_, 1);
  tries_ = new QSpinBox(tries_row_);
  tries_->setRange(0, 5);
  tries_->setValue(check_.tries());
  tries_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  tries_->setProperty("kind", "number");
  tries_->setAlignment(Qt::AlignHCenter);
  tries_->setFixedWidth(48);
  leaveWheelToPage(tries_);
  row->addWidget(tries_);
  column->addWidget(tries_row_);
  list_ = new QVBoxLayout;
  list_->setSpacing(6);
  column->addLayout(list_);
  verdict_ = new Paragraph({}, Tint::text, this);
  note_ = new Paragraph({}, Tint::secondary, this);
  for (auto* small : {verdict_, note_}) {
    small->setFont(textFont(kSecondaryPx));
    column->addWidget(small);
  }
  auto* rule = new QFrame(this);
  rule->setProperty("kind", "rule");
  rule->setFixedHeight(1);
  column->addWidget(rule);
}

void CheckPanel::render() {
  setVisible(check_.possible());
  tries_row_->setVisible(check_.on());
  const Picture* picture = job_.picture();
  const auto* items = picture ? check_.items(picture->key) : nullptr;
  verdict_->setWords(items ? check_.verdict(picture->key) : QString());
  note_->setWords(check_.on() || items ? tr("The model checks its own picture.") : QString());
  QString listed;
  if (items)
    for (const auto& item : *items) listed += item.question + item.answer + QString::number(int(item.state));
  if (listed == listed_) return;
  listed_ = listed;
  while (QLayoutItem* old = list_->takeAt(0)) {
    delete old->widget();
    delete old;
  }
  if (!items) return;
  for (const auto& item : *items) {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    const Sign sign = signOf(item.state);
    auto* mark = new Label(sign.text, sign.tint, line);
    mark->setFixedWidth(14);
    auto* words = new Paragraph(item.answer.isEmpty() ? item.question : item.question + u'\n' + item.answer.left(60),
                                Tint::text, line);
    words->setFont(textFont(kSecondaryPx));
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    list_->addWidget(line);
  }
}

}  // namespace b3o
