#include "ui/chat/composer.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/chat/attachment_chip.h"
#include "ui/look/icon.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kMostLines = 8;

}  // namespace

bool holdsPictures(const QMimeData* data) {
  if (data->hasImage()) return true;
  const auto urls = data->urls();
  return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

void attachPictures(const QMimeData* data, Conversation& conversation) {
  bool any = false;
  for (const auto& url : data->urls()) {
    if (!url.isLocalFile()) continue;
    conversation.attachFile(url.toLocalFile());
    any = true;
  }
  if (any || !data->hasImage()) return;
  // The bytes of a picture file are decoded elsewhere; imageData() would do it here and now.
  const QString name = Composer::tr("pasted picture");
  for (const char* format : {"image/png", "image/jpeg", "image/webp", "image/bmp"})
    if (data->hasFormat(QString::fromLatin1(format)))
      return conversation.attachBytes(data->data(QString::fromLatin1(format)), name);
  conversation.attachImage(qvariant_cast<QImage>(data->imageData()), name);
}

QuestionEdit::QuestionEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setAccessibleName(tr("Question"));
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
  setFont(textFont(kComposerPx));
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setAutoFillBackground(false);
  document()->setDocumentMargin(0);
  connect(this, &QPlainTextEdit::textChanged, this, &QuestionEdit::fitHeight);
  fitHeight();
}

void QuestionEdit::fitHeight() {
  // QPlainTextEdit measures its document in lines.
  const int lines = std::clamp(int(document()->size().height()), 1, kMostLines);
  setFixedHeight(lines * fontMetrics().lineSpacing() + 6);
}

void QuestionEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fitHeight();
}

void QuestionEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier))) {
    Q_EMIT sent();
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

bool QuestionEdit::canInsertFromMimeData(const QMimeData* data) const {
  return holdsPictures(data) || QPlainTextEdit::canInsertFromMimeData(data);
}

void QuestionEdit::insertFromMimeData(const QMimeData* data) {
  if (holdsPictures(data))
    Q_EMIT picturesBrought(data);
  else
    QPlainTextEdit::insertFromMimeData(data);
}

void QuestionEdit::focusInEvent(QFocusEvent* event) {
  QPlainTextEdit::focusInEvent(event);
  Q_EMIT focusChanged();
}

void QuestionEdit::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  Q_EMIT focusChanged();
}

Composer::Composer(Conversation& conversation, ModelState& model, QWidget* parent)
    : QWidget(parent), conversation_(conversation), model_(model) {
  build();
  connect(edit_, &QuestionEdit::sent, this, &Composer::send);
  connect(edit_, &QuestionEdit::picturesBrought, this,
          [this](const QMimeData* data) { attachPictures(data, conversation_); });
  connect(edit_, &QuestionEdit::focusChanged, this, [this] { update(); });
  connect(edit_, &QPlainTextEdit::textChanged, this, &Composer::render);
  connect(picture_, &QPushButton::clicked, this, &Composer::pictureWanted);
  connect(go_, &QPushButton::clicked, this, [this] { conversation_.answering() ? conversation_.stop() : send(); });
  connect(&conversation_, &Conversation::changed, this, &Composer::render);
  connect(&conversation_, &Conversation::attachmentsChanged, this, &Composer::renderAttachments);
  render();
  renderAttachments();
}

void Composer::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::l, space::m, space::m, space::m);
  column->setSpacing(space::m);
  attachments_ = new QWidget(this);
  attachment_row_ = new QHBoxLayout(attachments_);
  attachment_row_->setContentsMargins(0, 0, 0, 0);
  attachment_row_->setSpacing(space::s);
  column->addWidget(attachments_);
  edit_ = new QuestionEdit(this);
  column->addWidget(edit_);

  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  picture_ = makeButton(tr("Picture"), "chip", this, "picture");
  picture_->setAccessibleName(tr("Attach a picture"));
  meter_ = new Label({}, Tint::secondary, this);
  meter_->setFont(textFont(kSecondaryPx));
  meter_->setAlignment(Qt::AlignRight);
  go_ = makeButton({}, "primary", this);
  row->addWidget(picture_);
  row->addStretch();
  row->addWidget(meter_);
  row->addWidget(go_);
  column->addLayout(row);
}

void Composer::send() {
  const QString text = edit_->toPlainText();
  if (!conversation_.problem(text).isEmpty()) return;
  conversation_.send(text);
  edit_->clear();
}

void Composer::setText(const QString& text) {
  edit_->setPlainText(text);
  edit_->moveCursor(QTextCursor::End);
}

void Composer::render() {
  const bool answering = conversation_.answering();
  const QString problem = conversation_.problem(edit_->toPlainText());
  edit_->setPlaceholderText(model_.can().see || !model_.ready() ? tr("Ask about a picture, or about anything")
                                                                : tr("Ask about anything"));
  picture_->setVisible(model_.can().see || !model_.ready());
  go_->setText(answering ? tr("Stop") : tr("Send"));
  go_->setIcon(answering ? icon("stop", Tint::on_accent) : icon("send", Tint::on_accent));
  go_->setAccessibleName(answering ? tr("Stop the answer") : tr("Send the question"));
  go_->setEnabled(answering || problem.isEmpty());
  go_->setToolTip(answering ? tr("Stop the answer (Esc)") : problem.isEmpty() ? tr("Send (Enter)") : problem);

  QStringList parts;
  if (conversation_.contextTokens() > 0)
    parts << tr("%L1 of %L2 tokens").arg(conversation_.contextTokens()).arg(model_.can().max_context);
  const int pictures = conversation_.pictureCount() + int(conversation_.attachments().size());
  if (pictures > 0) parts << (pictures == 1 ? tr("1 picture") : tr("%1 pictures").arg(pictures));
  meter_->setText(parts.join(QStringLiteral(" · ")));
}

void Composer::renderAttachments() {
  while (QLayoutItem* item = attachment_row_->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
  for (const auto& attachment : conversation_.attachments()) {
    auto* chip = new AttachmentChip(attachment, attachments_);
    connect(chip, &AttachmentChip::removed, &conversation_,
            [this, key = attachment.key] { conversation_.removeAttachment(key); });
    attachment_row_->addWidget(chip);
  }
  attachment_row_->addStretch();
  attachments_->setVisible(!conversation_.attachments().empty());
}

void Composer::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool active = edit_->hasFocus();
  painter.setPen(QPen(active ? look().accent : look().line, active ? 2 : 1));
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 12, 12);
}

}  // namespace b3o
