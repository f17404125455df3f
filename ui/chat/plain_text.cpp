#include "ui/chat/plain_text.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "ui/look/theme.h"

namespace b3o {

PlainText::PlainText(const QString& text, const QString& accessible_name, QWidget* parent) : QTextEdit(parent) {
  setAccessibleName(accessible_name);
  setReadOnly(true);
  setAcceptRichText(false);
  setAcceptDrops(false);
  setFrameShape(QFrame::NoFrame);
  setUndoRedoEnabled(false);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
  setFocusPolicy(Qt::ClickFocus);
  setFont(textFont(kBodyPx));
  viewport()->setAutoFillBackground(false);
  document()->setDocumentMargin(0);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          [this](const QSizeF& size) { setFixedHeight(int(std::ceil(size.height())) + 2); });
  setText(text);
}

void PlainText::setText(const QString& text) {
  if (toPlainText() != text) setPlainText(text);
}

void PlainText::append(const QString& text) {
  QTextCursor end(document());
  end.movePosition(QTextCursor::End);
  end.insertText(text);
}

void PlainText::setCaret(bool shown) {
  caret_ = shown;
  viewport()->update();
}

int PlainText::idealWidth() const {
  const auto lines = toPlainText().split(u'\n');
  int widest = 0;
  for (const auto& line : lines) widest = std::max(widest, fontMetrics().horizontalAdvance(line));
  return widest + 4;
}

void PlainText::paintEvent(QPaintEvent* event) {
  QTextEdit::paintEvent(event);
  if (!caret_) return;
  QTextCursor end(document());
  end.movePosition(QTextCursor::End);
  const QRect at = cursorRect(end);
  QPainter(viewport()).fillRect(QRect(at.left() + 2, at.top() + 1, 2, at.height() - 2), look().accent);
}

// The thread scrolls, not its texts.
void PlainText::wheelEvent(QWheelEvent* event) { event->ignore(); }

void PlainText::contextMenuEvent(QContextMenuEvent* event) {
  QMenu* menu = createStandardContextMenu();
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(event->globalPos());
}

}  // namespace b3o
