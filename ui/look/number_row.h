// A number with its name, a slider for the usual range and a field for any allowed value.
#pragma once

#include <QDoubleSpinBox>
#include <QSlider>
#include <QWidget>

#include "ui/look/controls.h"

namespace b3o {

struct NumberRange {
  double least, usual, most;  // the slider ends at usual
  int decimals;
};

class NumberRow : public QWidget {
  Q_OBJECT
 public:
  NumberRow(const QString& name, const QString& accessible_name, const NumberRange& range, QWidget* parent = nullptr);
  void setWords(const QString& name, const QString& accessible_name);
  double value() const { return field_->value(); }
  void setValue(double value) { field_->setValue(value); }
  QDoubleSpinBox* field() const { return field_; }

 private:
  Label* name_;
  QSlider* slider_;
  QDoubleSpinBox* field_;
};

// The column of names at the left of a form.
constexpr int kNameColumn = 82;

}  // namespace b3o
