// The form at the left of the Create page. It offers only what the model can do.
#pragma once

#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSpinBox>
#include <QWidget>

#include "ui/look/number_row.h"
#include "ui/state/form_memory.h"
#include "ui/state/image_job.h"
#include "ui/state/phrase.h"
#include "ui/state/prompt_book.h"

namespace b3o {

class CreatePanel : public QWidget {
  Q_OBJECT
 public:
  CreatePanel(ImageJob& job, ModelState& model, PromptBook& prompts, FormMemory& memory, QWidget* parent = nullptr);
  CreateForm form() const;
  void run(
      bool first = false);  // draws, or queues while something is drawn (first: in front), unless something is missing
  void setRecipe(const Recipe& recipe);
  void walkPrompts(int step);  // +1: an earlier one, -1: a later one
  void setPrompt(const QString& text);
  void setCount(int pictures);
  void setSeed(const QString& seed) { seed_->setText(seed); }
  QPlainTextEdit* prompt() const { return prompt_; }
  QPushButton* goButton() const { return go_; }
  QPushButton* queueButton() const { return queue_; }
  Segmented* preset() const { return preset_; }
  QString lengthText() const { return words_->text(); }
  QString note() const { return reason_->text(); }

 private:
  void build();
  QWidget* buildBasics();
  QWidget* buildAdvanced();
  QWidget* buildFoot();
  void writeBasics();
  void writeAdvanced();
  void showDefaults();                // of the model that was loaded last
  void show(const CreateForm& form);  // its settings; prompt, count and seed stay
  void recall();                      // what was left at the last start
  void buildPromptMenu();
  void render();

  ImageJob& job_;
  ModelState& model_;
  PromptBook& prompts_;
  FormMemory& memory_;
  QPlainTextEdit* prompt_ = nullptr;
  Label* title_ = nullptr;
  Label* words_ = nullptr;
  QPushButton* prompt_button_ = nullptr;
  QMenu* prompt_menu_ = nullptr;
  Segmented *count_ = nullptr, *preset_ = nullptr;
  QPushButton* exact_times_ = nullptr;
  QString settings_of_;  // the hash of the model whose settings are shown; empty: of none
  Phrase left_out_;      // of the recipe that was taken over last
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
  QPushButton *go_ = nullptr, *queue_ = nullptr;
};

}  // namespace b3o
