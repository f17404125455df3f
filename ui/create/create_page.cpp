#include "ui/create/create_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kRoomy = 1100;  // from this width on the side panels have their full width

QString headText(const Picture& picture, const QString& stage) {
  QStringList parts;
  if (picture.of > 1) parts << CreatePage::tr("Picture %1 of %2").arg(picture.number + 1).arg(picture.of);
  if (picture.state == Picture::State::waiting) parts << CreatePage::tr("waits for its turn");
  if (picture.state == Picture::State::working) parts << stage;
  if (picture.image) parts << CreatePage::tr("%1 × %2").arg(picture.image->width).arg(picture.image->height);
  return parts.join(QStringLiteral(" · "));
}

// Under a picture that is none yet.
QString captionOf(const Picture& picture) {
  switch (picture.state) {
    case Picture::State::waiting:
      return {};
    case Picture::State::working:
      return CreatePage::tr("estimate, not the result");
    case Picture::State::stopped:
      return CreatePage::tr("stopped: the last estimate, not a result");
    case Picture::State::failed:
      return CreatePage::tr("failed: the last estimate, not a result");
    case Picture::State::done:
      break;
  }
  return {};
}

}  // namespace

CreatePage::CreatePage(ImageJob& job, ModelState& model, PictureExport& out, PromptBook& prompts, FormMemory& memory,
                       RecipeOffer& offer, SelfCheck& check, QWidget* parent)
    : QWidget(parent),
      job_(job),
      model_(model),
      offer_(offer),
      panel_(new CreatePanel(job, model, prompts, memory, this)),
      recipe_(new RecipePanel(job, out, check, this)) {
  build();
  connect(view_, &Segmented::chosen, this, [this](int index) { canvas_->showPlanMap(index == 1); });
  connect(fit_, &QPushButton::clicked, canvas_, &Canvas::fit);
  connect(canvas_, &Canvas::zoomChanged, this, &CreatePage::renderZoom);
  connect(empty_, &EmptyPage::exampleChosen, this, [this](const QString& text) {
    panel_->setPrompt(text);
    panel_->run();
  });
  connect(empty_->action(), &QPushButton::clicked, this, &CreatePage::modelWanted);
  connect(recipe_, &RecipePanel::editWanted, this, [this] { Q_EMIT editWanted(job_.selected()); });
  connect(strip_->row(), &FilmRow::editWanted, this, &CreatePage::editWanted);
  connect(strip_->row(), &FilmRow::compareWanted, this,
          [this](int row) { Q_EMIT compareWanted(job_.selected(), row); });
  connect(restore_, &QPushButton::clicked, this, [this] {
    if (offer_.recipe()) panel_->setRecipe(*offer_.recipe());
    offer_.clear();
  });
  connect(refuse_, &QPushButton::clicked, &offer_, &RecipeOffer::clear);
  connect(&offer_, &RecipeOffer::changed, this, &CreatePage::renderOffer);
  connect(&job_, &ImageJob::picturesChanged, this, [this] { problem_.clear(); });
  connect(&job_, &ImageJob::changed, this, &CreatePage::render);
  connect(&job_, &ImageJob::selectionChanged, this, &CreatePage::render);
  connect(&job_, &ImageJob::pictureChanged, this, [this](int row) {
    if (row == job_.selected()) render();
  });
  retranslated(this, [this] {
    view_->setWords({tr("Picture"), tr("Plan map")}, tr("Shown"));
    fit_->setAccessibleName(tr("Fit the picture into the window"));
    fit_->setToolTip(tr("Fit the picture into the window (Ctrl+0)"));
    restore_->setText(tr("Restore its settings"));
    refuse_->setText(tr("Close"));
    refuse_->setAccessibleName(tr("Leave the settings as they are"));
    renderZoom();
    renderOffer();
    render();
  });
}

void CreatePage::renderZoom() {
  fit_->setText(canvas_->fits() ? tr("Fit") : tr("%1 %").arg(std::lround(canvas_->zoom() * devicePixelRatioF() * 100)));
}

