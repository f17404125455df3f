// A block of plain text as high as its text, which can be selected and appended to cheaply.
#pragma once

#include <QTextEdit>

namespace b3o {

class PlainText : public QTextEdit {
  Q_OBJECT
 public:
  PlainText(const QString& text, const QString& accessible_name, QWidget* parent = nullptr);
  void setText(const QString& text);  // nothing happens when it is the text already
  void append(const QString& text);   // at the very end; lays out the last paragraph only
  void setCaret(bool shown);          // a bar behind the last letter: more is coming
  int idealWidth() const;             // of the text without wrapping

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  bool caret_ = false;
};

}  // namespace b3o
