// The few controls that more than one page uses, drawn with the theme's tokens.
#pragma once

#include <QButtonGroup>
#include <QComboBox>
#include <QPushButton>

#include "ui/look/words.h"

namespace b3o {

// How a button looks: chip (small, round), primary (the page's one action), ghost (no frame until it is pointed at).
QPushButton* makeButton(const QString& text, const char* kind, QWidget* parent, const char* icon = nullptr);
void setWords(QPushButton* button, const QString& text, const QString& tip);

// A chip that is on or off; a check mark says so.
QPushButton* makeToggle(const QString& text, QWidget* parent);
void setToggleWords(QPushButton* toggle, const QString& text);

// The wheel scrolls the page under the pointer; it changes a number or a choice only where that has the focus.
void leaveWheelToPage(QWidget* control);

// A few exclusive choices side by side.
class Segmented : public QWidget {
  Q_OBJECT
 public:
  Segmented(const QStringList& choices, const QString& accessible_name, QWidget* parent = nullptr);
  void setWords(const QStringList& choices, const QString& accessible_name);  // as many choices as before
  int current() const { return group_.checkedId(); }
  void setCurrent(int index);  // -1: none of them
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
