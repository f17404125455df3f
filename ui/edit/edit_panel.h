// The right side of the Edit page: what the model keeps of the picture, what is asked, the run, and its proposals.
#pragma once

#include <QProgressBar>
#include <QWidget>

#include "ui/edit/mode_form.h"
#include "ui/edit/proposal_row.h"
#include "ui/edit/round_trip_card.h"

namespace b3o {

class EditPanel : public QWidget {
  Q_OBJECT
 public:
  EditPanel(EditSession& session, ModelState& model, QWidget* parent = nullptr);
  void run();  // proposes, unless something is missing or it runs
  ModeForm* form() const { return form_; }
  RoundTripCard* roundTrip() const { return round_trip_; }
  ProposalRow* proposals() const { return row_; }
  QPushButton* goButton() const { return go_; }
  QPushButton* applyButton() const { return apply_; }
  QPushButton* againButton() const { return again_; }
  QPushButton* discardButton() const { return discard_; }
  QString reason() const { return reason_->text(); }
  QString warnings() const { return warnings_->text(); }
  QString way() const { return way_->text(); }  // how the words became the chosen proposal

 private:
  void build();
  QWidget* buildFoot();
  QWidget* buildProposals();
  void render();

  EditSession& session_;
  ModelState& model_;
  bool blank_ = true;  // nothing was marked when this was drawn
  Label *title_ = nullptr, *proposals_title_ = nullptr, *proposals_count_ = nullptr;
  RoundTripCard* round_trip_ = nullptr;
  ModeForm* form_ = nullptr;
  QWidget *progress_box_ = nullptr, *proposals_box_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Label *stage_ = nullptr, *time_ = nullptr;
  Paragraph *reason_ = nullptr, *warnings_ = nullptr, *way_ = nullptr;
  QPushButton *go_ = nullptr, *apply_ = nullptr, *again_ = nullptr, *discard_ = nullptr;
  ProposalRow* row_ = nullptr;
};

}  // namespace b3o
