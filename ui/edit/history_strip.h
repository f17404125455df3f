// The tree of what grew out of the source, as thumbnails in a row: a picture stands behind the one it was made from,
// and a bent arrow says that a branch begins. Clicks and arrows go anywhere.
#pragma once

#include <QLineEdit>
#include <QScrollArea>
#include <QWidget>
#include <vector>

#include "ui/state/edit_session.h"

namespace b3o {

// The nodes from the source on, every branch after the one before it; where each stands.
struct HistoryPlace {
  int64_t node = 0;
  bool follows = false;  // it was made from the one before it in the row; otherwise a branch begins
};
std::vector<HistoryPlace> historyOf(const EditDocument& document);

class HistoryRow : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryRow(EditSession& session, QWidget* parent = nullptr);
  const std::vector<HistoryPlace>& places() const { return places_; }
  QRect rectOf(int place) const;  // of the thumbnail
  int current() const;            // its place; -1: none
  void rename(int place);         // lets the user write the name
  QLineEdit* nameField() const { return name_; }
  QSize sizeHint() const override;

 Q_SIGNALS:
  void compareWanted(qint64 node);  // with the current picture
  void moved();                     // nodes came or went, or another is current

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void refresh();
  int placeAt(const QPoint& point) const;
  void drawNode(QPainter& painter, int place) const;
  void openMenu(int place, const QPoint& at);

  EditSession& session_;
  std::vector<HistoryPlace> places_;
  QLineEdit* name_;
  int64_t naming_ = 0;
};

class HistoryStrip : public QScrollArea {
  Q_OBJECT
 public:
  explicit HistoryStrip(EditSession& session, QWidget* parent = nullptr);
  HistoryRow* row() const { return row_; }

 private:
  void showCurrent();

  HistoryRow* row_;
};

}  // namespace b3o
