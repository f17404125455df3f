#include "ui/look/empty_page.h"

#include <algorithm>

#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 440;
constexpr size_t kExamples = 3;

}  // namespace

QStringList examplesOf(const std::vector<std::string>& own, const QStringList& otherwise) {
  if (own.empty()) return otherwise;
  QStringList out;
  for (size_t i = 0; i < std::min(own.size(), kExamples); ++i) out << QString::fromStdString(own[i]);
  return out;
}

EmptyPage::EmptyPage(QWidget* parent) : QWidget(parent) {
  auto* centre = new QVBoxLayout(this);
  centre->setContentsMargins(space::l, space::l, space::l, space::l);
  centre->addStretch(2);
  auto* column = new QVBoxLayout;
  column->setSpacing(space::s);
  title_ = new Paragraph({}, Tint::text, this);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  sentence_ = new Paragraph({}, Tint::secondary, this);
  list_ = new QVBoxLayout;
  list_->setSpacing(space::s);
  action_ = makeButton({}, "primary", this);
  column->addWidget(title_);
  column->addWidget(sentence_);
  column->addSpacing(space::s);
  column->addLayout(list_);
  column->addWidget(action_, 0, Qt::AlignLeft);
  auto* middle = new QHBoxLayout;
  middle->addStretch(1);
  auto* box = new QWidget(this);
  box->setLayout(column);
  column->setContentsMargins(0, 0, 0, 0);
  box->setMaximumWidth(kWidth);
  middle->addWidget(box, 100);
  middle->addStretch(1);
  centre->addLayout(middle);
  centre->addStretch(3);
}

void EmptyPage::setTitle(const QString& title) { title_->setText(title); }

void EmptyPage::setSentence(const QString& sentence) { sentence_->setWords(sentence); }

void EmptyPage::setAction(const QString& text) {
  action_->setText(text);
  action_->setVisible(!text.isEmpty());
}

void EmptyPage::setExamples(const QStringList& examples) {
  if (examples == texts_) return;
  texts_ = examples;
  for (auto* button : examples_) {
    list_->removeWidget(button);
    button->deleteLater();
  }
  examples_.clear();
  for (const auto& text : examples) {
    auto* button = makeButton(QString(text).replace(u'&', QStringLiteral("&&")), "example", this);  // not a key
    connect(button, &QPushButton::clicked, this, [this, text] { Q_EMIT exampleChosen(text); });
    list_->addWidget(button);
    examples_.push_back(button);
  }
}

}  // namespace b3o
