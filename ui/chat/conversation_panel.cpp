#include "ui/chat/conversation_panel.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kItemHeight = 50, kHeadingHeight = 30, kInset = 10;

class ConversationDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
    return {100, index.data(ConversationModel::heading).toBool() ? kHeadingHeight : kItemHeight};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect inside = option.rect.adjusted(kInset, 0, -kInset, 0);
    const auto line = [&](const QString& text, const QFont& font, const QColor& colour, int top, int height) {
      painter->setFont(font);
      painter->setPen(colour);
      painter->drawText(QRect(inside.left(), option.rect.top() + top, inside.width(), height), Qt::AlignVCenter,
                        QFontMetrics(font).elidedText(text, Qt::ElideRight, inside.width()));
    };
    if (index.data(ConversationModel::heading).toBool()) {
      painter->translate(-kInset, 0);
      line(index.data().toString(), textFont(kSecondaryPx), look().secondary, 6, kHeadingHeight - 8);
      painter->restore();
      return;
    }
    const bool selected = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    if (selected || over) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(selected ? look().selected : look().hover);
      painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), kRadius, kRadius);
    }
    if (option.state & QStyle::State_HasFocus) {
      painter->setPen(QPen(look().accent, 2));
      painter->setBrush(Qt::NoBrush);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 2, -1, -2), kRadius, kRadius);
    }
    line(index.data().toString(), textFont(kBodyPx), look().text, 7, 18);
    line(index.data(ConversationModel::below).toString(), textFont(kSecondaryPx), look().secondary, 26, 16);
    painter->restore();
  }
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override {
    auto* edit = new QLineEdit(parent);
    edit->setAccessibleName(ConversationPanel::tr("Name of the conversation"));
    return edit;
  }
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override {
    editor->setGeometry(option.rect.adjusted(0, 8, 0, -8));
  }
};

// "4 turns · 2 pictures"; the time where that is not known.
QString sizeText(const ConversationLine& line, const QString& when) {
  QStringList parts;
  if (line.turns > 0) parts << ConversationPanel::tr("%Ln turn(s)", nullptr, line.turns);
  if (line.pictures > 0) parts << ConversationPanel::tr("%Ln picture(s)", nullptr, line.pictures);
  if (parts.isEmpty()) parts << when;
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

QString dayHeading(const QDateTime& when, const QDateTime& now) {
  const qint64 days = when.date().daysTo(now.date());
  if (days <= 0) return ConversationPanel::tr("Today");
  if (days == 1) return ConversationPanel::tr("Yesterday");
  if (days < 7) return ConversationPanel::tr("This week");
  return QLocale().toString(when.date(), ConversationPanel::tr("MMMM yyyy"));
}

void ConversationModel::setLines(const std::vector<ConversationLine>& lines, const QDateTime& now) {
  std::vector<Row> rows;
  QString heading;
  for (const auto& line : lines) {
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(line.changed);
    const QString day = dayHeading(when, now);
    if (day != heading) rows.push_back({heading = day, {}, 0});
    const bool recent = when.date().daysTo(now.date()) <= 1;
    const QString time =
        recent ? when.toString(QStringLiteral("HH:mm")) : QLocale().toString(when.date(), QLocale::ShortFormat);
    rows.push_back({QString::fromStdString(line.title), sizeText(line, time), line.id});
  }
  if (rows == rows_) return;
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[size_t(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::AccessibleTextRole:
      return row.text;
    case below:
      return row.below;
    case id:
      return qint64(row.id);
    case heading:
      return row.id == 0;
    default:
      return {};
  }
}

bool ConversationModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid()) return false;
  const QString title = value.toString().simplified();
  Row& row = rows_[size_t(index.row())];
  if (title.isEmpty() || title == row.text) return false;
  row.text = title;
  Q_EMIT dataChanged(index, index);
  Q_EMIT renamed(row.id, title);
  return true;
}

Qt::ItemFlags ConversationModel::flags(const QModelIndex& index) const {
  if (!index.isValid() || rows_[size_t(index.row())].id == 0) return Qt::NoItemFlags;
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable;
}

QModelIndex ConversationModel::indexOf(int64_t id) const {
  const auto it = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return id != 0 && row.id == id; });
  return it == rows_.end() ? QModelIndex() : index(int(it - rows_.begin()));
}

