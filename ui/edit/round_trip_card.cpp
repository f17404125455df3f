#include "ui/edit/round_trip_card.h"

#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kSide = 64;

}  // namespace

QString readingText(const SourceView& view) {
  switch (view.read) {
    case SourceView::Read::as_it_is:
      return {};
    case SourceView::Read::scaled:
      return RoundTripCard::tr("It is read at %1 × %2.").arg(view.read_width).arg(view.read_height);
    case SourceView::Read::squashed:
      return RoundTripCard::tr("It is read squashed to %1 × %2.").arg(view.read_width).arg(view.read_height);
    case SourceView::Read::cropped:
      return RoundTripCard::tr("It is read cropped to its middle square, at %1 × %2; the rest is not seen.")
          .arg(view.read_width)
          .arg(view.read_height);
  }
  return {};
}

RoundTripCard::RoundTripCard(EditSession& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      title_(new Label({}, Tint::text, this)),
      text_(new Paragraph({}, Tint::secondary, this)),
      compare_(makeButton({}, "chip", this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSide + 10 + space::m, 10, 10, 10);
  auto* column = new QVBoxLayout;
  column->setSpacing(space::xs);
  title_->setFont(textFont(kSecondaryPx, QFont::DemiBold));
  text_->setFont(textFont(kSecondaryPx));
  text_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(title_);
  column->addWidget(text_);
  column->addWidget(compare_, 0, Qt::AlignLeft);
  column->addStretch();
  row->addLayout(column, 1);
  setMinimumHeight(kSide + 20);
  connect(compare_, &QPushButton::clicked, this, &RoundTripCard::compareWanted);
  connect(&session_, &EditSession::roundTripChanged, this, &RoundTripCard::render);
  connect(&session_, &EditSession::opened, this, &RoundTripCard::render);
  retranslated(this, [this] {
    compare_->setText(tr("Compare"));
    compare_->setAccessibleName(tr("Compare the picture with its round trip"));
    render();
  });
}

void RoundTripCard::render() {
  const RoundTrip& trip = session_.roundTrip();
  const bool ready = trip.state == RoundTrip::State::ready;
  setVisible(session_.isOpen() && trip.state != RoundTrip::State::none);
  compare_->setVisible(ready && !trip.picture.isNull());
  if (trip.picture.cacheKey() != small_key_) {
    small_key_ = trip.picture.cacheKey();
    small_ = thumbnailOf(trip.picture, 2 * kSide);
  }
  QStringList words;
  if (trip.state == RoundTrip::State::running) {
    title_->setText(tr("Round trip"));
    words << tr("The model reads the picture and paints what it kept of it.");
  } else if (trip.state == RoundTrip::State::failed) {
    title_->setText(tr("No round trip"));
    words << trip.error;
  } else if (ready) {
    title_->setText(trip.cosine ? tr("Round trip %1").arg(QString::number(*trip.cosine, 'f', 2)) : tr("Round trip"));
    words << tr("What the model keeps of this picture before any change.") << readingText(trip.view);
  }
  words.removeAll(QString());
  text_->setWords(words.join(u' '));
  update();
}

void RoundTripCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.setBrush(look().window);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  const QRectF box(10, 10, kSide, kSide);
  if (small_.isNull()) {
    painter.setBrush(look().panel);
    painter.drawRoundedRect(box, 6, 6);
    return;
  }
  QRectF at(QPointF(), QSizeF(small_.size()).scaled(box.size(), Qt::KeepAspectRatio));
  at.moveCenter(box.center());
  drawRounded(painter, at, small_, 6);
}

}  // namespace b3o
