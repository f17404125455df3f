// The source with its mark over it: pan, zoom and the tools that mark. It tells what was drawn in the picture's pixels
// and shows what it is given; what a stroke does to the mark is the document's business.
#pragma once

#include <QMargins>
#include <QPixmap>
#include <QWidget>

#include "ui/edit/mask_overlay.h"
#include "ui/look/pyramid.h"
#include "ui/look/theme.h"
#include "ui/look/zoom.h"
#include "ui/state/kept_cells.h"

namespace b3o {

enum class Tool { pan, brush, eraser, rectangle, lasso };

class EditCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit EditCanvas(QWidget* parent = nullptr);

  // nominal: the size of the picture, which a coarser preview stands in for. caption: a few words below it.
  void setPicture(const QImage& picture, const QSize& nominal, const QString& caption);
  // What is being painted, over this part of the picture (empty: all of it); null: nothing.
  void setPreview(const QImage& preview, const QRect& area);
  QString caption() const { return caption_; }
  // New canvas at the sides, in pixels, shown as a dashed frame.
  void setExtension(const QMargins& sides);
  // A grid over what the model reads, with a lock in every cell that keeps its token.
  void setCells(const KeptCells& cells);
  QRectF cellRect(int cell) const;  // of that grid, in this widget's units
  // The mark, of the nominal size; null: none is shown. It is read again after markChanged().
  void setMark(const MaskDocument* mark);
  void markChanged(const QRect& pixels);
  void setTool(Tool tool);
  Tool tool() const { return tool_; }
  void setBrushSize(int pixels);  // across, in the picture's pixels
  int brushSize() const { return brush_; }
  void setTint(Tint tint);  // of the mark
  // While off, drags move the picture whatever the tool is.
  void setMarking(bool allowed);

  const Zoom& zoom() const { return zoom_; }
  void fit();
  void actualSize();
  void zoomTo(double scale);  // around the middle; screen units a pixel of the picture

 Q_SIGNALS:
  void zoomChanged();
  // pressure: 0 to 1; 1 from a mouse. erase: by the tool, or by the other end of a pen.
  void strokeBegan(QPointF at, double pressure, bool erase);
  void strokeMoved(QPointF at, double pressure);
  void strokeEnded();
  // take: with Alt held, what is inside is taken out of the mark.
  void rectangleDrawn(const QRectF& pixels, bool take);
  void lassoDrawn(const QPolygonF& pixels, bool take);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void tabletEvent(QTabletEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  enum class Drag { none, pan, stroke, shape };
  void place();
  void changeView();  // everything lies elsewhere
  bool strokes() const { return marking_ && (tool_ == Tool::brush || tool_ == Tool::eraser); }
  void press(QPointF at, double pressure, bool pan, bool erase);
  void moveTo(QPointF at, double pressure);
  void release(bool take);
  void hover(QPointF at);
  QRect circle() const;  // of the brush under the pointer, with its pen
  QRect shapeRect() const;
  void showCursor();
  void redrawBase();
  void drawBase();
  void drawCaption(QPainter& painter);
  void drawShape(QPainter& painter);
  void drawFrame(QPainter& painter);
  void drawCells(QPainter& painter);

  Pyramid picture_{[this] { redrawBase(); }}, preview_{[this] { redrawBase(); }};
  QRect preview_area_;
  QMargins sides_;
  KeptCells cells_;
  QSize nominal_;
  QString caption_;
  const MaskDocument* mark_ = nullptr;
  MaskOverlay overlay_;
  Zoom zoom_;
  QPixmap base_;  // ground and picture as they lie now
  bool base_valid_ = false, overlay_valid_ = false;
  Tool tool_ = Tool::brush;
  int brush_ = 48;
  Tint tint_ = Tint::accent;
  bool marking_ = true;
  Drag drag_ = Drag::none;
  QPointF drag_at_;
  QPointF pointer_;
  bool hovering_ = false;
  QPolygonF shape_;  // being drawn, in pixels of the picture; two corners for a rectangle
};

}  // namespace b3o
