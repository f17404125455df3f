// An answer in the small part of Markdown that core/library/markdown.h reads: blocks of plain text under each other.
// What is appended changes only the last block.
#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <string>
#include <vector>

#include "core/library/markdown.h"
#include "ui/chat/plain_text.h"

namespace b3o {

class AnswerText : public QWidget {
  Q_OBJECT
 public:
  explicit AnswerText(QWidget* parent = nullptr);
  QString source() const { return QString::fromStdString(source_); }
  void setSource(const QString& source);
  void append(const QString& text);
  void setCaret(bool shown);
  const std::vector<MarkdownBlock>& blocks() const { return blocks_; }
  PlainText* block(int index) const { return texts_[size_t(index)]; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void parseFrom(size_t block);
  void showFrom(size_t block);

  std::string source_;
  std::vector<MarkdownBlock> blocks_;
  std::vector<QWidget*> widgets_;  // one a block
  std::vector<PlainText*> texts_;  // inside them
  QVBoxLayout* column_;
  bool caret_ = false;
};

}  // namespace b3o
