// The form at the left of the Create page. It offers only what the model can do.
#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSpinBox>
#include <QWidget>

#include "ui/create/number_row.h"
#include "ui/state/image_job.h"

namespace b3o {

class CreatePanel : public QWidget {
  Q_OBJECT
 public:
  CreatePanel(ImageJob& job, ModelState& model, QWidget* parent = nullptr);
  CreateForm form() const;
  void run();  // draws, unless something is missing
  void setPrompt(const QString& text);
  void setCount(int pictures);
  void setSeed(const QString& seed) { seed_->setText(seed); }
  QPlainTextEdit* prompt() const { return prompt_; }
  QPushButton* goButton() const { return go_; }

 private:
  void build();
  QWidget* buildBasics();
  QWidget* buildAdvanced();
  QWidget* buildFoot();
  void showDefaults();  // of the model that was loaded last
  void render();

  ImageJob& job_;
  ModelState& model_;
  QPlainTextEdit* prompt_ = nullptr;
  Label* words_ = nullptr;
  Segmented* count_ = nullptr;
  QLineEdit* seed_ = nullptr;
  QPushButton *dice_ = nullptr, *reuse_ = nullptr, *advanced_ = nullptr;
  QWidget *advanced_box_ = nullptr, *sampler_row_ = nullptr, *allowed_steps_row_ = nullptr, *size_row_ = nullptr;
  NumberRow *plan_steps_ = nullptr, *plan_guidance_ = nullptr, *paint_steps_ = nullptr, *paint_guidance_ = nullptr;
  Choice *sampler_ = nullptr, *allowed_steps_ = nullptr;
  QSpinBox *width_ = nullptr, *height_ = nullptr;
  Label* fixed_size_ = nullptr;
  QWidget* progress_box_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Label *stage_ = nullptr, *time_ = nullptr;
  Paragraph* reason_ = nullptr;
  QPushButton* go_ = nullptr;
};

}  // namespace b3o
