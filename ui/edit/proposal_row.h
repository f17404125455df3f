// What a run proposes, side by side; the chosen one is shown on the canvas. Arrows and clicks choose.
#pragma once

#include <QWidget>

#include "ui/state/edit_session.h"

namespace b3o {

class ProposalRow : public QWidget {
  Q_OBJECT
 public:
  explicit ProposalRow(EditSession& session, QWidget* parent = nullptr);
  QRect rectOf(int proposal) const;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {200, heightForWidth(200)}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int columns() const;
  int sideFor(int width) const;
  int proposalAt(const QPoint& point) const;

  EditSession& session_;
};

}  // namespace b3o
