// A row of widgets that goes on in the next line where it is too narrow for all of them.
#pragma once

#include <QLayout>
#include <QList>

namespace b3o {

class FlowLayout : public QLayout {
  Q_OBJECT
 public:
  FlowLayout(QWidget* parent, int spacing);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override { items_ << item; }
  int count() const override { return int(items_.size()); }
  QLayoutItem* itemAt(int index) const override { return items_.value(index); }
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override { return place(QRect(0, 0, width, 0), false); }
  QSize sizeHint() const override;     // all in one line
  QSize minimumSize() const override;  // of the widest
  void setGeometry(const QRect& rect) override;

 private:
  int place(const QRect& rect, bool really) const;  // returns the height

  QList<QLayoutItem*> items_;
};

}  // namespace b3o
