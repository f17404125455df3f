#include "ui/chat/question_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr QSize kPictureBounds(232, 232);
constexpr double kBubbleShare = 0.72;  // of the thread's width

// The editor's ground, as a bubble that is being written.
class EditorFrame : public QWidget {
 public:
  using QWidget::QWidget;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look().accent, 2));
    painter.setBrush(look().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 12, 12);
  }
};

}  // namespace

QuestionView::QuestionView(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::xs);
  pictures_ = new QWidget(this);
  auto* row = new QHBoxLayout(pictures_);
  row->setContentsMargins(0, 0, 0, space::xs);
  row->setSpacing(space::s);
  row->addStretch();
  column->addWidget(pictures_);
  bubble_ = new QWidget(this);
  auto* inside = new QHBoxLayout(bubble_);
  inside->setContentsMargins(14, 9, 14, 8);
  text_ = new PlainText({}, {}, bubble_);
  inside->addWidget(text_);
  column->addWidget(bubble_, 0, Qt::AlignRight);
  actions_ = new TurnActions(this);
  auto* change = actions_->add("edit");
  auto* copy = actions_->add("copy");
  auto* remove = actions_->add("trash");
  retranslated(this, [=, this] {
    text_->setAccessibleName(tr("Your question"));
    change->setName(tr("Edit the question and send it again"));
    copy->setName(tr("Copy the question"));
    remove->setName(tr("Delete the question and its answer"));
  });
  column->addWidget(actions_, 0, Qt::AlignRight);
  connect(change, &QPushButton::clicked, this, &QuestionView::edit);
  connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text_->text()); });
  connect(remove, &QPushButton::clicked, this, &QuestionView::removeWanted);
}

void QuestionView::render(const Turn& turn) {
  text_->setText(turn.text);
  text_->setAccessibleDescription(turn.text);
  actions_->setBranch(turn.branch, turn.branches);
  std::vector<qint64> keys;
  for (const auto& p : turn.pictures) keys.push_back(p.picture.thumbnail.cacheKey());
  pictures_->setVisible(!turn.pictures.empty());
  if (keys != shown_) {
    shown_ = keys;
    auto* row = pictures_->layout();
    while (row->count() > 1) {
      QLayoutItem* item = row->takeAt(1);
      delete item->widget();
      delete item;
    }
    for (const auto& p : turn.pictures) {
      if (!p.picture.error.isEmpty())
        row->addWidget(new Paragraph(p.picture.error, Tint::bad, pictures_));
      else if (p.picture.thumbnail.isNull())
        row->addWidget(new Label(tr("reading %1").arg(p.name), Tint::secondary, pictures_));
      else
        row->addWidget(new Thumbnail(p.picture.thumbnail, kPictureBounds, p.name, pictures_));
    }
  }
  fitBubble();
}

void QuestionView::edit() {
  if (edit_) return edit_->setFocus();
  editor_ = new EditorFrame(this);
  auto* column = new QVBoxLayout(editor_);
  column->setContentsMargins(14, 10, 10, 10);
  column->setSpacing(space::s);
  edit_ = new QuestionEdit(editor_);
  column->addWidget(edit_);
  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  auto* hint = new Label({}, Tint::secondary, editor_);
  hint->setFont(textFont(kSecondaryPx));
  auto* cancel = makeButton({}, "chip", editor_);
  auto* send = makeButton({}, "primary", editor_);
  retranslated(editor_, [=, this] {
    edit_->setAccessibleName(tr("The question, changed"));
    hint->setText(tr("Sent as a branch; the old one stays"));
    cancel->setText(tr("Cancel"));
    send->setText(tr("Send"));
  });
  row->addWidget(hint, 1);
  row->addWidget(cancel);
  row->addWidget(send);
  column->addLayout(row);
  auto* outside = static_cast<QVBoxLayout*>(layout());
  outside->insertWidget(outside->indexOf(bubble_), editor_);
  bubble_->hide();
  actions_->hide();
  edit_->setPlainText(text_->text());
  edit_->moveCursor(QTextCursor::End);
  edit_->setFocus();
  const auto done = [this] {
    const QString text = edit_->toPlainText();
    if (text.trimmed().isEmpty()) return;
    leaveEdit();
    Q_EMIT resent(text);
  };
  connect(edit_, &QuestionEdit::sent, this, done);
  connect(edit_, &QuestionEdit::leftBy, this, &QuestionView::leaveEdit);
  connect(send, &QPushButton::clicked, this, done);
  connect(cancel, &QPushButton::clicked, this, &QuestionView::leaveEdit);
}

void QuestionView::leaveEdit() {
  editor_->hide();
  editor_->deleteLater();
  editor_ = nullptr;
  edit_ = nullptr;
  bubble_->show();
  actions_->show();
}

void QuestionView::fitBubble() {
  const int most = std::max(120, int(width() * kBubbleShare));
  text_->setFixedWidth(std::min(text_->idealWidth(), most));
}

void QuestionView::resizeEvent(QResizeEvent*) { fitBubble(); }

void QuestionView::paintEvent(QPaintEvent*) {
  if (edit_) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().raised);
  painter.drawRoundedRect(bubble_->geometry(), 12, 12);
}

}  // namespace b3o
