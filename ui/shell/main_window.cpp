#include "ui/shell/main_window.h"

#include <QActionGroup>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QScreen>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/shell/key_sheet.h"

namespace b3o {
namespace {

constexpr int kPlacePauseMs = 400;

ThemeChoice choiceOf(const WindowOptions& options, const Settings& settings) {
  if (!options.theme) return settings.theme();
  return *options.theme == Theme::dark ? ThemeChoice::dark : ThemeChoice::light;
}

// Empty when the data is no file of this machine.
QString droppedFile(const QMimeData* data) {
  for (const QUrl& url : data->urls())
    if (url.isLocalFile()) return url.toLocalFile();
  return {};
}

}  // namespace

MainWindow::MainWindow(Studio& studio, Settings settings, WindowOptions options, QWidget* parent)
    : QMainWindow(parent),
      studio_(studio),
      settings_(settings),
      options_(std::move(options)),
      system_theme_(this),
      shelf_(options_.tools, options_.places),
      theme_(choiceOf(options_, settings_)),
      actions_(this) {
  applyChosenTheme();
  build();
  wire();
  resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
  restoreGeometry(settings_.geometry());
  place_pause_.setSingleShot(true);
  place_pause_.setInterval(kPlacePauseMs);
  connect(&place_pause_, &QTimer::timeout, this, &MainWindow::keepPlace);
  studio_.idle.setAfter(std::chrono::minutes(settings_.idleUnloadMinutes()));
  const int page = settings_.page();
  showPage(page >= 0 && page < pages_->count() ? Page(page) : Page::chat);
  connect(pages_, &QStackedWidget::currentChanged, &place_pause_, qOverload<>(&QTimer::start));
  studio_.conversations.start();
  studio_.editing.openLast();
}

void MainWindow::build() {
  setWindowTitle(QStringLiteral("BLIP3-o Studio"));  // a name
  setMinimumSize(kLeastWindow);
  setAcceptDrops(true);
  buildMenu();
  model_menu_ = new QMenu(this);
  connect(model_menu_, &QMenu::aboutToShow, this, &MainWindow::buildModelMenu);
  buildModelMenu();

  auto* ground = new QWidget(this);
  auto* column = new QVBoxLayout(ground);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  rail_ = new Rail(ground);
  page_buttons_[0] = rail_->addPage(actions_[Do::go_chat], "chat");
  page_buttons_[1] = rail_->addPage(actions_[Do::go_create], "create");
  page_buttons_[2] = rail_->addPage(actions_[Do::go_edit], "edit");
  page_buttons_[3] = rail_->addPage(actions_[Do::go_gallery], "gallery");
  page_buttons_[4] = rail_->addPage(actions_[Do::go_compare], "compare");
  rail_->addMenu(menu_);
  pages_ = new QStackedWidget(ground);
  studio_.conversation.setAutomatic(settings_.automaticIntent());
  chat_ =
      new ChatPage({studio_.conversation, studio_.conversations, studio_.talk_out, studio_.out, studio_.model}, pages_);
  create_ = new CreatePage(studio_.drawing, studio_.model, studio_.out, studio_.prompts, studio_.form, studio_.offer,
                           studio_.check, pages_);
  gallery_ = new GalleryPage(studio_.gallery, pages_);
  buildEditing();
  for (QWidget* page : std::initializer_list<QWidget*>{chat_, create_, edit_, gallery_, compare_})
    pages_->addWidget(page);
  row->addWidget(rail_);
  row->addWidget(pages_, 1);
  column->addLayout(row, 1);
  status_ = new StatusLine(studio_.model, studio_.line, studio_.queue, studio_.memory, model_menu_, ground);
  column->addWidget(status_);
  setCentralWidget(ground);
  drop_hint_ = new DropHint(ground);
  buildSettings();
  load_dialog_ = new LoadDialog(studio_.model, shelf_, options_.make_model, options_.tiny_folder, this);
}

void MainWindow::buildSettings() {
  settings_dialog_ = new SettingsDialog(
      settingsTable({settings_, studio_, [this] { return theme_; }, [this](ThemeChoice choice) { chooseTheme(choice); },
                     [this](bool on) { chooseAutomatic(on); }}),
      this);
  log_page_ = new LogPage(options_.log_file, this);
  diagnostics_ = new Diagnostics(studio_, options_.log_file, this);
  const auto report = [this] { diagnostics_->copy(settings_dialog_->table()); };
  connect(actions_[Do::settings], &QAction::triggered, settings_dialog_, &QDialog::open);
  connect(actions_[Do::log], &QAction::triggered, log_page_, &QWidget::show);
  connect(actions_[Do::report], &QAction::triggered, diagnostics_, report);
  connect(log_page_, &LogPage::reportWanted, diagnostics_, report);
  connect(diagnostics_, &Diagnostics::copied, log_page_, &LogPage::sayCopied);
}

void MainWindow::wire() {
  const auto on = [this](Do what, auto&& act) { connect(actions_[what], &QAction::triggered, this, act); };
  on(Do::go_chat, [this] { showPage(Page::chat); });
  on(Do::go_create, [this] { showPage(Page::create); });
  on(Do::go_gallery, [this] { showPage(Page::gallery); });
  on(Do::run, [this] {
    if (pages_->currentWidget() == chat_) chat_->run();
    onCreate([this] { create_->run(); });
  });
  on(Do::stop, [this] { studio_.line.stop(); });
  on(Do::new_chat, [this] {
    showPage(Page::chat);
    chat_->newChat();
  });
  on(Do::attach, [this] {
    showPage(Page::chat);
    chat_->choosePictures();
  });
  const auto onChat = [this, on](Do what, void (ChatPage::*act)()) {
    on(what, [this, act] {
      if (pages_->currentWidget() == chat_) (chat_->*act)();
    });
  };
  onChat(Do::find, &ChatPage::search);
  onChat(Do::rename, &ChatPage::rename);
  onChat(Do::remove_chat, &ChatPage::removeConversation);
  onChat(Do::export_chat, &ChatPage::exportConversation);
  onChat(Do::import_chat, &ChatPage::importConversation);
  onChat(Do::regenerate, &ChatPage::regenerate);
  onChat(Do::undo, &ChatPage::undo);
  onChat(Do::redo, &ChatPage::redo);
  on(Do::undo, [this] { onGallery([this] { studio_.gallery.steps().undo(); }); });
  on(Do::redo, [this] { onGallery([this] { studio_.gallery.steps().redo(); }); });
  actions_[Do::automatic]->setCheckable(true);
  actions_[Do::automatic]->setChecked(studio_.conversation.automatic());
  on(Do::automatic, [this](bool checked) { chooseAutomatic(checked); });
  on(Do::paste, [this] { paste(); });
  on(Do::save, [this] {
    onCreate([this] { create_->recipe()->save(); });
    onGallery([this] { gallery_->exportChosen(); });
  });
  on(Do::copy, [this] {
    onCreate([this] { create_->recipe()->copy(); });
    onGallery([this] { studio_.gallery.copy(); });
  });
  on(Do::run_first, [this] { onCreate([this] { create_->run(true); }); });
  on(Do::earlier_prompt, [this] { onCreate([this] { create_->panel()->walkPrompts(1); }); });
  on(Do::later_prompt, [this] { onCreate([this] { create_->panel()->walkPrompts(-1); }); });
  on(Do::save_bare, [this] { onCreate([this] { create_->recipe()->save(true); }); });
  on(Do::star, [this] { onGallery([this] { studio_.gallery.toggleStar(); }); });
  on(Do::trash, [this] { onGallery([this] { studio_.gallery.moveToTrash(); }); });
  on(Do::choose_all, [this] { onGallery([this] { gallery_->chooseAll(); }); });
  actions_[Do::carry_tokens]->setCheckable(true);
  actions_[Do::carry_tokens]->setChecked(studio_.gallery.carriesTokens());
  on(Do::carry_tokens, [this](bool checked) { studio_.gallery.setCarriesTokens(checked); });
  connect(&studio_.gallery, &Gallery::changed, this,
          [this] { actions_[Do::carry_tokens]->setChecked(studio_.gallery.carriesTokens()); });
  on(Do::more_like, [this] { onGallery([this] { gallery_->showMoreLike(); }); });
  on(Do::fit, [this] { onCreate([this] { create_->canvas()->fit(); }); });
  on(Do::actual_size, [this] { onCreate([this] { create_->canvas()->actualSize(); }); });
  wireEditing();
  on(Do::load, [this] { showLoadDialog(); });
  on(Do::theme, [this] { chooseTheme(&look() == &tokensOf(Theme::dark) ? ThemeChoice::light : ThemeChoice::dark); });
  on(Do::keys, [this] {
    auto* sheet = new KeySheet(this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
  });
  on(Do::quit, [this] { close(); });
  connect(&studio_.library, &Library::failed, create_, &CreatePage::setProblem);
  connect(gallery_, &GalleryPage::createWanted, this, &MainWindow::createFrom);
  connect(gallery_, &GalleryPage::askWanted, this, [this](const QString& path) {
    showPage(Page::chat);
    studio_.conversation.attachFile(path);
  });
  connect(gallery_, &GalleryPage::exampleChosen, this, [this](const QString& prompt) {
    showPage(Page::create);
    create_->panel()->setPrompt(prompt);
    create_->run();
  });
  connect(chat_, &ChatPage::modelWanted, this, &MainWindow::showLoadDialog);
  connect(create_, &CreatePage::modelWanted, this, &MainWindow::showLoadDialog);
  connect(&studio_.model, &ModelState::loaded, this,
          [this] { settings_.addRecentModel(QFileInfo(studio_.model.folder()).absoluteFilePath()); });
  connect(&system_theme_, &SystemTheme::changed, this, &MainWindow::applyChosenTheme);
}

void MainWindow::buildMenu() {
  menu_ = new QMenu(this);
  for (const Do what : {Do::new_chat, Do::attach, Do::export_chat, Do::import_chat, Do::automatic, Do::save,
                        Do::carry_tokens, Do::load})
    menu_->addAction(actions_[what]);
  auto* themes = menu_->addMenu(QString());
  auto* group = new QActionGroup(themes);
  for (int i = 0; i < 3; ++i) {
    auto* action = themes->addAction(QString());
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, i] { chooseTheme(ThemeChoice(i)); });
  }
  connect(themes, &QMenu::aboutToShow, this, [this, group] { group->actions()[int(theme_)]->setChecked(true); });
  retranslated(this, [themes, group] {
    themes->setTitle(tr("Theme"));
    const QString names[] = {tr("As the system"), tr("Dark"), tr("Light")};
    for (int i = 0; i < 3; ++i) group->actions()[i]->setText(names[i]);
  });
  menu_->addSeparator();
  for (const Do what : {Do::settings, Do::log, Do::report, Do::keys}) menu_->addAction(actions_[what]);
  menu_->addAction(actions_[Do::quit]);
}

