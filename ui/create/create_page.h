// The Create page: the form, the picture sharpening in place, the sitting's film strip, the recipe.
#pragma once

#include <QStackedWidget>
#include <QWidget>

#include "ui/create/canvas.h"
#include "ui/create/create_panel.h"
#include "ui/create/film_strip.h"
#include "ui/create/recipe_panel.h"
#include "ui/look/empty_page.h"

namespace b3o {

class CreatePage : public QWidget {
  Q_OBJECT
 public:
  CreatePage(ImageJob& job, ModelState& model, PictureExport& out, QWidget* parent = nullptr);

  void run() { panel_->run(); }
  void focusText() { panel_->prompt()->setFocus(); }
  CreatePanel* panel() const { return panel_; }
  Canvas* canvas() const { return canvas_; }
  RecipePanel* recipe() const { return recipe_; }
  EmptyPage* emptyPage() const { return empty_; }
  Segmented* view() const { return view_; }

 Q_SIGNALS:
  void modelWanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void render();
  void renderEmpty();

  ImageJob& job_;
  ModelState& model_;
  CreatePanel* panel_;
  RecipePanel* recipe_;
  Label* head_ = nullptr;
  Segmented* view_ = nullptr;
  QPushButton* fit_ = nullptr;
  ErrorLine* error_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  Canvas* canvas_ = nullptr;
  EmptyPage* empty_ = nullptr;
  FilmStrip* strip_ = nullptr;
};

}  // namespace b3o
