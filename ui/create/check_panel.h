// The check list of the picture that is shown: what the model was asked about it, and what it answered.
#pragma once

#include <QSpinBox>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/look/controls.h"
#include "ui/state/self_check.h"

namespace b3o {

class CheckPanel : public QWidget {
  Q_OBJECT
 public:
  CheckPanel(SelfCheck& check, ImageJob& job, QWidget* parent = nullptr);
  QPushButton* onButton() const { return on_; }

 private:
  void build();
  void render();

  SelfCheck& check_;
  ImageJob& job_;
  Label *title_ = nullptr, *tries_name_ = nullptr;
  QPushButton* on_ = nullptr;
  QWidget* tries_row_ = nullptr;
  QSpinBox* tries_ = nullptr;
  QVBoxLayout* list_ = nullptr;
  Paragraph *verdict_ = nullptr, *note_ = nullptr;
  QString listed_;  // what the list shows, to leave it alone otherwise
};

}  // namespace b3o
