// A value on a slider: its name at the left, the value in words or numbers at the right, the slider below.
#pragma once

#include <QSlider>
#include <QWidget>
#include <functional>

#include "ui/look/words.h"

namespace b3o {

class LevelRow : public QWidget {
  Q_OBJECT
 public:
  // steps: the slider goes from 0 to this. say: the value as it is shown.
  LevelRow(int steps, std::function<QString(int)> say, QWidget* parent = nullptr);
  void setWords(const QString& name, const QString& tip);  // says the value again, too
  void setSteps(int steps);
  int value() const { return slider_->value(); }
  void setValue(int value);
  QString text() const { return value_->text(); }
  QSlider* slider() const { return slider_; }

 Q_SIGNALS:
  void changed();  // by the user

 private:
  void render();

  std::function<QString(int)> say_;
  Label *name_, *value_;
  QSlider* slider_;
};

}  // namespace b3o
