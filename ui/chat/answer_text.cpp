#include "ui/chat/answer_text.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPainter>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kIndent = 18;  // of a list, a level

QFont codeFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPixelSize(kBodyPx - 1);
  return font;
}

QTextCharFormat formatOf(const MarkdownSpan& span) {
  QTextCharFormat format;
  if (span.bold) format.setFontWeight(QFont::DemiBold);
  if (span.italic) format.setFontItalic(true);
  if (span.code) {
    format.setFontFamilies(codeFont().families());
    format.setBackground(look().selected);
  }
  return format;
}

void fill(PlainText* text, const MarkdownBlock& block) {
  QString words;
  PlainText::Formats formats;
  for (const auto& span : block.spans) {
    const QString part = QString::fromStdString(span.text);
    const bool plain = !span.bold && !span.italic && !span.code;
    if (!plain && block.kind != MarkdownBlock::Kind::code)
      formats << QTextLayout::FormatRange{int(words.size()), int(part.size()), formatOf(span)};
    words += part;
  }
  text->setText(words, formats);
  text->setAccessibleDescription(words);
}

// Code on a ground of its own, with its language and a button that copies it.
class CodeBlock : public QWidget {
 public:
  CodeBlock(const QString& language, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::xs, space::xs, space::m);
    column->setSpacing(space::xs);
    auto* head = new QHBoxLayout;
    auto* name = new Label(language, Tint::secondary, this);
    name->setFont(textFont(kSecondaryPx));
    auto* copy = makeButton({}, "ghost", this, "copy");
    head->addWidget(name, 1);
    head->addWidget(copy);
    column->addLayout(head);
    text = new PlainText({}, {}, this);
    text->setFont(codeFont());
    column->addWidget(text);
    retranslated(this, [this, copy] {
      copy->setText(AnswerText::tr("Copy"));
      copy->setAccessibleName(AnswerText::tr("Copy the code"));
      copy->setToolTip(AnswerText::tr("Copy the code"));
      text->setAccessibleName(AnswerText::tr("Code"));
    });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text->text()); });
  }
  PlainText* text;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(look().line);
    painter.setBrush(look().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  }
};

// Words, behind the marker of their list.
class WordsBlock : public QWidget {
 public:
  WordsBlock(const MarkdownBlock& block, QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    const bool item = block.kind == MarkdownBlock::Kind::item;
    row->setContentsMargins(item ? kIndent * block.level : 0, 0, 0, 0);
    row->setSpacing(space::s);
    text = new PlainText({}, {}, this);
    retranslated(this, [this] { text->setAccessibleName(AnswerText::tr("Answer")); });
    if (block.kind == MarkdownBlock::Kind::heading)
      text->setFont(textFont(block.level == 1 ? 18 : block.level == 2 ? 16 : kBodyPx + 1, QFont::DemiBold));
    if (item) {
      auto* marker = new Label(QString::fromStdString(block.marker), Tint::secondary, this);
      marker->setWhole(true);
      marker->setMinimumWidth(kIndent - space::s);
      marker->setFixedHeight(text->lineHeight());
      row->addWidget(marker, 0, Qt::AlignTop);
    }
    row->addWidget(text, 1);
  }
  PlainText* text;
};

bool sameShape(const MarkdownBlock& a, const MarkdownBlock& b) {
  return a.kind == b.kind && a.level == b.level && a.marker == b.marker;
}

}  // namespace

AnswerText::AnswerText(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(space::s);
}

void AnswerText::setSource(const QString& source) {
  std::string bytes = source.toStdString();
  if (bytes == source_) return;
  const bool grew = bytes.size() > source_.size() && bytes.compare(0, source_.size(), source_) == 0;
  source_ = std::move(bytes);
  parseFrom(grew && !blocks_.empty() ? blocks_.size() - 1 : 0);
}

void AnswerText::append(const QString& text) {
  source_ += text.toStdString();
  parseFrom(blocks_.empty() ? 0 : blocks_.size() - 1);
}

void AnswerText::parseFrom(size_t block) {
  const size_t begin = block < blocks_.size() ? blocks_[block].begin : 0;
  std::vector<MarkdownBlock> before(std::make_move_iterator(blocks_.begin() + std::ptrdiff_t(block)),
                                    std::make_move_iterator(blocks_.end()));
  blocks_.resize(block);
  for (auto& fresh : parse_markdown(std::string_view(source_).substr(begin))) {
    fresh.begin += begin;
    blocks_.push_back(std::move(fresh));
  }
  // A block that only changed its words keeps its widget.
  size_t kept = block;
  while (kept < blocks_.size() && kept - block < before.size() && sameShape(blocks_[kept], before[kept - block]))
    ++kept;
  for (size_t i = kept; i < widgets_.size(); ++i) {
    column_->removeWidget(widgets_[i]);
    widgets_[i]->hide();
    widgets_[i]->deleteLater();
  }
  widgets_.resize(std::min(widgets_.size(), kept));
  texts_.resize(widgets_.size());
  showFrom(block);
}

void AnswerText::showFrom(size_t block) {
  for (size_t i = block; i < blocks_.size(); ++i) {
    if (i == widgets_.size()) {
      if (blocks_[i].kind == MarkdownBlock::Kind::code) {
        auto* code = new CodeBlock(QString::fromStdString(blocks_[i].marker), this);
        widgets_.push_back(code);
        texts_.push_back(code->text);
      } else {
        auto* words = new WordsBlock(blocks_[i], this);
        widgets_.push_back(words);
        texts_.push_back(words->text);
      }
      column_->addWidget(widgets_.back());
      widgets_.back()->show();
    }
    fill(texts_[i], blocks_[i]);
  }
  setCaret(caret_);
}

void AnswerText::setCaret(bool shown) {
  caret_ = shown;
  for (size_t i = texts_.size() < 2 ? 0 : texts_.size() - 2; i < texts_.size(); ++i)
    texts_[i]->setCaret(shown && i + 1 == texts_.size());
}

void AnswerText::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) showFrom(0);  // the theme may have changed
}

}  // namespace b3o
