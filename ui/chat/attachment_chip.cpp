#include "ui/chat/attachment_chip.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/controls.h"
#include "ui/look/icon.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {

AttachmentChip::AttachmentChip(const Attachment& attachment, QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::xs, space::xs, space::xs, space::xs);
  row->setSpacing(space::s);
  const QString& error = attachment.picture.error;
  if (!attachment.picture.thumbnail.isNull()) {
    row->addWidget(new Thumbnail(attachment.picture.thumbnail, QSize(96, 48), attachment.name, this));
  } else {
    auto* sign = new QLabel(this);
    const QIcon drawn = error.isEmpty() ? icon("picture", Tint::secondary) : icon("warning", Tint::bad);
    sign->setPixmap(drawn.pixmap(QSize(kIconPx, kIconPx), devicePixelRatioF()));
    row->addWidget(sign);
  }
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  auto* name = new Label(attachment.name, Tint::text, this);
  QString detail = tr("reading");
  if (!error.isEmpty()) detail = error;
  if (const auto& image = attachment.picture.image) detail = tr("%1 × %2").arg(image->width).arg(image->height);
  auto* below = new Label(detail, error.isEmpty() ? Tint::secondary : Tint::bad, this);
  for (auto* label : {name, below}) {
    label->setFont(textFont(kSecondaryPx));
    label->setMaximumWidth(error.isEmpty() ? 140 : 560);
    words->addWidget(label);
  }
  name->setMinimumWidth(std::min(name->sizeHint().width(), 140));
  below->setMinimumWidth(std::min(below->sizeHint().width(), error.isEmpty() ? 140 : 240));
  row->addLayout(words);
  auto* remove = makeButton({}, "ghost", this, "close");
  remove->setAccessibleName(tr("Remove %1").arg(attachment.name));
  remove->setToolTip(plainToolTip(remove->accessibleName()));
  remove->setFixedSize(26, 26);
  connect(remove, &QPushButton::clicked, this, &AttachmentChip::removed);
  row->addWidget(remove, 0, Qt::AlignTop);
}

void AttachmentChip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.setBrush(look().selected);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace b3o
