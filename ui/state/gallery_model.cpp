#include "ui/state/gallery_model.h"

#include <QDateTime>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

namespace b3o {

QString dayHeading(const QDate& day, const QDate& today) {
  const qint64 ago = day.daysTo(today);
  if (ago == 0) return GalleryModel::tr("Today");
  if (ago == 1) return GalleryModel::tr("Yesterday");
  if (ago > 1 && ago < 7) return QLocale().toString(day, GalleryModel::tr("dddd, d MMMM"));
  return QLocale().toString(day, GalleryModel::tr("MMMM yyyy"));
}

QString whenText(int64_t made, const QDateTime& now) {
  const QDateTime then = QDateTime::fromMSecsSinceEpoch(made);
  if (then.date() == now.date())
    return GalleryModel::tr("today %1").arg(QLocale().toString(then, QStringLiteral("HH:mm")));
  if (then.date().year() == now.date().year()) return QLocale().toString(then, GalleryModel::tr("d MMM HH:mm"));
  return QLocale().toString(then, GalleryModel::tr("d MMM yyyy"));
}

GalleryModel::GalleryModel(Gallery& gallery, QObject* parent) : QAbstractListModel(parent), gallery_(gallery) {
  connect(&gallery_, &Gallery::linesChanged, this, &GalleryModel::build);
  connect(&gallery_, &Gallery::lineChanged, this, [this](int line) {
    const QModelIndex at = index(row_of_line_[size_t(line)]);
    Q_EMIT dataChanged(at, at);
  });
  connect(&gallery_, &Gallery::thumbnailReady, this, [this](qint64 id) {
    if (const QModelIndex at = indexOf(id); at.isValid()) Q_EMIT dataChanged(at, at, {Qt::DecorationRole});
  });
  build();
}

void GalleryModel::build() {
  beginResetModel();
  rows_.clear();
  row_of_line_.clear();
  row_of_id_.clear();
  const auto& lines = gallery_.lines();
  const QDate today = QDate::currentDate();
  int heading_at = -1, count = 0;
  QString heading;
  const auto close = [&] {
    if (heading_at >= 0) rows_[size_t(heading_at)].heading = tr("%1 · %L2").arg(heading).arg(count);
    count = 0;
  };
  for (size_t line = 0; line < lines.size(); ++line) {
    const int64_t time = gallery_.filter().trash ? lines[line].trashed : lines[line].made;
    const QString own =
        gallery_.filter().like ? tr("More like this") : dayHeading(QDateTime::fromMSecsSinceEpoch(time).date(), today);
    if (heading_at < 0 || own != heading) {
      close();
      heading = own;
      heading_at = int(rows_.size());
      rows_.push_back({heading, -1});
    }
    ++count;
    row_of_line_.push_back(int(rows_.size()));
    row_of_id_[lines[line].id] = int(rows_.size());
    rows_.push_back({{}, int(line)});
  }
  close();
  endResetModel();
}

int GalleryModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }

QVariant GalleryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= int(rows_.size())) return {};
  const Row& row = rows_[size_t(index.row())];
  if (row.line < 0) return role == Qt::DisplayRole || role == HeadingRole ? QVariant(row.heading) : QVariant();
  const PictureLine& line = gallery_.lines()[size_t(row.line)];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return line.prompt.empty() ? QString::fromStdString(line.file) : QString::fromStdString(line.prompt);
    case Qt::DecorationRole:
      return gallery_.thumbnail(line.id);
    case IdRole:
      return qint64(line.id);
    case StarRole:
      return line.starred;
  }
  return {};
}

Qt::ItemFlags GalleryModel::flags(const QModelIndex& index) const {
  if (!index.isValid() || rows_[size_t(index.row())].line < 0) return Qt::NoItemFlags;
  return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList GalleryModel::mimeTypes() const { return {QStringLiteral("text/uri-list")}; }

QMimeData* GalleryModel::mimeData(const QModelIndexList& indexes) const {
  QList<QUrl> urls;
  for (const auto& index : indexes)
    if (const Row& row = rows_[size_t(index.row())]; row.line >= 0)
      urls << QUrl::fromLocalFile(gallery_.path(gallery_.lines()[size_t(row.line)]));
  auto* data = new QMimeData;
  data->setUrls(urls);
  return data;
}

QModelIndex GalleryModel::indexOf(int64_t id) const {
  const auto it = row_of_id_.find(id);
  return it == row_of_id_.end() ? QModelIndex() : index(*it);
}

}  // namespace b3o
