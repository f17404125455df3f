#include "ui/chat/composer.h"

#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/chat/attachment_chip.h"
#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kRoomy = 720;

}  // namespace

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

Composer::Composer(Conversation& conversation, ModelState& model, QWidget* parent)
    : QWidget(parent), conversation_(conversation), model_(model) {
  build();
  connect(edit_, &QuestionEdit::sent, this, &Composer::send);
  connect(edit_, &QuestionEdit::picturesBrought, this,
          [this](const QMimeData* data) { attachPictures(data, conversation_); });
  connect(edit_, &QuestionEdit::focusChanged, this, [this] { update(); });
  connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
    conversation_.setDraft(edit_->toPlainText());
    render();
  });
  connect(picture_, &QPushButton::clicked, this, &Composer::pictureWanted);
  connect(go_, &QPushButton::clicked, this, [this] { conversation_.answering() ? conversation_.stop() : send(); });
  connect(&conversation_, &Conversation::opened, this, [this] { setText(conversation_.session().draft); });
  connect(&conversation_, &Conversation::changed, this, &Composer::render);
  connect(&conversation_, &Conversation::attachmentsChanged, this, &Composer::renderAttachments);
  setText(conversation_.session().draft);
  retranslated(this, [this] {
    edit_->setAccessibleName(tr("Question"));
    picture_->setText(width() < kRoomy ? QString() : tr("Picture"));
    picture_->setAccessibleName(tr("Attach a picture"));
    picture_->setToolTip(tr("Attach a picture (Ctrl+Shift+A)"));
    render();
    renderAttachments();
  });
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
  warning_ = new Paragraph({}, Tint::warn, this);
  warning_->setFont(textFont(kSecondaryPx));
  column->addWidget(warning_);

  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  picture_ = makeButton({}, "chip", this, "picture");
  intent_ = new IntentSwitch(conversation_, model_, this);
  meter_ = new Label({}, Tint::secondary, this);
  meter_->setFont(textFont(kSecondaryPx));
  meter_->setAlignment(Qt::AlignRight);
  meter_->setTabular(true);
  go_ = makeButton({}, "primary", this);
  row->addWidget(picture_);
  row->addWidget(intent_);
  row->addWidget(meter_, 1);
  row->addWidget(go_);
  column->addLayout(row);
}

void Composer::send() {
  edit_->finishInserting();
  const QString text = edit_->toPlainText();
  if (!conversation_.problem(text).isEmpty()) return;
  edit_->clear();
  conversation_.send(text);
}

void Composer::setText(const QString& text) {
  edit_->stopInserting();
  edit_->setPlainText(text);
  edit_->moveCursor(QTextCursor::End);
}

void Composer::render() {
  const bool answering = conversation_.answering();
  const QString text = edit_->toPlainText();
  const QString problem = conversation_.problem(text);
  const Capabilities& can = model_.can();
  const auto choice = conversation_.choice();
  edit_->setPlaceholderText(choice == Intent::edit        ? tr("Say what should be different")
                            : choice == Intent::draw      ? tr("Describe a picture")
                            : can.draw || !model_.ready() ? tr("Ask, or describe a picture")
                            : can.see                     ? tr("Ask about a picture, or about anything")
                                                          : tr("Ask about anything"));
  picture_->setVisible(can.see || can.edit || !model_.ready());
  intent_->setVisible(can.draw || can.edit || !model_.ready());
  intent_->render(text);
  go_->setText(answering ? tr("Stop") : tr("Send"));
  go_->setIcon(answering ? icon("stop", Tint::on_accent) : icon("send", Tint::on_accent));
  go_->setAccessibleName(answering ? tr("Stop the answer") : tr("Send the question"));
  go_->setEnabled(answering || problem.isEmpty());
  go_->setToolTip(plainToolTip(answering           ? tr("Stop the answer (Esc)")
                               : problem.isEmpty() ? tr("%1 (Enter)").arg(wordOf(conversation_.intentOf(text)))
                                                   : problem));
  renderMeter();
}

void Composer::renderMeter() {
  const QString text = edit_->toPlainText();
  const ContextUse use = conversation_.context(text);
  const bool asks = conversation_.intentOf(text) == Intent::ask;
  QStringList parts, tips;
  if (use.tokens > 0 && model_.ready()) {
    const QString words = width() < kRoomy ? tr("%L1 of %L2") : tr("%L1 of %L2 tokens");
    const QString count = words.arg(use.tokens).arg(use.limit);
    parts << (use.about ? tr("about %1").arg(count) : count);
    tips << tr("What the model reads for the next question, of the most it can read.");
  }
  if (use.pictures > 0) {
    parts << tr("%Ln picture(s)", nullptr, use.pictures);
    if (use.picture_tokens > 0) tips << tr("Pictures are %L1 of the tokens.").arg(use.picture_tokens);
  }
  meter_->setText(parts.join(QStringLiteral(" · ")));
  meter_->setToolTip(plainToolTip(tips.join(u' ')));
  warning_->setWords(asks && model_.ready() ? use.warning : QString());
}

void Composer::renderAttachments() {
  while (QLayoutItem* item = attachment_row_->takeAt(0)) {
    if (item->widget()) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
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

// The numbers need the room more than the word.
void Composer::resizeEvent(QResizeEvent* event) {
  picture_->setText(width() < kRoomy ? QString() : tr("Picture"));
  renderMeter();
  QWidget::resizeEvent(event);
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
