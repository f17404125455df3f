// The Compare page: two pictures on one another, and what differs between them.
#pragma once

#include <QStackedWidget>
#include <QWidget>

#include "ui/compare/compare_canvas.h"
#include "ui/compare/compare_panel.h"
#include "ui/look/empty_page.h"
#include "ui/state/model_state.h"

namespace b3o {

class ComparePage : public QWidget {
  Q_OBJECT
 public:
  ComparePage(Compare& compare, ModelState& model, QWidget* parent = nullptr);
  void choosePictures();  // asks for one file or two
  void focusView();
  CompareCanvas* canvas() const { return canvas_; }
  ComparePanel* panel() const { return panel_; }
  EmptyPage* emptyPage() const { return empty_; }
  Segmented* view() const { return view_; }
  ErrorLine* error() const { return error_; }

 Q_SIGNALS:
  void exampleChosen(const QString& prompt);  // draw it twice and compare

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void build();
  void render();
  void renderEmpty();
  void renderZoom();

  Compare& compare_;
  ModelState& model_;
  ComparePanel* panel_;
  Label *title_ = nullptr, *pair_ = nullptr;
  Segmented* view_ = nullptr;
  QPushButton *fit_ = nullptr, *swap_ = nullptr;
  ErrorLine* error_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  CompareCanvas* canvas_ = nullptr;
  EmptyPage* empty_ = nullptr;
};

}  // namespace b3o
