// Covers a page while a picture is dragged over it and says what dropping it does.
#pragma once

#include <QWidget>

namespace b3o {

class DropHint : public QWidget {
  Q_OBJECT
 public:
  explicit DropHint(QWidget* parent);
  void showOver(const QRect& area, const QString& words);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString words_;
};

}  // namespace b3o