ConversationPanel::ConversationPanel(ConversationList& list, ConversationExport& out, QWidget* parent)
    : QWidget(parent), list_(list), out_(out), model_(new ConversationModel(this)) {
  build();
  connect(new_, &QPushButton::clicked, this, &ConversationPanel::newWanted);
  connect(search_, &QLineEdit::textChanged, &list_, &ConversationList::search);
  const auto open = [this](const QModelIndex& index) {
    if (const int64_t id = idAt(index)) list_.open(id);
  };
  connect(view_, &QListView::clicked, this, open);
  connect(view_, &QListView::activated, this, open);
  connect(view_, &QWidget::customContextMenuRequested, this, &ConversationPanel::openMenu);
  connect(model_, &ConversationModel::renamed, &list_, &ConversationList::rename);
  connect(&list_, &ConversationList::changed, this, &ConversationPanel::render);
  connect(&out_, &ConversationExport::changed, this, &ConversationPanel::render);
  retranslated(this, [this] {
    title_->setText(tr("Conversations"));
    new_->setText(tr("New"));
    new_->setAccessibleName(tr("New chat"));
    new_->setToolTip(tr("New chat (Ctrl+N)"));
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search the conversations"));
    view_->setAccessibleName(tr("Conversations"));
    render();
  });
}

void ConversationPanel::build() {
  setProperty("kind", "panel-left");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::m, space::m, space::m, space::m);
  column->setSpacing(space::m);
  auto* head = new QHBoxLayout;
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  new_ = makeButton({}, "chip", this);
  head->addWidget(title_, 1);
  head->addWidget(new_);
  column->addLayout(head);
  search_ = new QLineEdit(this);
  search_->setClearButtonEnabled(false);
  column->addWidget(search_);
  view_ = new QListView(this);
  view_->setProperty("kind", "list");
  view_->setModel(model_);
  view_->setItemDelegate(new ConversationDelegate(view_));
  view_->setFrameShape(QFrame::NoFrame);
  view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  view_->setContextMenuPolicy(Qt::CustomContextMenu);
  view_->setMouseTracking(true);
  view_->viewport()->setAutoFillBackground(false);
  view_->installEventFilter(this);
  empty_ = new Paragraph({}, Tint::secondary, this);
  said_ = new Paragraph({}, Tint::secondary, this);
  for (auto* small : {empty_, said_}) small->setFont(textFont(kSecondaryPx));
  column->addWidget(empty_);
  column->addWidget(view_, 1);
  column->addWidget(said_);
}

int64_t ConversationPanel::idAt(const QModelIndex& index) const {
  return index.isValid() ? index.data(ConversationModel::id).toLongLong() : 0;
}

void ConversationPanel::render() {
  if (view_->isPersistentEditorOpen(view_->currentIndex())) return;  // a name is being written
  model_->setLines(list_.lines(), QDateTime::currentDateTime());
  const QModelIndex current = model_->indexOf(list_.current());
  if (current.isValid())
    view_->setCurrentIndex(current);
  else
    view_->clearSelection();
  const bool searching = !search_->text().isEmpty();
  empty_->setWords(!list_.lines().empty() ? QString()
                   : searching            ? tr("No conversation has these words.")
                                          : tr("Conversations are kept here."));
  const QString sentence = !list_.error().isEmpty() ? list_.error() : out_.message();
  said_->setTint(!list_.error().isEmpty() || out_.failed() ? Tint::bad : Tint::secondary);
  said_->setWords(sentence);
}

void ConversationPanel::renameCurrent() {
  const QModelIndex current = model_->indexOf(list_.current());
  if (!current.isValid()) return;
  view_->setFocus();
  view_->setCurrentIndex(current);
  view_->edit(current);
}

void ConversationPanel::openMenu(const QPoint& at) {
  const QModelIndex index = view_->indexAt(at);
  const int64_t id = idAt(index);
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (id) {
    connect(menu->addAction(tr("Rename")), &QAction::triggered, view_, [this, index] { view_->edit(index); });
    auto* out = menu->addAction(tr("Export..."));
    out->setEnabled(id == list_.current());
    connect(out, &QAction::triggered, this, &ConversationPanel::exportWanted);
    connect(menu->addAction(tr("Delete")), &QAction::triggered, &list_, [this, id] { list_.remove(id); });
    menu->addSeparator();
  }
  connect(menu->addAction(tr("Import...")), &QAction::triggered, this, &ConversationPanel::importWanted);
  menu->popup(view_->viewport()->mapToGlobal(at));
}

bool ConversationPanel::eventFilter(QObject* watched, QEvent* event) {
  const bool override = event->type() == QEvent::ShortcutOverride, press = event->type() == QEvent::KeyPress;
  if (!override && !press) return QWidget::eventFilter(watched, event);
  auto* key = static_cast<QKeyEvent*>(event);
  const int64_t id = idAt(view_->currentIndex());
  if (key->key() != Qt::Key_Delete || key->modifiers() != Qt::NoModifier || id == 0)
    return QWidget::eventFilter(watched, event);
  key->accept();  // the window's action of this key has no say here
  if (press) list_.remove(id);
  return true;
}

}  // namespace b3o
