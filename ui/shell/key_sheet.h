// Every key of the program, generated from the action table.
#pragma once

#include <QDialog>
#include <QGridLayout>

namespace b3o {

class KeySheet : public QDialog {
  Q_OBJECT
 public:
  explicit KeySheet(QWidget* parent = nullptr);

 private:
  void addGroup(QGridLayout& grid, const char* group);
};

}  // namespace b3o
