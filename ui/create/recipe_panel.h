// The recipe of the picture that is shown, and what can be done with it.
#pragma once

#include <QGridLayout>
#include <QWidget>

#include "ui/create/check_panel.h"
#include "ui/look/controls.h"
#include "ui/state/image_job.h"
#include "ui/state/picture_export.h"

namespace b3o {

class RecipePanel : public QWidget {
  Q_OBJECT
 public:
  RecipePanel(ImageJob& job, PictureExport& out, SelfCheck& check, QWidget* parent = nullptr);
  CheckPanel* checkPanel() const { return check_; }
  void save(bool bare = false);  // asks for the file; bare: without recipe and any other text
  void copy();
  QPushButton* saveButton() const { return save_; }
  QPushButton* copyButton() const { return copy_; }
  QPushButton* editButton() const { return edit_; }

 Q_SIGNALS:
  void editWanted();

 private:
  void build();
  void render();
  void list(const Picture& picture);
  void addLine(const QString& name, const QString& value);

  ImageJob& job_;
  PictureExport& export_;
  CheckPanel* check_;
  std::optional<Recipe> listed_;
  Label* title_ = nullptr;
  Paragraph* prompt_ = nullptr;
  QWidget* table_ = nullptr;
  QGridLayout* grid_ = nullptr;
  QPushButton *save_ = nullptr, *copy_ = nullptr, *bare_ = nullptr, *edit_ = nullptr;
  Paragraph *said_ = nullptr, *notice_ = nullptr;
};

}  // namespace b3o
