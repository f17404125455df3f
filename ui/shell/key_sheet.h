// Every key of the program, generated from the action table.
#pragma once

#include <QDialog>

namespace b3o {

class KeySheet : public QDialog {
  Q_OBJECT
 public:
  explicit KeySheet(QWidget* parent = nullptr);
};

}  // namespace b3o
