// The column of pages at the left.
#pragma once

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

namespace b3o {

class Rail : public QWidget {
  Q_OBJECT
 public:
  explicit Rail(QWidget* parent = nullptr);
  QToolButton* addPage(QAction* action, const char* icon);  // checkable, exclusive
  QToolButton* addMenu(QMenu* menu);                        // at the bottom

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QToolButton* addButton(const char* icon, int at);
  void fitWords();  // as wide as the longest word of the language needs

  QVBoxLayout* column_;
  int pages_ = 0;
};

}  // namespace b3o
