// A block of plain text as high as its lines, which can be selected, copied and appended to. Appending costs the same
// however long the text is: the text is laid out in pieces that end where lines end, and only the last piece is laid
// out again.
#pragma once

#include <QTextLayout>
#include <QWidget>
#include <memory>
#include <vector>

namespace b3o {

class PlainText : public QWidget {
  Q_OBJECT
 public:
  PlainText(const QString& text, const QString& accessible_name, QWidget* parent = nullptr);
  const QString& text() const { return text_; }
  using Formats = QList<QTextLayout::FormatRange>;  // in order, without overlaps
  // Nothing happens when it is the text already; what only grew costs what is new.
  void setText(const QString& text, const Formats& formats = {});
  void append(const QString& text);
  void setCaret(bool shown);  // a bar behind the last letter: more is coming
  int idealWidth() const;     // of the text without wrapping
  int lineHeight() const;     // of its usual lines
  QString selectedText() const;
  void selectAll();
  void copy() const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  // Some whole lines of one paragraph.
  struct Piece {
    qsizetype start;
    std::unique_ptr<QTextLayout> layout;
    double top, height;
    qsizetype end() const { return start + layout->text().size(); }
  };
  void layOutFrom(size_t piece);
  Piece makePiece(qsizetype start, double top) const;
  qsizetype positionAt(const QPointF& point) const;
  void select(qsizetype anchor, qsizetype cursor);

  QString text_;
  Formats formats_;
  std::vector<Piece> pieces_;
  int laid_out_width_ = -1;
  qsizetype anchor_ = 0, cursor_ = 0;  // the selection lies between them
  bool caret_ = false;
};

}  // namespace b3o
