// The settings: few, found by typing a word, in effect at once.
#pragma once

#include <QDialog>
#include <QLineEdit>

#include "ui/look/controls.h"
#include "ui/shell/settings_table.h"

namespace b3o {

class SettingsDialog : public QDialog {
  Q_OBJECT
 public:
  explicit SettingsDialog(std::vector<Setting> table, QWidget* parent = nullptr);
  QLineEdit* search() const { return search_; }
  const std::vector<Setting>& table() const { return table_; }
  bool isShown(const char* id) const;
  Choice* choice(const char* id) const;    // null where it is on or off
  Segmented* onOff(const char* id) const;  // null where it is a choice

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Row {
    QWidget* box;
    Label* name;
    Paragraph* note;
    Choice* choice;
    Segmented* on_off;
  };
  struct Group {
    const char* words;
    Label* heading;
    std::vector<size_t> rows;
  };
  void build();
  Row buildRow(size_t at, QWidget* parent);
  void writeWords();
  void render();
  size_t placeOf(const char* id) const;

  std::vector<Setting> table_;
  std::vector<Row> rows_;
  std::vector<Group> groups_;
  Label* title_ = nullptr;
  QLineEdit* search_ = nullptr;
  Paragraph* nothing_ = nullptr;
  QPushButton* close_ = nullptr;
};

}  // namespace b3o
