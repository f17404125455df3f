#include "ui/chat/question_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <utility>

#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kMostLines = 8;
constexpr qsizetype kAtOnce = 32 * 1024;      // characters
constexpr qsizetype kLongestLine = 4 * 1024;  // of a large text

// Laying a very long line out would keep the window busy: it goes on in a new line at a space, or anywhere after twice
// the length.
QString inShortLines(const QString& text) {
  QString out;
  out.reserve(text.size() + text.size() / kLongestLine);
  qsizetype length = 0;
  for (const QChar c : text) {
    if (length >= 2 * kLongestLine && !c.isLowSurrogate()) {
      out += u'\n';
      length = 0;
    }
    const bool ends = c == u'\n' || (length >= kLongestLine && c == u' ');
    out += ends ? QChar(u'\n') : c;
    length = ends ? 0 : length + 1;
  }
  return out;
}

}  // namespace

bool holdsPictures(const QMimeData* data) {
  if (data->hasImage()) return true;
  const auto urls = data->urls();
  return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

QuestionEdit::QuestionEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
  setFont(textFont(kComposerPx));
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setAutoFillBackground(false);
  document()->setDocumentMargin(0);
  connect(this, &QPlainTextEdit::textChanged, this, &QuestionEdit::fitHeight);
  fitHeight();
}

void QuestionEdit::fitHeight() {
  // QPlainTextEdit measures its document in lines.
  const int lines = std::clamp(int(document()->size().height()), 1, kMostLines);
  setFixedHeight(lines * fontMetrics().lineSpacing() + 6);
}

void QuestionEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fitHeight();
}

// Escape stops the running job elsewhere; here it may leave the editor first. The keys of undo and redo are the page's
// as long as there is nothing in the text for them.
bool QuestionEdit::event(QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride) return QPlainTextEdit::event(event);
  auto* key = static_cast<QKeyEvent*>(event);
  if (key->key() == Qt::Key_Escape && receivers(SIGNAL(leftBy())) > 0) {
    event->accept();
    return true;
  }
  const bool redo =
      key->matches(QKeySequence::Redo) || key->keyCombination() == QKeyCombination(Qt::ControlModifier, Qt::Key_Y);
  if ((key->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) ||
      (redo && !document()->isRedoAvailable())) {
    event->ignore();
    return true;
  }
  return QPlainTextEdit::event(event);
}

void QuestionEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier))) {
    Q_EMIT sent();
    return;
  }
  if (event->key() == Qt::Key_Escape) Q_EMIT leftBy();
  QPlainTextEdit::keyPressEvent(event);
}

bool QuestionEdit::canInsertFromMimeData(const QMimeData* data) const {
  return holdsPictures(data) || QPlainTextEdit::canInsertFromMimeData(data);
}

void QuestionEdit::insertFromMimeData(const QMimeData* data) {
  if (holdsPictures(data)) {
    Q_EMIT picturesBrought(data);
    return;
  }
  const QString text = data->text();
  if (text.size() <= kAtOnce) return QPlainTextEdit::insertFromMimeData(data);
  finishInserting();
  coming_ = inShortLines(text);
  coming_at_ = textCursor();
  coming_at_.removeSelectedText();
  insertNext();
}

void QuestionEdit::insertNext() {
  if (coming_.isEmpty()) return;
  qsizetype size = std::min(kAtOnce, coming_.size());
  if (size < coming_.size() && coming_[size].isLowSurrogate()) --size;
  const QString piece = coming_.left(size);
  coming_.remove(0, size);
  coming_at_.insertText(piece);
  if (!coming_.isEmpty())
    QTimer::singleShot(1, this, &QuestionEdit::insertNext);
  else
    setTextCursor(coming_at_);
}

void QuestionEdit::finishInserting() {
  if (!coming_.isEmpty()) coming_at_.insertText(std::exchange(coming_, {}));
}

void QuestionEdit::focusInEvent(QFocusEvent* event) {
  QPlainTextEdit::focusInEvent(event);
  Q_EMIT focusChanged();
}

void QuestionEdit::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  Q_EMIT focusChanged();
}

}  // namespace b3o
