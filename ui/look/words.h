// Text on the window. It comes from models, files and people, so it is always shown as it is, never as rich text.
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/look/theme.h"

namespace b3o {

// A tool tip guesses whether it is rich text; this one shows the text as it is, and breaks lines.
QString plainToolTip(const QString& text);

// One line, cut off with an ellipsis (and the whole text as tool tip) where it does not fit.
class Label : public QWidget {
  Q_OBJECT
 public:
  explicit Label(const QString& text = {}, Tint tint = Tint::text, QWidget* parent = nullptr);
  void setText(const QString& text);
  void setTint(Tint tint);
  QString text() const { return text_; }
  void setAlignment(Qt::Alignment alignment);
  // All digits as wide as the widest: for numbers that count while one looks.
  void setTabular(bool tabular);
  // Others give way before this one is cut off.
  void setWhole(bool whole);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int widthOf(const QString& text) const;
  QString fitted(int width) const;

  QString text_;
  Tint tint_;
  Qt::Alignment alignment_ = Qt::AlignLeft | Qt::AlignVCenter;
  bool tabular_ = false, whole_ = false;
};

// Several lines that can be selected.
class Paragraph : public QLabel {
  Q_OBJECT
 public:
  explicit Paragraph(const QString& text = {}, Tint tint = Tint::text, QWidget* parent = nullptr);
  void setTint(Tint tint);
  void setWords(const QString& text);  // hidden while there are none

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void colour();

  Tint tint_;
};

// What went wrong, or what the model cannot do: one sentence behind a sign. Hidden while there is none.
class ErrorLine : public QWidget {
  Q_OBJECT
 public:
  explicit ErrorLine(QWidget* parent = nullptr);
  // tint: bad for a failure; a refusal is none and comes in the colour of text.
  void setSentence(const QString& sentence, Tint tint = Tint::bad);
  QString sentence() const { return words_->text(); }
  Tint tint() const { return tint_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Paragraph* words_;
  Tint tint_ = Tint::bad;
};

}  // namespace b3o
