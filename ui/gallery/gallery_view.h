// The pictures under their headings: rows of thumbnails that wrap, drawn with the theme's tokens.
#pragma once

#include <QListView>

#include "ui/state/gallery_model.h"

namespace b3o {

class GalleryView : public QListView {
  Q_OBJECT
 public:
  explicit GalleryView(GalleryModel& model, QWidget* parent = nullptr);
  std::vector<int64_t> chosenIds() const;  // in the order of the rows
  void choose(int64_t id);                 // that one alone, and shows it

 Q_SIGNALS:
  void chosenChanged();
  void opened(qint64 id);  // by Enter or a double click

 protected:
  void selectionChanged(const QItemSelection& chosen, const QItemSelection& left) override;
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  GalleryModel& model_;
  int64_t current_ = 0;
  int scroll_ = 0;
};

}  // namespace b3o
