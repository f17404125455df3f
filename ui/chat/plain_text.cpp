#include "ui/chat/plain_text.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr qsizetype kPieceLength = 1000;  // characters; enough for several lines of any width
constexpr double kLineSpacing = 1.18;     // of the font's own
constexpr int kCaretWidth = 2;

}  // namespace

PlainText::PlainText(const QString& text, const QString& accessible_name, QWidget* parent) : QWidget(parent) {
  setAccessibleName(accessible_name);
  setFocusPolicy(Qt::ClickFocus);
  setCursor(Qt::IBeamCursor);
  setFont(textFont(kBodyPx));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setText(text);
}

void PlainText::setText(const QString& text, const Formats& formats) {
  if (text == text_ && formats == formats_ && !pieces_.empty()) return;
  // Formats before the last piece must be the same for the pieces before it to stay.
  const qsizetype fixed = pieces_.empty() ? 0 : pieces_.back().start;
  const auto upTo = [&](const Formats& list) {
    return std::count_if(list.begin(), list.end(), [&](const auto& f) { return f.start + f.length <= fixed; });
  };
  const auto same = upTo(formats_);
  const auto reaches = [&](const Formats& list) { return same < list.size() && list[same].start < fixed; };
  const bool grew = !pieces_.empty() && text.size() >= text_.size() && text.startsWith(text_) &&
                    same == upTo(formats) && std::equal(formats.begin(), formats.begin() + same, formats_.begin()) &&
                    !reaches(formats) && !reaches(formats_);
  text_ = text;
  formats_ = formats;
  if (!grew) select(0, 0);
  layOutFrom(grew ? pieces_.size() - 1 : 0);
}

void PlainText::append(const QString& text) {
  text_ += text;
  layOutFrom(pieces_.empty() ? 0 : pieces_.size() - 1);
}

// Lays out at most kPieceLength characters of the paragraph that `start` lies in. Where the paragraph goes on behind
// them the last line is left to the next piece, because what follows may still change where it breaks.
PlainText::Piece PlainText::makePiece(qsizetype start, double top) const {
  const qsizetype newline = text_.indexOf(u'\n', start);
  const qsizetype paragraph_end = newline < 0 ? text_.size() : newline;
  qsizetype end = std::min(paragraph_end, start + kPieceLength);
  if (end < paragraph_end && text_[end].isLowSurrogate()) --end;
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  const double spacing = lineHeight();
  const auto flow = [&](QTextLayout& layout) {
    Formats here;
    for (const auto& format : formats_) {
      const qsizetype from = std::max<qsizetype>(format.start, start);
      const qsizetype to = std::min<qsizetype>(format.start + format.length, start + layout.text().size());
      if (from < to) here << QTextLayout::FormatRange{int(from - start), int(to - from), format.format};
    }
    layout.setFormats(here);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
      line.setLineWidth(std::max(1, width() - kCaretWidth));
      const double height = std::max(spacing, line.height());
      line.setPosition(QPointF(0, y + (height - line.height()) / 2));
      y += height;
    }
    layout.endLayout();
    return y;
  };
  auto layout = std::make_unique<QTextLayout>(text_.mid(start, end - start), font());
  double height = flow(*layout);
  if (end < paragraph_end && layout->lineCount() > 1) {
    const int kept = layout->lineAt(layout->lineCount() - 1).textStart();
    layout = std::make_unique<QTextLayout>(text_.mid(start, kept), font());
    height = flow(*layout);
  }
  return {start, std::move(layout), top, height};
}

void PlainText::layOutFrom(size_t piece) {
  qsizetype start = 0;
  double top = 0;
  if (piece < pieces_.size()) {
    start = pieces_[piece].start;
    top = pieces_[piece].top;
  }
  pieces_.erase(pieces_.begin() + std::ptrdiff_t(std::min(piece, pieces_.size())), pieces_.end());
  for (;;) {
    pieces_.push_back(makePiece(start, top));
    const Piece& made = pieces_.back();
    top += made.height;
    start = made.end();
    if (start < text_.size() && text_[start] == u'\n')
      ++start;  // also where the text ends with it: the empty line behind it shows
    else if (start >= text_.size())
      break;
  }
  laid_out_width_ = width();
  setFixedHeight(int(std::ceil(top)));
  update();
}

void PlainText::resizeEvent(QResizeEvent*) {
  if (width() != laid_out_width_) layOutFrom(0);
}

void PlainText::setCaret(bool shown) {
  caret_ = shown;
  update();
}

