#include "ui/compare/compare_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kRoomy = 1100;  // from this width on the side panel has its full width

}  // namespace

ComparePage::ComparePage(Compare& compare, ModelState& model, QWidget* parent)
    : QWidget(parent), compare_(compare), model_(model), panel_(new ComparePanel(compare, this)) {
  build();
  connect(view_, &Segmented::chosen, this, [this](int view) { compare_.setView(Compare::View(view)); });
  connect(fit_, &QPushButton::clicked, canvas_, &CompareCanvas::fit);
  connect(swap_, &QPushButton::clicked, &compare_, &Compare::swap);
  connect(canvas_, &CompareCanvas::zoomChanged, this, &ComparePage::renderZoom);
  connect(panel_, &ComparePanel::openWanted, this, [this](int side) {
    auto* dialog = new QFileDialog(this, side == 0 ? tr("Open the left picture") : tr("Open the right picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::fileSelected, &compare_,
            [this, side](const QString& path) { compare_.open(side, path); });
    dialog->open();
  });
  connect(empty_, &EmptyPage::exampleChosen, this, &ComparePage::exampleChosen);
  connect(empty_->action(), &QPushButton::clicked, this, &ComparePage::choosePictures);
  connect(&compare_, &Compare::changed, this, &ComparePage::render);
  connect(&compare_, &Compare::viewChanged, this, &ComparePage::render);
  connect(&model_, &ModelState::changed, this, &ComparePage::render);
  retranslated(this, [this] {
    title_->setText(tr("Compare"));
    view_->setWords({tr("Slider"), tr("Side by side"), tr("Flip"), tr("Difference")}, tr("How to compare"));
    view_->button(0)->setToolTip(tr("Left of the line the left picture, right of it the right one"));
    view_->button(1)->setToolTip(tr("Both pictures, zoomed and moved together"));
    view_->button(2)->setToolTip(tr("The left picture; the right one while Space or the mouse is held"));
    view_->button(3)->setToolTip(tr("Brighter where the pictures differ more"));
    fit_->setAccessibleName(tr("Fit the pictures into the window"));
    fit_->setToolTip(tr("Fit the pictures into the window (Ctrl+0)"));
    swap_->setText(tr("Swap"));
    swap_->setAccessibleName(tr("Swap left and right"));
    swap_->setToolTip(tr("Swap left and right (X)"));
    render();
  });
}

void ComparePage::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(space::l, space::m, space::l, space::l);
  column->setSpacing(space::m);
  row->addWidget(middle, 1);
  row->addWidget(panel_);

  auto* head = new QHBoxLayout;
  head->setSpacing(space::s);
  title_ = new Label({}, Tint::text, middle);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  title_->setWhole(true);
  pair_ = new Label({}, Tint::secondary, middle);
  view_ = new Segmented({{}, {}, {}, {}}, {}, middle);
  fit_ = makeButton({}, "chip", middle);
  swap_ = makeButton({}, "chip", middle);
  head->addWidget(title_);
  head->addWidget(pair_, 1);
  head->addWidget(view_);
  head->addWidget(swap_);
  head->addWidget(fit_);
  column->addLayout(head);
  error_ = new ErrorLine(middle);
  column->addWidget(error_);
  stack_ = new QStackedWidget(middle);
  empty_ = new EmptyPage(stack_);
  canvas_ = new CompareCanvas(compare_, stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(canvas_);
  column->addWidget(stack_, 1);
}

void ComparePage::render() {
  const bool ready = compare_.ready(), any = compare_.side(0).image || compare_.side(1).image;
  stack_->setCurrentWidget(ready ? static_cast<QWidget*>(canvas_) : empty_);
  view_->setVisible(ready);
  swap_->setVisible(ready);
  fit_->setVisible(ready);
  view_->setCurrent(int(compare_.view()));
  panel_->setVisible(any);
  QString hint;
  if (ready && compare_.view() == Compare::View::flip) hint = tr("hold Space: the right picture");
  if (ready && compare_.view() == Compare::View::difference) hint = tr("four times as strong");
  pair_->setText(hint);
  QStringList errors;
  for (int side = 0; side < 2; ++side)
    if (!compare_.side(side).error.isEmpty()) errors << compare_.side(side).error;
  error_->setSentence(errors.join(u'\n'));
  if (!ready) renderEmpty();
  renderZoom();
}

void ComparePage::renderZoom() {
  fit_->setText(canvas_->zoom().fits()
                    ? tr("Fit")
                    : tr("%1 %").arg(std::lround(canvas_->zoom().scale() * devicePixelRatioF() * 100)));
}

void ComparePage::renderEmpty() {
  const bool left = bool(compare_.side(0).image), right = bool(compare_.side(1).image);
  QStringList examples;
  QString sentence;
  if (compare_.side(0).reading || compare_.side(1).reading) {
    empty_->setTitle(tr("Reading the pictures"));
  } else if (left || right) {
    empty_->setTitle(tr("One more picture"));
    sentence = tr("Drop it here, or open a file.");
  } else {
    empty_->setTitle(tr("Compare two pictures"));
    sentence = tr("Drop two files here, choose two in the Gallery, or take them from an edit's history.");
    if (model_.ready() && model_.can().draw) {
      sentence += u' ' + tr("Or draw one prompt with two seeds:");
      examples = examplesOf(model_.can().examples.create,
                            {tr("a green flower left of a yellow fish at night"), tr("a red house by the sea"),
                             tr("two blue circles above a black triangle")});
    }
  }
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction(left || right ? tr("Open a picture...") : tr("Open two pictures..."));
}

void ComparePage::choosePictures() {
  auto* dialog = new QFileDialog(this, tr("Open pictures to compare"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  connect(dialog, &QFileDialog::filesSelected, &compare_, &Compare::bring);
  dialog->open();
}

void ComparePage::focusView() {
  if (compare_.ready()) canvas_->setFocus();
}

void ComparePage::keyPressEvent(QKeyEvent* event) {
  const bool flips = compare_.ready() && compare_.view() == Compare::View::flip;
  if (!flips || event->key() != Qt::Key_Space) return QWidget::keyPressEvent(event);
  compare_.setFlipped(true);
}

void ComparePage::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space) return QWidget::keyReleaseEvent(event);
  if (!event->isAutoRepeat()) compare_.setFlipped(false);
}

void ComparePage::hideEvent(QHideEvent* event) {
  compare_.setFlipped(false);
  QWidget::hideEvent(event);
}

void ComparePage::resizeEvent(QResizeEvent* event) {
  panel_->setFixedWidth(width() >= kRoomy ? 300 : 252);
  QWidget::resizeEvent(event);
}

}  // namespace b3o
