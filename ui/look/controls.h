// The few controls that more than one page uses, drawn with the theme's tokens.
#pragma once

#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>

namespace b3o {

// A tool tip guesses whether it is rich text; this one always shows the text as it is, and breaks lines.
QString plainToolTip(const QString& text);

// How a button looks: chip (small, round), primary (the page's one action), ghost (no frame until it is pointed at).
QPushButton* makeButton(const QString& text, const char* kind, QWidget* parent, const char* icon = nullptr);

// Text of one line, always plain, whose digits are all as wide as the widest, so that counting numbers do not jump; cut
// off with an ellipsis (and the whole text as tool tip) where it does not fit.
class Label : public QWidget {
  Q_OBJECT
 public:
  enum class Tone { text, secondary, good, warn, bad };
  explicit Label(const QString& text = {}, Tone tone = Tone::text, QWidget* parent = nullptr);
  void setText(const QString& text);
  QString text() const { return text_; }
  void setTone(Tone tone);
  void setAlignment(Qt::Alignment alignment);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QString fitted(int width) const;

  QString text_;
  Tone tone_;
  Qt::Alignment alignment_ = Qt::AlignLeft | Qt::AlignVCenter;
};

// Plain text of several lines that can be selected.
QLabel* makeParagraph(const QString& text, Label::Tone tone, QWidget* parent);
void setTone(QLabel* paragraph, Label::Tone tone);

// A few exclusive choices side by side.
class Segmented : public QWidget {
  Q_OBJECT
 public:
  Segmented(const QStringList& choices, const QString& accessible_name, QWidget* parent = nullptr);
  int current() const { return group_.checkedId(); }
  void setCurrent(int index);
  QAbstractButton* button(int index) const { return group_.button(index); }

 Q_SIGNALS:
  void chosen(int index);  // by the user

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QButtonGroup group_;
};

// A combo box that looks like the other fields.
class Choice : public QComboBox {
  Q_OBJECT
 public:
  explicit Choice(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace b3o
