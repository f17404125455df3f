// The pictures of this sitting in one row; arrows and clicks select.
#pragma once

#include <QScrollArea>
#include <QWidget>

#include "ui/state/image_job.h"

namespace b3o {

class FilmRow : public QWidget {
  Q_OBJECT
 public:
  explicit FilmRow(ImageJob& job, QWidget* parent = nullptr);
  QRect rectOf(int row) const;
  QSize sizeHint() const override;

 Q_SIGNALS:
  void editWanted(int row);
  void compareWanted(int row);  // with the one that is shown

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void drawPicture(QPainter& painter, const Picture& picture, const QRect& at) const;
  int rowAt(const QPoint& point) const;

  ImageJob& job_;
};

class FilmStrip : public QScrollArea {
  Q_OBJECT
 public:
  explicit FilmStrip(ImageJob& job, QWidget* parent = nullptr);
  FilmRow* row() const { return row_; }

 private:
  void showSelected();

  ImageJob& job_;
  FilmRow* row_;
};

}  // namespace b3o
