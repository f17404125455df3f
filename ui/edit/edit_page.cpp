#include "ui/edit/edit_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kRoomy = 1100;                  // from this width on the side panel has its full width
constexpr int kLeastBrush = 4, kBrushes = 8;  // a first brush is this part of the picture's shorter side

}  // namespace

EditPage::EditPage(const EditStates& states, QWidget* parent)
    : QWidget(parent), states_(states), session_(states.session), model_(states.model), cells_(session_, model_) {
  build();
  wireCanvas();
  connect(undo_, &QPushButton::clicked, &session_, &EditSession::undo);
  connect(redo_, &QPushButton::clicked, &session_, &EditSession::redo);
  connect(fit_, &QPushButton::clicked, canvas_, &EditCanvas::fit);
  connect(list_, &QPushButton::clicked, this, [this] { sessions_->showBelow(list_); });
  connect(file_menu_, &QMenu::aboutToShow, this, &EditPage::buildFileMenu);
  connect(empty_, &EmptyPage::exampleChosen, this, &EditPage::runExample);
  connect(empty_->action(), &QPushButton::clicked, this, [this] {
    if (model_.ready() || model_.phase() == ModelState::Phase::loading) return choosePicture();
    Q_EMIT modelWanted();
  });
  // These vanish with the proposals; the keys go on in the picture, not in what happens to be next.
  for (auto* button : {panel_->applyButton(), panel_->discardButton()})
    connect(button, &QPushButton::clicked, this, &EditPage::focusView);
  connect(panel_->form(), &ModeForm::secondWanted, this, &EditPage::chooseSecond);
  connect(panel_->form(), &ModeForm::changed, this, &EditPage::renderCanvas);
  connect(panel_->roundTrip(), &RoundTripCard::compareWanted, this, &EditPage::compareRoundTrip);
  connect(history_->row(), &HistoryRow::compareWanted, this, &EditPage::compareNode);
  connect(&cells_, &KeptCellsWatch::changed, this, &EditPage::renderCanvas);
  connect(&session_, &EditSession::exists, this, &EditPage::confirmOverwrite);
  connect(&session_, &EditSession::pictureReady, this, [this] {
    if (compare_with_) compareNode(compare_with_);
  });
  connect(&states_.sample, &SampleDrawing::drawn, this,
          [this](int, const SharedImage& image, const Recipe& recipe) { bringSample(image, recipe); });
  connect(&states_.sample, &SampleDrawing::changed, this, &EditPage::render);
  connect(&states_.list, &EditList::changed, this, &EditPage::render);
  connect(&session_, &EditSession::opened, this, [this] {
    before_ = trip_cut_ = example_waits_ = false;
    trip_ran_ = session_.roundTrip().state == RoundTrip::State::running;
    compare_with_ = 0;
    options_->suggestSize(
        std::max(kLeastBrush, std::min(session_.mask().width(), session_.mask().height()) / kBrushes));
    render();
    if (isVisible()) focusView();
  });
  for (const auto changed :
       {&EditSession::changed, &EditSession::treeChanged, &EditSession::proposalsChanged, &EditSession::previewChanged})
    connect(&session_, changed, this, &EditPage::render);
  connect(&session_, &EditSession::pictureReady, this, &EditPage::renderCanvas);
  connect(&session_, &EditSession::roundTripChanged, this, &EditPage::followRoundTrip);
  connect(&model_, &ModelState::changed, this, &EditPage::render);
  connect(&model_, &ModelState::loaded, this, &EditPage::render);
  window()->installEventFilter(this);
  retranslated(this, [this] { retranslate(); });
}

void EditPage::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  tools_ = new ToolColumn(this);
  panel_ = new EditPanel(session_, model_, this);
  row->addWidget(tools_);
  row->addWidget(buildMiddle(), 1);
  row->addWidget(panel_);
  sessions_ = new SessionList(states_.list, session_, this);
}

