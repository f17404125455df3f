#include "ui/edit/tool_options.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kPositions = 100, kStep = 5, kSlider = 92, kAmount = 8;
constexpr double kMostPixels = 1024;
constexpr Tint kTints[] = {Tint::accent, Tint::bad, Tint::good, Tint::warn};

// A dot of one colour; a ring says which is chosen.
class Dot : public QAbstractButton {
 public:
  Dot(Tint tint, QWidget* parent) : QAbstractButton(parent), tint_(tint) {
    setCheckable(true);
    setAutoExclusive(true);
    setFixedSize(22, 22);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (isChecked() || hasFocus()) {
      painter.setPen(QPen(hasFocus() ? look().accent : look().text, hasFocus() ? 2 : 1.4));
      painter.drawEllipse(all);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(tint_));
    painter.drawEllipse(all.adjusted(4, 4, -4, -4));
  }

 private:
  Tint tint_;
};

}  // namespace

int brushPixels(int position) {
  return int(std::lround(std::pow(kMostPixels, std::clamp(position, 0, kPositions) / double(kPositions))));
}

int brushPosition(int pixels) {
  return int(std::lround(kPositions * std::log(std::max(1, pixels)) / std::log(kMostPixels)));
}

ToolOptions::ToolOptions(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::s);
  brush_box_ = new QWidget(this);
  auto* brush = new QHBoxLayout(brush_box_);
  brush->setContentsMargins(0, 0, space::s, 0);
  brush->setSpacing(6);
  const auto slider = [&](QSlider*& slider, Label*& name, Label*& text, int value, int width) {
    name = new Label({}, Tint::secondary, brush_box_);
    name->setFont(textFont(kSecondaryPx));
    name->setWhole(true);
    slider = new QSlider(Qt::Horizontal, brush_box_);
    slider->setRange(0, kPositions);
    slider->setValue(value);
    slider->setMaximumWidth(kSlider);
    slider->setMinimumWidth(36);
    leaveWheelToPage(slider);
    text = new Label({}, Tint::text, brush_box_);
    text->setFont(textFont(kSecondaryPx));
    text->setTabular(true);
    text->setFixedWidth(width);
    brush->addWidget(name);
    brush->addWidget(slider);
    brush->addWidget(text);
    connect(slider, &QSlider::valueChanged, this, [this] {
      render();
      Q_EMIT brushChanged();
    });
  };
  slider(size_, size_name_, size_text_, brushPosition(48), 50);
  slider(hardness_, hardness_name_, hardness_text_, 80, 42);
  connect(size_, &QSlider::valueChanged, this, [this] { size_chosen_ = size_chosen_ || !suggesting_; });
  row->addWidget(brush_box_);
  row->addStretch(1);
  mark_ = makeButton({}, "chip", this);
  auto* menu = new QMenu(mark_);
  mark_->setMenu(menu);
  row->addWidget(mark_);
  for (auto** action : {&grow_, &shrink_, &feather_, &clear_}) *action = menu->addAction(QString());
  connect(grow_, &QAction::triggered, this, [this] { Q_EMIT growWanted(kAmount); });
  connect(shrink_, &QAction::triggered, this, [this] { Q_EMIT growWanted(-kAmount); });
  connect(feather_, &QAction::triggered, this, [this] { Q_EMIT featherWanted(kAmount); });
  connect(clear_, &QAction::triggered, this, &ToolOptions::clearWanted);
  auto* dots = new QHBoxLayout;
  dots->setSpacing(0);
  for (size_t i = 0; i < colours_.size(); ++i) {
    colours_[i] = new Dot(kTints[i], this);
    dots->addWidget(colours_[i]);
    connect(colours_[i], &QAbstractButton::clicked, this, [this, i] {
      colour_ = int(i);
      Q_EMIT colourChanged();
    });
  }
  row->addLayout(dots);
  colours_[0]->setChecked(true);
  retranslated(this, [this] {
    size_name_->setText(tr("Size"));
    hardness_name_->setText(tr("Hardness"));
    size_->setAccessibleName(tr("Size of the brush"));
    size_->setToolTip(tr("Size of the brush in pixels of the picture ([ and ])"));
    hardness_->setAccessibleName(tr("Hardness of the brush"));
    hardness_->setToolTip(tr("How much of the brush marks fully; the rest fades out"));
    mark_->setText(tr("Mark"));
    mark_->setAccessibleName(tr("Change the whole mark"));
    mark_->setToolTip(tr("Change the whole mark"));
    grow_->setText(tr("Grow by %1 px").arg(kAmount));
    shrink_->setText(tr("Shrink by %1 px").arg(kAmount));
    feather_->setText(tr("Soften over %1 px inside its edge").arg(kAmount));
    clear_->setText(tr("Clear"));
    const QString colours[] = {tr("Mark in blue"), tr("Mark in red"), tr("Mark in green"), tr("Mark in yellow")};
    for (size_t i = 0; i < colours_.size(); ++i) {
      colours_[i]->setAccessibleName(colours[i]);
      colours_[i]->setToolTip(colours[i]);
    }
    render();
  });
}

void ToolOptions::render() {
  size_text_->setText(tr("%1 px").arg(brushPixels(size_->value())));
  hardness_text_->setText(tr("%1 %").arg(hardness_->value()));
}

void ToolOptions::setTool(Tool tool) {
  const bool strokes = tool == Tool::brush || tool == Tool::eraser;
  for (QWidget* widget : {static_cast<QWidget*>(size_), static_cast<QWidget*>(hardness_)}) widget->setEnabled(strokes);
}

void ToolOptions::setMarked(bool allowed, bool blank) { mark_->setEnabled(allowed && !blank); }

Brush ToolOptions::brush() const {
  Brush brush;
  brush.size = brushPixels(size_->value());
  brush.hardness = hardness_->value() / double(kPositions);
  return brush;
}

void ToolOptions::suggestSize(int pixels) {
  if (size_chosen_) return;
  suggesting_ = true;
  size_->setValue(brushPosition(pixels));
  suggesting_ = false;
}

void ToolOptions::stepSize(int step) { size_->setValue(size_->value() + step * kStep); }

Tint ToolOptions::tint() const { return kTints[colour_]; }

void ToolOptions::setColourIndex(int index) {
  colour_ = std::clamp(index, 0, int(std::size(kTints)) - 1);
  colours_[size_t(colour_)]->setChecked(true);
  Q_EMIT colourChanged();
}

}  // namespace b3o
