#include "ui/gallery/gallery_page.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kRoomy = 1100;  // from this width on the side panel has its full width
constexpr int kTypingPause = 120;

}  // namespace

GalleryPage::GalleryPage(Gallery& gallery, QWidget* parent)
    : QWidget(parent), gallery_(gallery), model_(gallery), panel_(new GalleryPanel(gallery, this)) {
  build();
  typing_.setSingleShot(true);
  typing_.setInterval(kTypingPause);
  const auto filter = [this](auto change) {
    return [this, change] {
      GalleryFilter next = gallery_.filter();
      next.like = 0;
      change(next);
      gallery_.setFilter(next);
    };
  };
  connect(search_, &QLineEdit::textChanged, &typing_, qOverload<>(&QTimer::start));
  connect(&typing_, &QTimer::timeout, this, filter([this](GalleryFilter& f) { f.words = search_->text(); }));
  connect(starred_, &QPushButton::clicked, this,
          filter([this](GalleryFilter& f) { f.starred = starred_->isChecked(); }));
  connect(trash_, &QPushButton::clicked, this, filter([this](GalleryFilter& f) { f.trash = trash_->isChecked(); }));
  connect(order_, &QPushButton::clicked, this, filter([](GalleryFilter& f) { f.oldest_first = !f.oldest_first; }));
  connect(back_, &QPushButton::clicked, this, filter([](GalleryFilter&) {}));
  connect(undo_, &QPushButton::clicked, &gallery_.steps(), &Steps::undo);
  connect(redo_, &QPushButton::clicked, &gallery_.steps(), &Steps::redo);
  connect(import_, &QPushButton::clicked, this, &GalleryPage::importPictures);
  connect(stop_, &QPushButton::clicked, &gallery_, &Gallery::stopImport);
  connect(view_, &GalleryView::chosenChanged, this, [this] { gallery_.choose(view_->chosenIds()); });
  connect(view_, &GalleryView::opened, this, &GalleryPage::openInCreate);
  connect(panel_, &GalleryPanel::createWanted, this, &GalleryPage::openInCreate);
  connect(panel_, &GalleryPanel::askWanted, this, [this] {
    if (gallery_.shown()) Q_EMIT askWanted(gallery_.path(gallery_.shown()->line));
  });
  connect(panel_, &GalleryPanel::editWanted, this, [this] {
    if (gallery_.shown()) Q_EMIT editWanted(gallery_.shown()->line.id);
  });
  connect(panel_, &GalleryPanel::compareWanted, this, [this] {
    const QStringList paths = gallery_.chosenPaths();
    if (paths.size() == 2) Q_EMIT compareWanted(paths[0], paths[1]);
  });
  connect(panel_, &GalleryPanel::exportWanted, this, &GalleryPage::exportChosen);
  connect(panel_, &GalleryPanel::showWanted, this, [this](qint64 id) {
    if (model_.indexOf(id).isValid()) return view_->choose(id);
    gallery_.choose({id});  // not in this list: only the panel shows it
  });
  connect(empty_, &EmptyPage::exampleChosen, this, &GalleryPage::exampleChosen);
  connect(&gallery_, &Gallery::changed, this, &GalleryPage::render);
  connect(&gallery_, &Gallery::linesChanged, this, &GalleryPage::render);
  retranslated(this, [this] {
    title_->setText(tr("Gallery"));
    search_->setAccessibleName(tr("Search prompts"));
    search_->setPlaceholderText(tr("Search prompts"));
    starred_->setText(tr("★ Starred"));
    starred_->setAccessibleName(tr("Show only starred pictures"));
    starred_->setToolTip(tr("Show only pictures with a star"));
    order_->setToolTip(tr("Change the order"));
    trash_->setText(tr("Trash"));
    trash_->setAccessibleName(tr("Show the trash"));
    trash_->setToolTip(tr("Show what is in the trash"));
    back_->setText(tr("Back to all"));
    back_->setToolTip(tr("Show all pictures again"));
    setWords(undo_, tr("Undo"), tr("Undo (Ctrl+Z)"));
    setWords(redo_, tr("Redo"), tr("Redo (Ctrl+Shift+Z)"));
    import_->setText(tr("Import..."));
    import_->setAccessibleName(tr("Import pictures"));
    import_->setToolTip(tr("Copy pictures that this program made into the library"));
    stop_->setText(tr("Stop"));
    stop_->setAccessibleName(tr("Stop importing"));
    model_.build();
    render();
  });
}

void GalleryPage::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(space::l, space::l, space::xs, 0);
  column->setSpacing(space::s);
  row->addWidget(middle, 1);
  row->addWidget(panel_);

  auto* head = new QHBoxLayout;
  head->setSpacing(space::s);
  title_ = new Label({}, Tint::text, middle);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  title_->setWhole(true);
  count_ = new Label({}, Tint::secondary, middle);
  search_ = new QLineEdit(middle);
  search_->setClearButtonEnabled(true);
  search_->setMaximumWidth(260);
  search_->setMinimumWidth(140);
  for (auto** button : {&starred_, &order_, &trash_, &back_, &import_}) *button = makeButton({}, "chip", middle);
  for (auto* button : {starred_, trash_}) button->setCheckable(true);
  head->addWidget(title_);
  head->addWidget(count_, 1);
  head->addWidget(back_);
  head->addWidget(search_, 2);
  for (auto* button : {starred_, order_, trash_, import_}) head->addWidget(button);
  head->addSpacing(space::m);
  column->addLayout(head);

  error_ = new ErrorLine(middle);
  column->addWidget(error_);
  message_row_ = new QWidget(middle);
  auto* line = new QHBoxLayout(message_row_);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(space::s);
  message_ = new Label({}, Tint::secondary, message_row_);
  undo_ = makeButton({}, "chip", message_row_);
  redo_ = makeButton({}, "chip", message_row_);
  line->addWidget(message_);
  stop_ = makeButton({}, "chip", message_row_);
  line->addWidget(undo_);
  line->addWidget(redo_);
  line->addWidget(stop_);
  line->addStretch(1);
  column->addWidget(message_row_);

  stack_ = new QStackedWidget(middle);
  empty_ = new EmptyPage(stack_);
  view_ = new GalleryView(model_, stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(view_);
  column->addWidget(stack_, 1);
}