QWidget* EditPage::buildMiddle() {
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(space::l, space::m, space::l, space::s);
  column->setSpacing(space::s);
  auto* head = new QHBoxLayout;
  head->setSpacing(space::s);
  file_menu_ = new QMenu(middle);
  file_ = makeButton({}, "chip", middle);
  file_->setMenu(file_menu_);
  list_ = makeButton({}, "chip", middle);
  facts_ = new Label({}, Tint::secondary, middle);
  hint_ = new Label({}, Tint::secondary, middle);
  fit_ = makeButton({}, "chip", middle);
  undo_ = makeButton({}, "chip", middle);
  redo_ = makeButton({}, "chip", middle);
  head->addWidget(file_);
  head->addWidget(list_);
  head->addWidget(facts_, 1);
  head->addWidget(hint_);
  for (auto* button : {fit_, undo_, redo_}) head->addWidget(button);
  column->addLayout(head);
  error_ = new ErrorLine(middle);
  column->addWidget(error_);
  message_ = new Label({}, Tint::secondary, middle);
  column->addWidget(message_);
  options_ = new ToolOptions(middle);
  column->addWidget(options_);
  stack_ = new QStackedWidget(middle);
  empty_ = new EmptyPage(stack_);
  canvas_ = new EditCanvas(stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(canvas_);
  column->addWidget(stack_, 1);
  history_ = new HistoryStrip(session_, middle);
  column->addWidget(history_);
  return middle;
}

void EditPage::wireCanvas() {
  connect(tools_, &ToolColumn::chosen, this, &EditPage::chooseTool);
  connect(tools_, &ToolColumn::invertWanted, &session_, &EditSession::invertMask);
  const auto brush = [this] { canvas_->setBrushSize(int(options_->brush().size)); };
  connect(options_, &ToolOptions::brushChanged, this, brush);
  connect(options_, &ToolOptions::colourChanged, this, [this] { canvas_->setTint(options_->tint()); });
  connect(options_, &ToolOptions::growWanted, &session_, &EditSession::growMask);
  connect(options_, &ToolOptions::featherWanted, &session_, &EditSession::featherMask);
  connect(options_, &ToolOptions::clearWanted, &session_, &EditSession::clearMask);
  connect(canvas_, &EditCanvas::strokeBegan, this, [this](QPointF at, double pressure, bool erase) {
    Brush brush = options_->brush();
    brush.erase = erase;
    session_.beginStroke(brush, {at.x(), at.y(), pressure});
  });
  connect(canvas_, &EditCanvas::strokeMoved, this,
          [this](QPointF at, double pressure) { session_.strokeTo({at.x(), at.y(), pressure}); });
  connect(canvas_, &EditCanvas::strokeEnded, &session_, &EditSession::endStroke);
  const auto combine = [](bool take) { return take ? Combine::subtract : Combine::add; };
  connect(canvas_, &EditCanvas::rectangleDrawn, this, [this, combine](const QRectF& area, bool take) {
    session_.markRectangle(area.toAlignedRect(), combine(take));
  });
  connect(canvas_, &EditCanvas::lassoDrawn, this,
          [this, combine](const QPolygonF& area, bool take) { session_.markPolygon(area, combine(take)); });
  connect(canvas_, &EditCanvas::zoomChanged, this, [this] {
    fit_->setText(canvas_->zoom().fits()
                      ? tr("Fit")
                      : tr("%1 %").arg(std::lround(canvas_->zoom().scale() * devicePixelRatioF() * 100)));
  });
  connect(&session_, &EditSession::maskChanged, this, [this](const QRect& area) {
    canvas_->markChanged(area);
    options_->setMarked(session_.canMark(), session_.mask().blank());
  });
  brush();
  canvas_->setTint(options_->tint());
  chooseTool(Tool::brush);
}

void EditPage::retranslate() {
  list_->setText(tr("Sessions"));
  list_->setAccessibleName(tr("Sessions that are kept"));
  list_->setToolTip(tr("Go on with an earlier picture"));
  undo_->setText(tr("Undo"));
  redo_->setText(tr("Redo"));
  fit_->setText(tr("Fit"));
  fit_->setAccessibleName(tr("Fit the picture into the window"));
  fit_->setToolTip(tr("Fit the picture into the window (Ctrl+0)"));
  hint_->setText(tr("hold Space: before"));
  render();
}

void EditPage::chooseTool(Tool tool) {
  tools_->setTool(tool);
  canvas_->setTool(tool);
  options_->setTool(tool);
}

void EditPage::swapTools() { chooseTool(canvas_->tool() == Tool::brush ? Tool::eraser : Tool::brush); }

void EditPage::leaveTool() { chooseTool(Tool::pan); }

void EditPage::setBefore(bool held) {
  const bool can = session_.isOpen() && !session_.before().isNull();
  if (before_ == (held && can)) return;
  before_ = held && can;
  renderCanvas();
}

void EditPage::focusView() {
  if (session_.isOpen()) canvas_->setFocus();
}

void EditPage::render() {
  const bool open = session_.isOpen();
  if (trip_cut_ && open && !session_.running()) {
    trip_cut_ = false;
    session_.startRoundTrip();
  }
  stack_->setCurrentWidget(open ? static_cast<QWidget*>(canvas_) : empty_);
  for (QWidget* widget : {static_cast<QWidget*>(tools_), static_cast<QWidget*>(options_), static_cast<QWidget*>(panel_),
                          static_cast<QWidget*>(history_), static_cast<QWidget*>(undo_), static_cast<QWidget*>(redo_),
                          static_cast<QWidget*>(fit_)})
    widget->setVisible(open);
  file_->setText(open ? fontMetrics().elidedText(session_.title(), Qt::ElideMiddle, 180).replace(u'&', "&&")
                      : tr("Open"));
  file_->setAccessibleName(tr("Picture and session: %1").arg(open ? session_.title() : tr("none")));
  list_->setVisible(!states_.list.lines().empty() || !states_.list.trashed().empty());
  error_->setSentence(!session_.error().isEmpty() ? session_.error() : states_.sample.error());
  message_->setText(session_.opening() ? tr("Reading the picture") : session_.message());
  message_->setVisible(!message_->text().isEmpty());
  undo_->setEnabled(session_.canUndo());
  redo_->setEnabled(session_.canRedo());
  undo_->setToolTip(tr("%1 (Ctrl+Z)").arg(session_.canUndo() ? session_.undoText() : tr("Nothing to undo")));
  redo_->setToolTip(tr("%1 (Ctrl+Shift+Z)").arg(session_.canRedo() ? session_.redoText() : tr("Nothing to redo")));
  if (!open) {
    facts_->setText({});
    return renderEmpty();
  }
  const QSize size(session_.mask().width(), session_.mask().height());
  facts_->setText(tr("%1 × %2 · the file stays as it is").arg(size.width()).arg(size.height()));
  options_->setMarked(session_.canMark(), session_.mask().blank());
  renderCanvas();
}

void EditPage::renderCanvas() {
  if (!session_.isOpen()) return;
  const QSize size(session_.mask().width(), session_.mask().height());
  const int chosen = session_.chosen();
  const bool running = session_.running() && !session_.preview().isNull();
  QImage picture = session_.picture();
  QString caption;
  if (before_) {
    picture = session_.before();
    caption = tr("before");
  } else if (running) {
    caption = tr("estimate, not the result");
  } else if (chosen >= 0) {
    picture = session_.proposal(chosen);
    caption = tr("proposal %1 of %2").arg(chosen + 1).arg(session_.proposals());
  } else if (cells_.now().side > 0) {
    caption = tr("%1 of %2 cells keep their tokens").arg(cells_.now().count()).arg(cells_.now().kept.size());
  }
  const bool marks = !before_ && chosen < 0;
  canvas_->setPicture(picture, picture.isNull() ? size : picture.size(), caption);
  canvas_->setPreview(running && !before_ ? session_.preview() : QImage(), session_.previewArea());
  canvas_->setMark(marks && !running && picture.size() == size ? &session_.mask() : nullptr);
  canvas_->setMarking(marks && session_.canMark());
  canvas_->setExtension(marks ? panel_->form()->extension() : QMargins());
  canvas_->setCells(marks && !running ? cells_.now() : KeptCells());
  hint_->setVisible(chosen >= 0 || session_.document().current() != session_.document().source());
}

void EditPage::renderEmpty() {
  QStringList examples;
  QString sentence, action = tr("Open a picture...");
  const Capabilities& can = model_.can();
  hint_->hide();
  if (states_.sample.running()) {
    empty_->setTitle(tr("Drawing a picture to edit"));
    sentence = tr("Then it is changed: %1").arg(example_);
    action.clear();
  } else if (session_.opening()) {
    empty_->setTitle(tr("Reading the picture"));
    action.clear();
  } else if (model_.phase() == ModelState::Phase::loading) {
    empty_->setTitle(tr("Loading the model"));
    sentence = model_.step();
  } else if (!model_.ready()) {
    empty_->setTitle(tr("No model is loaded"));
    sentence = model_.error().isEmpty() ? tr("Load a model folder to change pictures.") : model_.error();
    action = tr("Load a model");
  } else if (can.edit_modes.empty()) {
    empty_->setTitle(tr("This model does not edit"));
    sentence = can.chat ? tr("It answers questions: go to Chat.") : QString();
    action.clear();
  } else {
    empty_->setTitle(tr("Change a picture"));
    sentence =
        tr("Drop a picture here, paste it or open a file. What you mark can be repainted; words change the "
           "whole. Or watch the model draw one and change it:");
    examples = examplesOf(can.examples.edit, {tr("make the house blue"), tr("add a moon"), tr("at night")});
    if (!can.draw) examples.clear();
  }
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction(action);
}

void EditPage::runExample(const QString& words) {
  const auto& drawn = model_.can().examples.create;
  example_ = words;
  states_.sample.start(drawn.empty() ? tr("a red house by the sea") : QString::fromStdString(drawn.front()), 1);
}

void EditPage::bringSample(const SharedImage& image, const Recipe& recipe) {
  if (example_.isEmpty()) return;
  const QString words = std::exchange(example_, {});
  connect(
      &session_, &EditSession::opened, this,
      [this, words] {
        EditForm form = session_.form();
        form.settings.mode = EditMode::words;
        form.words = words;
        session_.setForm(form);
        example_waits_ = true;
        followRoundTrip();
      },
      Qt::SingleShotConnection);
  session_.openPicture(image, QString::fromStdString(recipe.prompt), recipe);
}

// An example shows what the model keeps before it changes anything; a run of the user's does not wait, and the round
// trip it cut off is made after it.
void EditPage::followRoundTrip() {
  const bool runs = session_.roundTrip().state == RoundTrip::State::running;
  if (trip_ran_ && session_.roundTrip().state == RoundTrip::State::none) trip_cut_ = true;
  trip_ran_ = runs;
  if (!runs && std::exchange(example_waits_, false)) panel_->run();
}

void EditPage::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return QWidget::keyPressEvent(event);
  setBefore(true);
}

void EditPage::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return QWidget::keyReleaseEvent(event);
  setBefore(false);
}

void EditPage::hideEvent(QHideEvent* event) {
  setBefore(false);
  QWidget::hideEvent(event);
}

// A key that is held while the window loses the focus is never released here.
bool EditPage::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::WindowDeactivate) setBefore(false);
  return QWidget::eventFilter(watched, event);
}

void EditPage::resizeEvent(QResizeEvent* event) {
  panel_->setFixedWidth(width() >= kRoomy ? 300 : 264);
  QWidget::resizeEvent(event);
}

}  // namespace b3o