void MainWindow::buildModelMenu() {
  model_menu_->clear();
  model_menu_->addAction(actions_[Do::load]);
  const QStringList recent = settings_.recentModels();
  if (!recent.isEmpty()) model_menu_->addSeparator();
  for (const auto& folder : recent) {
    // An ampersand in a path is no key.
    auto* action =
        model_menu_->addAction(fontMetrics().elidedText(shownPath(folder), Qt::ElideMiddle, 420).replace(u'&', "&&"));
    connect(action, &QAction::triggered, &studio_.model, [this, folder] { start(folder); });
  }
}

void MainWindow::start(const QString& folder) {
  if (!folder.isEmpty()) studio_.model.load(folder);
  showLoadDialog();
}

void MainWindow::showLoadDialog() {
  load_dialog_->setRecent(settings_.recentModels());
  load_dialog_->open();
}

void MainWindow::receive(const QStringList& files) {
  setWindowState(windowState() & ~Qt::WindowMinimized);
  show();
  raise();
  activateWindow();
  for (const auto& file : files) {
    if (QFileInfo(file).isDir()) {
      start(file);
    } else {
      showPage(Page::chat);
      studio_.conversation.attachFile(file);
    }
  }
}

void MainWindow::showPage(Page page) {
  page_buttons_[int(page)]->setChecked(true);
  pages_->setCurrentIndex(int(page));
  // Keys that mean something else on other pages are free there.
  const auto only = [this](bool here, std::initializer_list<Do> actions) {
    for (const Do what : actions) actions_[what]->setEnabled(here);
  };
  only(page == Page::gallery, {Do::star, Do::trash, Do::choose_all, Do::more_like});
  only(page == Page::create, {Do::earlier_prompt, Do::later_prompt});
  only(page == Page::edit,
       {Do::brush, Do::eraser, Do::smaller_brush, Do::larger_brush, Do::invert_mark, Do::export_session});
  only(page == Page::chat || page == Page::edit || page == Page::gallery, {Do::undo, Do::redo});
  only(page == Page::edit || page == Page::compare, {Do::swap, Do::open_picture});
  if (page == Page::chat) chat_->focusText();
  if (page == Page::create) create_->focusText();
  if (page == Page::edit) edit_->focusView();
  if (page == Page::gallery) gallery_->focusView();
  if (page == Page::compare) compare_->focusView();
}