void GalleryPage::render() {
  const GalleryFilter& filter = gallery_.filter();
  const auto found = int(gallery_.lines().size());
  const bool part = filter.starred || filter.like || !filter.words.trimmed().isEmpty();
  const auto pictures = [](int count) { return tr("%Ln picture(s)", nullptr, count); };
  const int all = filter.trash ? gallery_.inTrash() : gallery_.total();
  count_->setText(!gallery_.listed() ? QString()
                  : part             ? tr("%L1 of %2").arg(found).arg(pictures(all))
                  : filter.trash     ? tr("%1 in the trash").arg(pictures(all))
                                     : pictures(all));
  starred_->setChecked(filter.starred);
  trash_->setChecked(filter.trash);
  order_->setText(filter.oldest_first ? tr("Oldest first") : tr("Newest first"));
  order_->setAccessibleName(tr("Order: %1").arg(order_->text()));
  back_->setVisible(filter.like != 0);
  for (QWidget* w : {static_cast<QWidget*>(search_), static_cast<QWidget*>(starred_), static_cast<QWidget*>(order_),
                     static_cast<QWidget*>(trash_)})
    w->setEnabled(gallery_.isOpen());
  error_->setSentence(gallery_.error());
  message_row_->setVisible(!gallery_.message().isEmpty());
  message_->setText(gallery_.message());
  undo_->setVisible(gallery_.steps().canUndo());
  redo_->setVisible(gallery_.steps().canRedo());
  stop_->setVisible(gallery_.importing());
  import_->setEnabled(gallery_.canImport());
  stack_->setCurrentWidget(found ? static_cast<QWidget*>(view_) : empty_);
  panel_->setVisible(found > 0);
  if (!found) renderEmpty();
}

void GalleryPage::renderEmpty() {
  const GalleryFilter& filter = gallery_.filter();
  QString title, sentence;
  QStringList examples;
  if (!gallery_.isOpen()) {
    title = tr("Nothing is kept");
    sentence = tr("The library could not be opened, so pictures live only until the program ends.");
  } else if (!gallery_.listed()) {
    title = tr("Reading the library");
  } else if (filter.like) {
    title = tr("Nothing is like it");
    sentence = tr("No other picture with tokens is kept.");
  } else if (!filter.words.trimmed().isEmpty()) {
    title = tr("No picture fits");
    sentence = tr("No prompt holds all these words.");
  } else if (filter.trash) {
    title = tr("The trash is empty");
    sentence = tr("What you move to the trash can be brought back from here.");
  } else if (filter.starred) {
    title = tr("No picture has a star");
    sentence = tr("Choose a picture and press the full stop key to give it one.");
  } else {
    title = tr("No pictures yet");
    sentence = tr("Every finished picture is kept here with its recipe.");
    if (gallery_.can().draw) {
      sentence = tr("Every finished picture is kept here with its recipe. Draw a first one:");
      examples = examplesOf(gallery_.can().examples.create,
                            {tr("a green flower left of a yellow fish at night"), tr("a red house by the sea"),
                             tr("two blue circles above a black triangle")});
    }
  }
  empty_->setTitle(title);
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction({});
}

void GalleryPage::openInCreate() {
  if (gallery_.shown() && !gallery_.filter().trash) Q_EMIT createWanted(gallery_.shown()->recipe);
}

void GalleryPage::showMoreLike() {
  if (gallery_.chosen().size() == 1) gallery_.setFilter({.words = {}, .like = gallery_.chosen().front()});
}

void GalleryPage::exportChosen() {
  if (gallery_.chosen().empty() || gallery_.filter().trash) return;
  auto* dialog = new QFileDialog(this, tr("Export the pictures to a folder"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::DontUseNativeDialog);  // the native one has no room for the question below
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  auto* bare = new QCheckBox(tr("Without recipes and other metadata"), dialog);
  if (auto* grid = qobject_cast<QGridLayout*>(dialog->layout())) grid->addWidget(bare, grid->rowCount(), 0, 1, -1);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, bare](const QString& folder) { gallery_.exportTo(folder, !bare->isChecked()); });
  dialog->open();
}

void GalleryPage::importPictures() {
  auto* dialog = new QFileDialog(this, tr("Import pictures of this program"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilter(tr("Pictures (*.png)"));
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  connect(dialog, &QFileDialog::filesSelected, &gallery_, &Gallery::importFiles);
  dialog->open();
}

bool GalleryPage::take(const QMimeData* data) {
  QStringList files;
  for (const QUrl& url : data->urls())
    if (url.isLocalFile()) files << url.toLocalFile();
  gallery_.importFiles(files);
  return !files.isEmpty();
}

void GalleryPage::resizeEvent(QResizeEvent* event) {
  panel_->setFixedWidth(width() >= kRoomy ? 262 : 252);
  QWidget::resizeEvent(event);
}

}  // namespace b3o
