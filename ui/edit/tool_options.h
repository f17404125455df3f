// What belongs to the tool: size and hardness of the brush, the colour of the mark, and what changes the whole mark.
#pragma once

#include <QAction>
#include <QSlider>
#include <QWidget>
#include <array>

#include "ui/edit/edit_canvas.h"
#include "ui/look/controls.h"

namespace b3o {

class ToolOptions : public QWidget {
  Q_OBJECT
 public:
  explicit ToolOptions(QWidget* parent = nullptr);
  void setTool(Tool tool);
  void setMarked(bool allowed, bool blank);  // what can be done to the mark now
  Brush brush() const;
  void stepSize(int step);       // +1: larger
  void suggestSize(int pixels);  // unless the user has chosen one
  Tint tint() const;
  int colourIndex() const { return colour_; }
  void setColourIndex(int index);
  QSlider* size() const { return size_; }
  QSlider* hardness() const { return hardness_; }
  QPushButton* markButton() const { return mark_; }  // its menu:
  QAction* growAction() const { return grow_; }
  QAction* shrinkAction() const { return shrink_; }
  QAction* featherAction() const { return feather_; }
  QAction* clearAction() const { return clear_; }
  QAbstractButton* colourButton(int index) const { return colours_[size_t(index)]; }

 Q_SIGNALS:
  void brushChanged();
  void colourChanged();
  void growWanted(int pixels);  // negative: shrink
  void featherWanted(int pixels);
  void clearWanted();

 private:
  void render();

  QWidget* brush_box_ = nullptr;
  QSlider *size_ = nullptr, *hardness_ = nullptr;
  Label *size_text_ = nullptr, *hardness_text_ = nullptr, *size_name_ = nullptr, *hardness_name_ = nullptr;
  QPushButton* mark_ = nullptr;
  QAction *grow_ = nullptr, *shrink_ = nullptr, *feather_ = nullptr, *clear_ = nullptr;
  std::array<QAbstractButton*, 4> colours_ = {};
  int colour_ = 0;
  bool size_chosen_ = false, suggesting_ = false;
};

// The brush's size on a slider of 0 to 100: from 1 pixel to 1024, evenly in steps that the eye sees as even.
int brushPixels(int position);
int brushPosition(int pixels);

}  // namespace b3o
