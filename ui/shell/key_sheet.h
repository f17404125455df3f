// Every key of the program, generated from the action table.
#pragma once

#include <QBoxLayout>
#include <QDialog>
#include <QGridLayout>
#include <QScrollArea>

namespace b3o {

class KeySheet : public QDialog {
  Q_OBJECT
 public:
  explicit KeySheet(QWidget* parent = nullptr);

  // Side by side where the room allows it, else one below the other and as much of it as there is room for.
  void fitInto(QSize room);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void addGroup(QGridLayout& grid, const char* group);
  void addRows();

  QBoxLayout* columns_;  // two, of about the same height
  QScrollArea* area_;
};

}  // namespace b3o
