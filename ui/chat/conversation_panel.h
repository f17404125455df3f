// The conversations at the left: search, by date, renamed in place, deleted with undo.
#pragma once

#include <QAbstractListModel>
#include <QLineEdit>
#include <QListView>

#include "ui/look/controls.h"
#include "ui/state/conversation_export.h"
#include "ui/state/conversation_list.h"

namespace b3o {

// Lines under the headings of their days. A heading is a row that cannot be chosen.
class ConversationModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { below = Qt::UserRole, id, heading };
  using QAbstractListModel::QAbstractListModel;
  void setLines(const std::vector<ConversationLine>& lines, const QDateTime& now);
  int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(rows_.size()); }
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QModelIndex indexOf(int64_t id) const;

 Q_SIGNALS:
  void renamed(qint64 id, const QString& title);

 private:
  struct Row {
    QString text, below;
    int64_t id = 0;  // 0: a heading
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows_;
};

// "Today", "Yesterday", "This week", "November 2026".
QString dayHeading(const QDateTime& when, const QDateTime& now);

class ConversationPanel : public QWidget {
  Q_OBJECT
 public:
  ConversationPanel(ConversationList& list, ConversationExport& out, QWidget* parent);
  QListView* view() const { return view_; }
  QLineEdit* search() const { return search_; }
  QPushButton* newButton() const { return new_; }
  ConversationModel* model() const { return model_; }
  void renameCurrent();  // in place

 Q_SIGNALS:
  void newWanted();
  void exportWanted();
  void importWanted();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void render();
  void openMenu(const QPoint& at);
  int64_t idAt(const QModelIndex& index) const;

  ConversationList& list_;
  ConversationExport& out_;
  ConversationModel* model_;
  Label* title_ = nullptr;
  QPushButton* new_ = nullptr;
  QLineEdit* search_ = nullptr;
  QListView* view_ = nullptr;
  Paragraph *empty_ = nullptr, *said_ = nullptr;
};

}  // namespace b3o