void MainWindow::createFrom(const Recipe& recipe) {
  showPage(Page::create);
  create_->panel()->setRecipe(recipe);
}

void MainWindow::onCreate(const std::function<void()>& act) {
  if (pages_->currentWidget() == create_) act();
}

void MainWindow::onGallery(const std::function<void()>& act) {
  if (pages_->currentWidget() == gallery_) act();
}

void MainWindow::paste() {
  if (takeForEditing(QGuiApplication::clipboard()->mimeData())) return;
  if (pages_->currentWidget() == chat_) chat_->take(QGuiApplication::clipboard()->mimeData());
}

void MainWindow::applyChosenTheme() {
  const Theme wanted = theme_ == ThemeChoice::system ? system_theme_.theme()
                       : theme_ == ThemeChoice::dark ? Theme::dark
                                                     : Theme::light;
  applyTheme(wanted);
}

void MainWindow::chooseTheme(ThemeChoice choice) {
  theme_ = choice;
  settings_.setTheme(choice);
  applyChosenTheme();
}

void MainWindow::chooseAutomatic(bool on) {
  settings_.setAutomaticIntent(on);
  studio_.conversation.setAutomatic(on);
  actions_[Do::automatic]->setChecked(on);
}

// Not only at the end: a program that is killed comes back as well.
void MainWindow::keepPlace() {
  place_pause_.stop();
  settings_.setGeometry(saveGeometry());
  settings_.setPage(pages_->currentIndex());
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (isVisible()) place_pause_.start();
}

