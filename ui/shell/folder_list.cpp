#include "ui/shell/folder_list.h"

#include <QDir>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/look/icon.h"
#include "ui/look/theme.h"
#include "ui/look/words.h"
#include "ui/state/memory_meter.h"

namespace b3o {
namespace {

enum Role { kFolder = Qt::UserRole, kFacts, kBroken };

constexpr int kRowHeight = 50, kSign = 16;

QString placeText(FolderPlace place) {
  switch (place) {
    case FolderPlace::shipped:
      return FolderList::tr("comes with the program");
    case FolderPlace::app:
      return FolderList::tr("in the program's folder");
    case FolderPlace::hub:
      return FolderList::tr("Hugging Face cache");
    case FolderPlace::recent:
      return FolderList::tr("used recently");
    case FolderPlace::chosen:
      break;
  }
  return {};
}

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {100, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused = selected && (option.state & QStyle::State_HasFocus);
    if (selected || (option.state & QStyle::State_MouseOver)) {
      painter->setPen(focused ? QPen(look().accent, 2) : QPen(Qt::NoPen));
      painter->setBrush(selected ? look().selected : look().hover);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
    QRect inside = option.rect.adjusted(space::s, 6, -space::s, -6);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool broken = index.data(kBroken).toBool();
    if (broken) {
      icon("warning", Tint::warn).paint(painter, QRect(inside.right() - kSign + 1, inside.top(), kSign, kSign));
    }
    const auto write = [&](const QString& text, const QFont& font, const QColor& colour, int top, int right) {
      const QFontMetrics metrics(font);
      const QRect line(inside.left(), top, inside.width() - right, metrics.height());
      painter->setFont(font);
      painter->setPen(colour);
      painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, line.width()));
    };
    write(index.data(Qt::DisplayRole).toString(), textFont(kBodyPx, QFont::DemiBold),
          enabled ? look().text : look().faint, inside.top(), broken ? kSign + space::s : 0);
    write(index.data(kFacts).toString(), textFont(kSecondaryPx), enabled ? look().secondary : look().faint,
          inside.top() + 20, 0);
    painter->restore();
  }
};

}  // namespace

QString abilitiesText(const Capabilities& can) {
  QStringList words;
  if (can.chat) words << FolderList::tr("chat");
  if (can.see) words << FolderList::tr("pictures in chat");
  if (can.draw) words << FolderList::tr("drawing");
  if (can.edit) words << FolderList::tr("editing");
  return words.join(QStringLiteral(", "));
}

FolderList::FolderList(const ModelShelf& shelf, QWidget* parent) : QListView(parent), shelf_(shelf) {
  setProperty("kind", "list");
  setModel(&rows_);
  setItemDelegate(new RowDelegate(this));
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setUniformItemSizes(true);
  setMouseTracking(true);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(this, &QListView::activated, this,
          [this](const QModelIndex& row) { Q_EMIT activatedFolder(row.data(kFolder).toString()); });
}

void FolderList::render() {
  setAccessibleName(tr("Model folders"));
  const QString marked = currentIndex().data(kFolder).toString();
  rendering_ = true;
  rows_.clear();
  for (const auto& folder : shelf_.folders()) {
    const QString name = QString::fromUtf8(folder.name), abilities = abilitiesText(folder.can);
    QStringList facts{placeText(folder.place)};
    if (folder.bytes > 0) facts << bytesText(folder.bytes);
    if (!folder.missing.empty())
      facts << tr("%n file(s) missing", nullptr, int(folder.missing.size()));
    else if (!folder.complete())
      facts << tr("cannot be loaded");
    else
      facts << abilities;
    facts.removeAll(QString());
    auto* row = new QStandardItem(name);
    row->setData(fromPath(folder.folder), kFolder);
    row->setData(facts.join(QStringLiteral(" · ")), kFacts);
    row->setData(!folder.complete(), kBroken);
    row->setData(QString(name + QStringLiteral(", ") + facts.join(QStringLiteral(", "))), Qt::AccessibleTextRole);
    row->setToolTip(plainToolTip(folder.complete() ? fromPath(folder.folder) : QString::fromUtf8(folder.problem)));
    rows_.appendRow(row);
  }
  rendering_ = false;
  markFolder(marked);
}

void FolderList::markFolder(const QString& path) {
  rendering_ = true;
  QModelIndex found;
  for (int row = 0; row < rows_.rowCount(); ++row)
    if (!path.isEmpty() && rows_.index(row, 0).data(kFolder).toString() == path) found = rows_.index(row, 0);
  setCurrentIndex(found);
  if (!found.isValid()) clearSelection();
  rendering_ = false;
}

void FolderList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!rendering_ && current.isValid()) Q_EMIT chosen(current.data(kFolder).toString());
}

QString shownPath(const QString& path) {
  const QString home = QDir::homePath();
  const bool inside = home.size() > 1 && (path == home || path.startsWith(home + u'/'));
  return inside ? u'~' + path.mid(home.size()) : path;
}

QString pathOf(const QString& shown) {
  const QString path = QDir::fromNativeSeparators(shown.trimmed());
  return path == u"~" || path.startsWith(QLatin1String("~/")) ? QDir::homePath() + path.mid(1) : path;
}

}  // namespace b3o
