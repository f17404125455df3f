// The Gallery page: every picture that was kept, by date, with search, stars, trash and what is alike.
#pragma once

#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>
#include <QWidget>

#include "core/api/recipe.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/gallery/gallery_view.h"
#include "ui/look/empty_page.h"

namespace b3o {

class GalleryPage : public QWidget {
  Q_OBJECT
 public:
  explicit GalleryPage(Gallery& gallery, QWidget* parent = nullptr);

  GalleryView* view() const { return view_; }
  GalleryPanel* panel() const { return panel_; }
  EmptyPage* emptyPage() const { return empty_; }
  QLineEdit* search() const { return search_; }
  QPushButton* trashButton() const { return trash_; }
  QPushButton* starButton() const { return starred_; }
  void focusView() { view_->setFocus(); }
  void chooseAll() { view_->selectAll(); }
  void exportChosen();               // asks for the folder
  void importPictures();             // asks for the files
  bool take(const QMimeData* data);  // files that were dropped; false: there are none
  void showMoreLike();               // the chosen one

 Q_SIGNALS:
  void createWanted(const b3o::Recipe& recipe);
  void askWanted(const QString& path);
  void editWanted(qint64 picture);
  void compareWanted(const QString& left, const QString& right);  // files
  void exampleChosen(const QString& prompt);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void render();
  void renderEmpty();
  void openInCreate();

  Gallery& gallery_;
  GalleryModel model_;
  GalleryView* view_ = nullptr;
  GalleryPanel* panel_ = nullptr;
  Label *title_ = nullptr, *count_ = nullptr, *message_ = nullptr;
  QLineEdit* search_ = nullptr;
  QPushButton *starred_ = nullptr, *order_ = nullptr, *trash_ = nullptr, *back_ = nullptr, *undo_ = nullptr,
              *redo_ = nullptr, *import_ = nullptr, *stop_ = nullptr;
  ErrorLine* error_ = nullptr;
  QWidget* message_row_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyPage* empty_ = nullptr;
  QTimer typing_;  // a search starts when the typing pauses
};

}  // namespace b3o
