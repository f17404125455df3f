// What can be done with a turn: small buttons that show while the pointer is over the turn or the keyboard is on them,
// and the switch between branches, which always shows when there are some.
#pragma once

#include <QHBoxLayout>
#include <QWidget>

#include "ui/look/controls.h"

namespace b3o {

// Draws nothing until it is shown or has the focus.
class QuietButton : public QPushButton {
  Q_OBJECT
 public:
  QuietButton(const char* icon, QWidget* parent);
  void setName(const QString& name);  // also its tool tip
  void setShown(bool shown);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  bool shown_ = false;
};

class TurnActions : public QWidget {
  Q_OBJECT
 public:
  explicit TurnActions(QWidget* parent);
  QuietButton* add(const char* icon);
  void setShown(bool shown);
  void setBranch(int branch, int branches);
  QPushButton* before() const { return before_; }
  QPushButton* behind() const { return behind_; }

 Q_SIGNALS:
  void branchWanted(int step);

 private:
  QHBoxLayout* row_;
  QWidget* branches_;
  QPushButton *before_, *behind_;
  Label* which_;
  std::vector<QuietButton*> buttons_;
};

}  // namespace b3o
