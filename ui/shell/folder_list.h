// The model folders that were found: name, where it lies, size, what it can do, and a sign where something is missing.
#pragma once

#include <QListView>
#include <QStandardItemModel>

#include "ui/state/model_shelf.h"

namespace b3o {

class FolderList : public QListView {
  Q_OBJECT
 public:
  explicit FolderList(const ModelShelf& shelf, QWidget* parent = nullptr);
  void render();                         // after the folders or the language have changed
  void markFolder(const QString& path);  // as the chosen one; none where it is not listed
  int count() const { return rows_.rowCount(); }

 Q_SIGNALS:
  void chosen(const QString& folder);           // by the user
  void activatedFolder(const QString& folder);  // double click, Enter

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  const ModelShelf& shelf_;
  QStandardItemModel rows_;
  bool rendering_ = false;
};

// "chat, pictures in chat, drawing"; empty for nothing.
QString abilitiesText(const Capabilities& can);

// A path as the user knows it: the home folder is "~". pathOf() takes it back.
QString shownPath(const QString& path);
QString pathOf(const QString& shown);

}  // namespace b3o
