#include "ui/look/number_row.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <cmath>

#include "ui/look/theme.h"

namespace b3o {

NumberRow::NumberRow(const QString& name, const QString& accessible_name, const NumberRange& range, QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal, this)), field_(new QDoubleSpinBox(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::s);
  name_ = new Label({}, Tint::text, this);
  name_->setFixedWidth(kNameColumn - space::s);
  row->addWidget(name_);
  row->addWidget(slider_, 1);
  row->addWidget(field_);

  const double scale = std::pow(10, range.decimals);
  slider_->setRange(int(std::round(range.least * scale)), int(std::round(range.usual * scale)));
  slider_->setMinimumHeight(22);
  field_->setDecimals(range.decimals);
  field_->setRange(range.least, range.most);
  field_->setSingleStep(range.decimals ? 0.5 : 1);
  field_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  field_->setAlignment(Qt::AlignRight);
  field_->setProperty("kind", "quiet");
  field_->setFixedWidth(48);
  field_->setKeyboardTracking(false);
  setWords(name, accessible_name);
  leaveWheelToPage(slider_);
  leaveWheelToPage(field_);
  connect(slider_, &QSlider::valueChanged, this, [this, scale](int value) { field_->setValue(value / scale); });
  connect(field_, &QDoubleSpinBox::valueChanged, this, [this, scale](double value) {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(int(std::round(value * scale)));
  });
}

void NumberRow::setWords(const QString& name, const QString& accessible_name) {
  name_->setText(name);
  slider_->setAccessibleName(accessible_name);
  field_->setAccessibleName(tr("%1, as a number").arg(accessible_name));
}

}  // namespace b3o