void MainWindow::moveEvent(QMoveEvent* event) {
  QMainWindow::moveEvent(event);
  if (isVisible()) place_pause_.start();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  keepPlace();
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (const QString words = dropWords(event->mimeData()); !words.isEmpty()) {
    event->acceptProposedAction();
    return drop_hint_->showOver(pages_->geometry(), words);
  }
  const bool create = pages_->currentWidget() == create_, gallery = pages_->currentWidget() == gallery_;
  if (create || gallery ? droppedFile(event->mimeData()).isEmpty()
                        : pages_->currentWidget() != chat_ || !holdsPictures(event->mimeData()))
    return;
  event->acceptProposedAction();
  drop_hint_->showOver(pages_->geometry(), create    ? tr("Drop to look for a recipe in it")
                                           : gallery ? tr("Drop to import the pictures")
                                                     : tr("Drop to attach the picture"));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { drop_hint_->hide(); }

void MainWindow::dropEvent(QDropEvent* event) {
  drop_hint_->hide();
  if (takeForEditing(event->mimeData())) return event->acceptProposedAction();
  if (pages_->currentWidget() == chat_ && chat_->take(event->mimeData())) event->acceptProposedAction();
  if (pages_->currentWidget() == gallery_ && gallery_->take(event->mimeData())) event->acceptProposedAction();
  if (pages_->currentWidget() != create_) return;
  studio_.offer.read(droppedFile(event->mimeData()));
  event->acceptProposedAction();
}

}  // namespace b3o
