// What is known of the chosen model folder: what it holds, whether it fits into memory, whether its files are whole.
#pragma once

#include <QGridLayout>
#include <QProgressBar>

#include "ui/look/controls.h"
#include "ui/state/model_shelf.h"
#include "ui/state/model_state.h"

namespace b3o {

class FolderFacts : public QWidget {
  Q_OBJECT
 public:
  FolderFacts(ModelShelf& shelf, const ModelState& model, QWidget* parent = nullptr);
  void render();
  QPushButton* verifyButton() const { return verify_; }
  QString fitVerdict() const { return verdict_->text(); }
  QString verifyResult() const { return result_->text(); }
  QString problem() const { return problem_->sentence(); }

 private:
  void build();
  void renderFit();
  void renderCheck();
  QString verdictText(const Fit& fit) const;

  static constexpr int kRows = 4;
  ModelShelf& shelf_;
  const ModelState& model_;
  Label *name_ = nullptr, *path_ = nullptr;
  Paragraph* holds_ = nullptr;
  ErrorLine* problem_ = nullptr;
  QWidget* fit_box_ = nullptr;
  Label *fit_title_ = nullptr, *terms_[kRows] = {}, *amounts_[kRows] = {};
  Paragraph* verdict_ = nullptr;
  QWidget* check_box_ = nullptr;
  QPushButton* verify_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Paragraph* result_ = nullptr;
};

}  // namespace b3o
