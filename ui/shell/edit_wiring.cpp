// What the window connects for the Edit and the Compare page, and from the other pages to them.
#include <QMimeData>
#include <QUrl>

#include "ui/shell/main_window.h"

namespace b3o {
namespace {

QStringList filesIn(const QMimeData* data) {
  QStringList files;
  for (const QUrl& url : data->urls())
    if (url.isLocalFile()) files << url.toLocalFile();
  return files;
}

}  // namespace

void MainWindow::buildEditing() {
  edit_ = new EditPage({studio_.editing, studio_.edits, studio_.model, studio_.edit_sample}, pages_);
  compare_ = new ComparePage(studio_.compare, studio_.model, pages_);
}

void MainWindow::wireEditing() {
  const auto on = [this](Do what, auto&& act) { connect(actions_[what], &QAction::triggered, this, act); };
  const auto onEdit = [this, on](Do what, auto act) {
    on(what, [this, act] {
      if (pages_->currentWidget() == edit_) act();
    });
  };
  const auto onCompare = [this, on](Do what, auto act) {
    on(what, [this, act] {
      if (pages_->currentWidget() == compare_) act();
    });
  };
  on(Do::go_edit, [this] { showPage(Page::edit); });
  on(Do::go_compare, [this] { showPage(Page::compare); });
  onEdit(Do::run, [this] { edit_->run(); });
  onEdit(Do::stop, [this] {
    if (!studio_.line.running()) edit_->leaveTool();
  });
  onEdit(Do::undo, [this] { studio_.editing.undo(); });
  onEdit(Do::redo, [this] { studio_.editing.redo(); });
  onEdit(Do::brush, [this] { edit_->chooseTool(Tool::brush); });
  onEdit(Do::eraser, [this] { edit_->chooseTool(Tool::eraser); });
  onEdit(Do::smaller_brush, [this] { edit_->stepBrush(-1); });
  onEdit(Do::larger_brush, [this] { edit_->stepBrush(1); });
  onEdit(Do::swap, [this] { edit_->swapTools(); });
  onEdit(Do::invert_mark, [this] { studio_.editing.invertMask(); });
  onEdit(Do::rename, [this] { edit_->renameCurrent(); });
  onEdit(Do::save, [this] { edit_->exportPicture(); });
  onEdit(Do::export_session, [this] { edit_->exportSession(); });
  onEdit(Do::copy, [this] {
    const int64_t node = studio_.editing.document().current();
    if (studio_.editing.isOpen())
      studio_.out.copy(studio_.editing.shared(node), studio_.editing.document().node(node).recipe.value_or(Recipe()));
  });
  onEdit(Do::fit, [this] { edit_->canvas()->fit(); });
  onEdit(Do::actual_size, [this] { edit_->canvas()->actualSize(); });
  onEdit(Do::open_picture, [this] { edit_->choosePicture(); });
  onCompare(Do::open_picture, [this] { compare_->choosePictures(); });
  onCompare(Do::swap, [this] { studio_.compare.swap(); });
  onCompare(Do::fit, [this] { compare_->canvas()->fit(); });
  onCompare(Do::actual_size, [this] { compare_->canvas()->actualSize(); });

  edit_->options()->setColourIndex(settings_.markColour());
  connect(edit_->options(), &ToolOptions::colourChanged, this,
          [this] { settings_.setMarkColour(edit_->options()->colourIndex()); });
  connect(edit_, &EditPage::modelWanted, this, &MainWindow::showLoadDialog);
  connect(edit_, &EditPage::compareWanted, this, &MainWindow::compare);
  connect(compare_, &ComparePage::exampleChosen, this,
          [this](const QString& prompt) { studio_.compare_sample.start(prompt, 2); });
  connect(&studio_.compare_sample, &SampleDrawing::drawn, this,
          [this](int number, const SharedImage& image, const Recipe& recipe) {
            studio_.compare.set(number, tr("seed %1").arg(recipe.seed), image, recipe);
          });
  wireOthers();
}

// From Chat, Create and the Gallery to a picture's edit and to its comparison.
void MainWindow::wireOthers() {
  const auto edit = [this](const SharedImage& image, const QString& name, const std::optional<Recipe>& recipe) {
    if (!image) return;
    showPage(Page::edit);
    studio_.editing.openPicture(image, name, recipe);
  };
  connect(chat_, &ChatPage::editWanted, this, [edit](const SharedImage& image, const Recipe& recipe) {
    edit(image, QString::fromStdString(recipe.prompt), recipe);
  });
  connect(create_, &CreatePage::editWanted, this, [this, edit](int row) {
    const Picture& picture = studio_.drawing.pictures()[size_t(row)];
    edit(picture.image, QString::fromStdString(picture.recipe.prompt), picture.recipe);
  });
  connect(create_, &CreatePage::compareWanted, this, [this](int left, int right) {
    const auto sideOf = [this](int row) {
      const Picture& picture = studio_.drawing.pictures()[size_t(row)];
      CompareSide side;
      side.name = tr("seed %1").arg(picture.recipe.seed);
      side.image = picture.image;
      side.recipe = picture.recipe;
      return side;
    };
    compare(sideOf(left), sideOf(right));
  });
  connect(gallery_, &GalleryPage::editWanted, this, [this](qint64 picture) {
    showPage(Page::edit);
    studio_.editing.openGallery(picture);
  });
  connect(gallery_, &GalleryPage::compareWanted, this, [this](const QString& left, const QString& right) {
    showPage(Page::compare);
    studio_.compare.openBoth(left, right);
  });
}

void MainWindow::compare(const CompareSide& left, const CompareSide& right) {
  if (!left.image || !right.image) return;
  studio_.compare.setBoth(left, right);
  showPage(Page::compare);
}

// What is dropped or pasted on the two pages. False: there is nothing for them in it.
bool MainWindow::takeForEditing(const QMimeData* data) {
  if (pages_->currentWidget() == edit_) return edit_->take(data);
  if (pages_->currentWidget() != compare_) return false;
  const QStringList files = filesIn(data);
  studio_.compare.bring(files);
  return !files.isEmpty();
}

// What dropping it there does; empty where nothing can be done with it.
QString MainWindow::dropWords(const QMimeData* data) const {
  const bool files = !filesIn(data).isEmpty();
  if (pages_->currentWidget() == edit_ && (files || data->hasImage())) return tr("Drop to edit the picture");
  if (pages_->currentWidget() == compare_ && files) return tr("Drop to compare");
  return {};
}

}  // namespace b3o
