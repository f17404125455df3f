// The gallery's pictures as rows of an item view, with a heading before every day or month.
#pragma once

#include <QAbstractListModel>
#include <QDate>

#include "ui/state/gallery.h"

namespace b3o {

// "Today", "Yesterday", "Monday, 23 November", and the month of what is older than a week.
QString dayHeading(const QDate& day, const QDate& today);
QString whenText(int64_t made, const QDateTime& now);  // "today 14:02", "23 Nov 14:02", "23 Nov 2025"

class GalleryModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { IdRole = Qt::UserRole, HeadingRole, StarRole };
  explicit GalleryModel(Gallery& gallery, QObject* parent = nullptr);
  void build();  // once more when the language has changed: headings have words

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;
  Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
  QModelIndex indexOf(int64_t id) const;  // invalid: it is not shown

 private:
  struct Row {
    QString heading;  // empty: a picture
    int line = -1;
  };

  Gallery& gallery_;
  std::vector<Row> rows_;
  std::vector<int> row_of_line_;
  QHash<qint64, int> row_of_id_;
};

}  // namespace b3o