void CreatePage::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(panel_);
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(space::l, space::m, space::l, space::m);
  column->setSpacing(space::m);
  row->addWidget(middle, 1);
  row->addWidget(recipe_);

  auto* head = new QHBoxLayout;
  head->setSpacing(space::s);
  head_ = new Label({}, Tint::secondary, middle);
  view_ = new Segmented({{}, {}}, {}, middle);
  fit_ = makeButton({}, "chip", middle);
  head->addWidget(head_, 1);
  head->addWidget(view_);
  head->addWidget(fit_);
  column->addLayout(head);

  error_ = new ErrorLine(middle);
  column->addWidget(error_);

  offer_row_ = buildOffer(middle);
  column->addWidget(offer_row_);

  stack_ = new QStackedWidget(middle);
  canvas_ = new Canvas(stack_);
  empty_ = new EmptyPage(stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(canvas_);
  column->addWidget(stack_, 1);
  strip_ = new FilmStrip(job_, middle);
  column->addWidget(strip_);
}

QWidget* CreatePage::buildOffer(QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::s);
  offer_words_ = new Paragraph({}, Tint::text, box);
  restore_ = makeButton({}, "primary", box);
  refuse_ = makeButton({}, "plain", box);
  row->addWidget(offer_words_, 1);
  row->addWidget(restore_, 0, Qt::AlignTop);
  row->addWidget(refuse_, 0, Qt::AlignTop);
  return box;
}

void CreatePage::renderOffer() {
  offer_row_->setVisible(!offer_.message().isEmpty());
  offer_words_->setWords(offer_.message());
  restore_->setVisible(offer_.recipe().has_value());
}

void CreatePage::render() {
  const Picture* picture = job_.picture();
  stack_->setCurrentWidget(picture ? static_cast<QWidget*>(canvas_) : empty_);
  head_->setText(picture ? headText(*picture, job_.doing()) : QString());
  view_->setVisible(picture);
  fit_->setVisible(picture);
  error_->setSentence(job_.error().isEmpty() ? problem_ : job_.error(), job_.refused() ? Tint::text : Tint::bad);
  if (!picture) return renderEmpty();
  const bool has_map = !picture->plan_map.isNull();
  view_->button(1)->setEnabled(has_map);
  if (!has_map) view_->setCurrent(0);
  canvas_->showPlanMap(view_->current() == 1);
  canvas_->setPicture(picture->shown, QSize(picture->recipe.paint.width, picture->recipe.paint.height),
                      picture->plan_map, captionOf(*picture));
}

void CreatePage::setProblem(const QString& sentence) {
  problem_ = sentence;
  render();
}

void CreatePage::renderEmpty() {
  QStringList examples;
  QString sentence, action;
  if (model_.phase() == ModelState::Phase::loading) {
    empty_->setTitle(tr("Loading the model"));
    sentence = model_.step();
  } else if (!model_.ready()) {
    empty_->setTitle(tr("No model is loaded"));
    sentence = model_.error().isEmpty() ? tr("Load a model folder to ask and to draw.") : model_.error();
    action = tr("Load a model");
  } else if (!model_.can().draw) {
    empty_->setTitle(tr("This model does not draw"));
    sentence = model_.can().chat ? tr("It answers questions: go to Chat.") : QString();
  } else {
    empty_->setTitle(tr("Draw something"));
    sentence = tr("Write a prompt at the left, or start with one of these.");
    examples = examplesOf(model_.can().examples.create,
                          {tr("a green flower left of a yellow fish at night"), tr("a red house by the sea"),
                           tr("two blue circles above a black triangle")});
  }
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction(action);
}

void CreatePage::resizeEvent(QResizeEvent* event) {
  const bool roomy = width() >= kRoomy;
  panel_->setFixedWidth(roomy ? 316 : 290);
  recipe_->setFixedWidth(roomy ? 262 : 204);
  QWidget::resizeEvent(event);
}

}  // namespace b3o
