#include "ui/edit/proposal_row.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"
#include "ui/look/words.h"

namespace b3o {
namespace {

constexpr int kGap = 9, kRing = 3, kMostSide = 110;

}  // namespace

ProposalRow::ProposalRow(EditSession& session, QWidget* parent) : QWidget(parent), session_(session) {
  setFocusPolicy(Qt::StrongFocus);
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  retranslated(this, [this] { setAccessibleName(tr("Proposals")); });
  connect(&session_, &EditSession::proposalsChanged, this, [this] {
    updateGeometry();
    update();
  });
}

int ProposalRow::columns() const { return session_.proposals() <= 3 ? 3 : session_.proposals() == 4 ? 4 : 5; }

int ProposalRow::sideFor(int width) const {
  return std::min(kMostSide, (width - 2 * kRing - (columns() - 1) * kGap) / columns());
}

int ProposalRow::heightForWidth(int width) const {
  const int rows = std::max(1, (session_.proposals() + columns() - 1) / columns());
  return rows * (sideFor(width) + kGap) - kGap + 2 * kRing;
}

QRect ProposalRow::rectOf(int proposal) const {
  const int side = sideFor(width());
  return {kRing + proposal % columns() * (side + kGap), kRing + proposal / columns() * (side + kGap), side, side};
}

int ProposalRow::proposalAt(const QPoint& point) const {
  for (int i = 0; i < session_.proposals(); ++i)
    if (rectOf(i).contains(point)) return i;
  return -1;
}

void ProposalRow::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (int i = 0; i < session_.proposals(); ++i) {
    const QRectF at = rectOf(i);
    painter.setPen(look().line);
    painter.setBrush(look().window);
    painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    const QImage image = session_.proposalThumbnail(i);
    if (!image.isNull()) {
      QRectF into(QPointF(), QSizeF(image.size()).scaled(at.size(), Qt::KeepAspectRatio));
      into.moveCenter(at.center());
      drawRounded(painter, into, image, kRadius);
    }
    if (i != session_.chosen()) continue;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? look().text : look().accent, 2));
    painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
  }
}

void ProposalRow::mousePressEvent(QMouseEvent* event) {
  const int proposal = proposalAt(event->position().toPoint());
  if (event->button() == Qt::LeftButton && proposal >= 0)
    session_.choose(proposal == session_.chosen() ? -1 : proposal);
}

void ProposalRow::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
  const int next = session_.chosen() + step;
  if (!step) return QWidget::keyPressEvent(event);
  if (next >= 0 && next < session_.proposals()) session_.choose(next);
}

bool ProposalRow::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int at = proposalAt(help->pos());
  const EditProposal* proposal = at >= 0 ? session_.proposalAt(at) : nullptr;
  QToolTip::showText(help->globalPos(),
                     proposal ? plainToolTip(tr("Proposal %1, seed %2; click again to see the picture and its mark")
                                                 .arg(at + 1)
                                                 .arg(proposal->recipe.seed))
                              : QString(),
                     this);
  return true;
}

}  // namespace b3o
