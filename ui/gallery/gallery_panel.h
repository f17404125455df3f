// What the Gallery knows of the chosen picture, what can be done with it, and what is like it.
#pragma once

#include <QWidget>
#include <array>

#include "ui/look/controls.h"
#include "ui/state/gallery.h"

namespace b3o {

// A thumbnail that is clicked.
class AlikeButton : public QAbstractButton {
  Q_OBJECT
 public:
  explicit AlikeButton(QWidget* parent = nullptr);
  void setImage(const QImage& image);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage image_;
};

class GalleryPanel : public QWidget {
  Q_OBJECT
 public:
  explicit GalleryPanel(Gallery& gallery, QWidget* parent = nullptr);
  QPushButton* createButton() const { return create_; }
  QPushButton* editButton() const { return edit_; }
  QPushButton* compareButton() const { return compare_; }
  QPushButton* moreButton() const { return more_; }

 Q_SIGNALS:
  void createWanted();
  void askWanted();
  void editWanted();
  void compareWanted();  // the two chosen ones
  void exportWanted();
  void showWanted(qint64 id);  // one of the similar pictures

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void render();
  void renderPicture();
  QString factsText(const StoredPicture& picture) const;

  Gallery& gallery_;
  class Preview;
  Preview* preview_ = nullptr;
  Paragraph *prompt_ = nullptr, *facts_ = nullptr, *notice_ = nullptr;
  QPushButton *create_ = nullptr, *ask_ = nullptr, *edit_ = nullptr, *compare_ = nullptr, *star_ = nullptr,
              *export_ = nullptr, *trash_ = nullptr, *restore_ = nullptr, *delete_ = nullptr, *more_ = nullptr;
  QWidget *buttons_ = nullptr, *alike_box_ = nullptr;
  Label* alike_title_ = nullptr;
  std::array<AlikeButton*, 6> alike_ = {};
};

}  // namespace b3o
