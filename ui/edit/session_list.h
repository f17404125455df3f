// The editing sessions that are kept, under the button that opens them: a click opens one, a second button removes it;
// those that were removed stand below and come back by a click.
#pragma once

#include <QFrame>
#include <QScrollArea>
#include <QVBoxLayout>
#include <vector>

#include "ui/look/controls.h"
#include "ui/state/edit_list.h"

namespace b3o {

class SessionList : public QFrame {
  Q_OBJECT
 public:
  SessionList(EditList& list, EditSession& session, QWidget* parent = nullptr);
  void showBelow(QWidget* button);
  const std::vector<QAbstractButton*>& rows() const { return rows_; }
  const std::vector<QPushButton*>& removeButtons() const { return removes_; }
  const std::vector<QAbstractButton*>& removedRows() const { return removed_; }
  QPushButton* undoButton() const { return undo_; }

 private:
  void render();
  QWidget* makeRow(const EditLine& line, bool removed);

  EditList& list_;
  EditSession& session_;
  Label* title_;
  QPushButton* undo_;
  QScrollArea* scroll_;
  QVBoxLayout* column_;
  std::vector<QAbstractButton*> rows_, removed_;
  std::vector<QPushButton*> removes_;
};

}  // namespace b3o
