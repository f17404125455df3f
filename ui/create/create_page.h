// The Create page: the form, the picture sharpening in place, the sitting's film strip, the recipe.
#pragma once

#include <QStackedWidget>
#include <QWidget>

#include "ui/create/canvas.h"
#include "ui/create/create_panel.h"
#include "ui/create/film_strip.h"
#include "ui/create/recipe_panel.h"
#include "ui/look/empty_page.h"
#include "ui/state/recipe_offer.h"

namespace b3o {

class CreatePage : public QWidget {
  Q_OBJECT
 public:
  CreatePage(ImageJob& job, ModelState& model, PictureExport& out, PromptBook& prompts, FormMemory& memory,
             RecipeOffer& offer, SelfCheck& check, QWidget* parent = nullptr);

  void run(bool first = false) { panel_->run(first); }
  // A sentence about something else than the run, until the next run: a picture that could not be kept.
  void setProblem(const QString& sentence);
  void focusText() { panel_->prompt()->setFocus(); }
  CreatePanel* panel() const { return panel_; }
  Canvas* canvas() const { return canvas_; }
  RecipePanel* recipe() const { return recipe_; }
  ErrorLine* error() const { return error_; }
  EmptyPage* emptyPage() const { return empty_; }
  FilmStrip* strip() const { return strip_; }
  Segmented* view() const { return view_; }
  QPushButton* restoreButton() const { return restore_; }

 Q_SIGNALS:
  void modelWanted();
  void editWanted(int row);  // a picture of the film strip
  void compareWanted(int left, int right);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void render();
  void renderEmpty();
  void renderOffer();
  void renderZoom();
  QWidget* buildOffer(QWidget* parent);

  ImageJob& job_;
  ModelState& model_;
  RecipeOffer& offer_;
  CreatePanel* panel_;
  RecipePanel* recipe_;
  Label* head_ = nullptr;
  Segmented* view_ = nullptr;
  QPushButton* fit_ = nullptr;
  ErrorLine* error_ = nullptr;
  QString problem_;
  QWidget* offer_row_ = nullptr;
  Paragraph* offer_words_ = nullptr;
  QPushButton *restore_ = nullptr, *refuse_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  Canvas* canvas_ = nullptr;
  EmptyPage* empty_ = nullptr;
  FilmStrip* strip_ = nullptr;
};

}  // namespace b3o
