// The tools beside the canvas: one of them is chosen; turning the mark around acts at once.
#pragma once

#include <QToolButton>
#include <QWidget>
#include <array>

#include "ui/edit/edit_canvas.h"

namespace b3o {

class ToolColumn : public QWidget {
  Q_OBJECT
 public:
  explicit ToolColumn(QWidget* parent = nullptr);
  void setTool(Tool tool);
  QToolButton* button(Tool tool) const { return tools_[size_t(tool)]; }
  QToolButton* invertButton() const { return invert_; }

 Q_SIGNALS:
  void chosen(b3o::Tool tool);
  void invertWanted();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QToolButton* add(const char* icon);

  std::array<QToolButton*, 5> tools_ = {};
  QToolButton* invert_ = nullptr;
};

}  // namespace b3o