int PlainText::lineHeight() const { return int(std::ceil(fontMetrics().lineSpacing() * kLineSpacing)); }

int PlainText::idealWidth() const {
  int widest = 0;
  for (const auto& line : text_.split(u'\n')) widest = std::max(widest, fontMetrics().horizontalAdvance(line));
  return widest + 2 * kCaretWidth;
}

void PlainText::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setPen(look().text);
  const qsizetype from = std::min(anchor_, cursor_), to = std::max(anchor_, cursor_);
  for (const auto& piece : pieces_) {
    if (piece.top > event->rect().bottom() || piece.top + piece.height < event->rect().top()) continue;
    QList<QTextLayout::FormatRange> selected;
    if (from < piece.end() && to > piece.start) {
      QTextLayout::FormatRange range;
      range.start = int(std::max<qsizetype>(0, from - piece.start));
      range.length = int(std::min(to, piece.end()) - piece.start) - range.start;
      range.format.setBackground(look().accent);
      range.format.setForeground(look().on_accent);
      selected << range;
    }
    piece.layout->draw(&painter, QPointF(0, piece.top), selected, event->rect());
  }
  if (!caret_ || pieces_.empty()) return;
  const Piece& last = pieces_.back();
  const QTextLine line = last.layout->lineAt(last.layout->lineCount() - 1);
  if (!line.isValid()) return;
  const double x = line.cursorToX(int(last.layout->text().size()));
  painter.fillRect(
      QRectF(std::min(x + 1, double(width() - kCaretWidth)), last.top + line.y(), kCaretWidth, line.height()),
      look().accent);
}

qsizetype PlainText::positionAt(const QPointF& point) const {
  for (const auto& piece : pieces_) {
    if (point.y() >= piece.top + piece.height) continue;
    for (int i = 0; i < piece.layout->lineCount(); ++i) {
      const QTextLine line = piece.layout->lineAt(i);
      const bool last = i + 1 == piece.layout->lineCount();
      if (last || point.y() < piece.top + piece.layout->lineAt(i + 1).y())
        return piece.start + line.xToCursor(point.x());
    }
    return piece.start;
  }
  return text_.size();
}

void PlainText::select(qsizetype anchor, qsizetype cursor) {
  anchor_ = anchor;
  cursor_ = cursor;
  update();
}

void PlainText::selectAll() { select(0, text_.size()); }

QString PlainText::selectedText() const { return text_.mid(std::min(anchor_, cursor_), std::abs(cursor_ - anchor_)); }

void PlainText::copy() const {
  if (anchor_ != cursor_) QGuiApplication::clipboard()->setText(selectedText());
}

void PlainText::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const qsizetype at = positionAt(event->position());
  select(event->modifiers() & Qt::ShiftModifier ? anchor_ : at, at);
}

void PlainText::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) select(anchor_, positionAt(event->position()));
}

void PlainText::mouseReleaseEvent(QMouseEvent*) {
  auto* clipboard = QGuiApplication::clipboard();
  if (clipboard->supportsSelection() && anchor_ != cursor_) clipboard->setText(selectedText(), QClipboard::Selection);
}

void PlainText::mouseDoubleClickEvent(QMouseEvent* event) {
  const qsizetype at = positionAt(event->position());
  QTextBoundaryFinder words(QTextBoundaryFinder::Word, text_);
  words.setPosition(at);
  const qsizetype from = words.isAtBoundary() ? at : std::max<qsizetype>(0, words.toPreviousBoundary());
  words.setPosition(at);
  const qsizetype to = words.toNextBoundary();
  select(from, to < 0 ? text_.size() : to);
}

void PlainText::contextMenuEvent(QContextMenuEvent* event) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Copy")), &QAction::triggered, this, &PlainText::copy);
  connect(menu->addAction(tr("Select all")), &QAction::triggered, this, &PlainText::selectAll);
  menu->actions().front()->setEnabled(anchor_ != cursor_);
  menu->popup(event->globalPos());
}

// The window has actions of these keys; where text is selected they belong to the text.
bool PlainText::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
      key->accept();
      return true;
    }
  }
  return QWidget::event(event);
}

void PlainText::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy))
    copy();
  else if (event->matches(QKeySequence::SelectAll))
    selectAll();
  else
    QWidget::keyPressEvent(event);
}

void PlainText::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  if (event->reason() == Qt::MouseFocusReason) select(cursor_, cursor_);
}

}  // namespace b3o
