// Marking: strokes and selections, what takes long off the window's thread.
#include <QFileInfo>
#include <algorithm>

#include "core/image/codec.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {

QString stepWord(EditStep step) {
  switch (step) {
    case EditStep::stroke:
      return EditSession::tr("stroke");
    case EditStep::select:
      return EditSession::tr("selection");
    case EditStep::result:
      return EditSession::tr("results");
    case EditStep::apply:
      return EditSession::tr("apply");
    case EditStep::discard:
      return EditSession::tr("discard");
    case EditStep::remove:
      return EditSession::tr("delete");
    case EditStep::rename:
      return EditSession::tr("name");
    case EditStep::go:
      return EditSession::tr("going there");
    case EditStep::add:
      return EditSession::tr("picture");
  }
  return {};
}

bool EditSession::canMark() const { return canChange() && !mask_busy_; }

void EditSession::beginStroke(const Brush& brush, const BrushPoint& at) {
  if (!canMark()) return;
  Q_EMIT maskChanged(toQRect(document_.begin_stroke(brush, at)));
}

void EditSession::strokeTo(const BrushPoint& to) {
  if (document_.stroking()) Q_EMIT maskChanged(toQRect(document_.stroke_to(to)));
}

void EditSession::endStroke() {
  if (!document_.stroking()) return;
  document_.end_stroke();
  save();
  takeResults();
  Q_EMIT changed();
}

void EditSession::cancelStroke() {
  if (!document_.stroking()) return;
  Q_EMIT maskChanged(toQRect(document_.cancel_stroke()));
  takeResults();
  Q_EMIT changed();
}

void EditSession::marked(const MaskRect& rect) {
  if (rect.empty()) return;
  Q_EMIT maskChanged(toQRect(rect));
  save();
  Q_EMIT changed();
}

void EditSession::markRectangle(const QRect& area, Combine combine) {
  const QRect r = area.normalized();
  if (canMark()) marked(document_.rectangle({r.x(), r.y(), r.width(), r.height()}, combine));
}

void EditSession::markPolygon(const QPolygonF& polygon, Combine combine) {
  if (!canMark()) return;
  std::vector<MaskPoint> points;
  for (const QPointF& p : polygon) points.push_back({p.x(), p.y()});
  marked(document_.lasso(points, combine));
}

void EditSession::invertMask() {
  if (canMark()) marked(document_.invert());
}

void EditSession::clearMask() {
  if (canMark()) marked(document_.clear());
}

// The mask's own state decides whether the result still fits: it may have been undone meanwhile.
void EditSession::workOnMask(std::function<MaskDocument(const MaskDocument&)> work) {
  if (!canMark() || mask().blank()) return;
  mask_busy_ = true;
  Q_EMIT changed();
  background_.run([work = std::move(work), mask = mask()] { return work(mask); },
                  [this, key = key_, before = mask()](const MaskDocument& after) {
                    if (key != key_) return;
                    mask_busy_ = false;
                    if (!document_.stroking() && mask() == before) marked(document_.set_mask(after));
                    Q_EMIT changed();
                  });
}

void EditSession::growMask(int pixels) {
  if (pixels == 0) return;
  workOnMask([pixels](const MaskDocument& mask) { return pixels > 0 ? grown(mask, pixels) : shrunk(mask, -pixels); });
}

void EditSession::featherMask(int pixels) {
  if (pixels > 0) workOnMask([pixels](const MaskDocument& mask) { return feathered(mask, pixels); });
}

void EditSession::takeMaskOf(int64_t node) {
  if (!canMark() || !document_.has(node) || !document_.node(node).mask) return;
  const MaskDocument& own = document_.node(node).mask->mask;
  if (own.width() != mask().width() || own.height() != mask().height())
    return say({}, [] { return tr("That mask belongs to a picture of another size."); });
  marked(document_.set_mask(own));
}

void EditSession::openMask(const QString& path) {
  if (!canMark()) return;
  struct Read {
    std::optional<MaskDocument> mask;
    QString error;
  };
  mask_busy_ = true;
  Q_EMIT changed();
  background_.run(
      [path, width = mask().width(), height = mask().height()]() -> Read {
        try {
          const GrayImage mask = load_mask(toPath(path));
          if (mask.width == width && mask.height == height) return {MaskDocument(mask), {}};
          return {{},
                  tr("%1: the mask is %2 × %3 pixels, the picture is %4 × %5; they must be equal.")
                      .arg(QFileInfo(path).fileName())
                      .arg(mask.width)
                      .arg(mask.height)
                      .arg(width)
                      .arg(height)};
        } catch (const std::exception& e) {
          return {{}, QString::fromUtf8(e.what())};
        }
      },
      [this, key = key_](const Read& read) {
        if (key != key_) return;
        mask_busy_ = false;
        if (!read.mask) return say({}, read.error);
        if (read.mask->width() == mask().width() && read.mask->height() == mask().height())
          marked(document_.set_mask(*read.mask));
        Q_EMIT changed();
      });
}

}  // namespace b3o
