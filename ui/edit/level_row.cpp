#include "ui/edit/level_row.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/look/controls.h"

namespace b3o {

LevelRow::LevelRow(int steps, std::function<QString(int)> say, QWidget* parent)
    : QWidget(parent),
      say_(std::move(say)),
      name_(new Label({}, Tint::text, this)),
      value_(new Label({}, Tint::secondary, this)),
      slider_(new QSlider(Qt::Horizontal, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(space::s);
  value_->setTabular(true);
  name_->setWhole(true);
  value_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  head->addWidget(name_);
  head->addWidget(value_, 1);
  column->addLayout(head);
  column->addWidget(slider_);
  slider_->setRange(0, steps);
  slider_->setMinimumHeight(22);
  leaveWheelToPage(slider_);
  connect(slider_, &QSlider::valueChanged, this, [this] {
    render();
    Q_EMIT changed();
  });
  render();
}

void LevelRow::setWords(const QString& name, const QString& tip) {
  name_->setText(name);
  slider_->setAccessibleName(name);
  slider_->setToolTip(plainToolTip(tip));
  render();
}

void LevelRow::setSteps(int steps) {
  const QSignalBlocker quiet(slider_);
  slider_->setRange(0, steps);
  render();
}

void LevelRow::setValue(int value) {
  const QSignalBlocker quiet(slider_);
  slider_->setValue(value);
  render();
}

void LevelRow::render() { value_->setText(say_(slider_->value())); }

}  // namespace b3o
