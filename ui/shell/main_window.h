// The window: rail, pages, status line; wires the states to the pages and the actions to both.
#pragma once

#include <QMainWindow>
#include <QStackedWidget>
#include <QTimer>
#include <functional>

#include "ui/chat/chat_page.h"
#include "ui/compare/compare_page.h"
#include "ui/create/create_page.h"
#include "ui/edit/edit_page.h"
#include "ui/gallery/gallery_page.h"
#include "ui/look/tab_order.h"
#include "ui/shell/actions.h"
#include "ui/shell/diagnostics.h"
#include "ui/shell/drop_hint.h"
#include "ui/shell/load_dialog.h"
#include "ui/shell/log_page.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/status_line.h"
#include "ui/shell/studio.h"
#include "ui/shell/system_theme.h"

namespace b3o {

struct WindowOptions {
  ModelTools tools = {};                  // what the load dialog may ask about folders
  ModelPlaces places = {};                // where it looks for them
  ModelState::MakeModel make_model = {};  // the load dialog's "make a random tiny model"; empty: not offered
  QString tiny_folder = {};               // where that model is kept
  std::optional<Theme> theme = {};        // asked for at the start; else as remembered
  QString log_file = {};                  // empty: the program writes none
};

enum class Page { chat, create, edit, gallery, compare };  // in the order of the rail

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  MainWindow(Studio& studio, Settings settings, WindowOptions options = {}, QWidget* parent = nullptr);

  // Loads the folder; an empty one opens the load dialog.
  void start(const QString& folder);
  void showLoadDialog();
  // Comes to the front with these files: a folder is a model, anything else a picture for the chat.
  void receive(const QStringList& files);
  void showPage(Page page);
  ChatPage* chat() const { return chat_; }
  CreatePage* create() const { return create_; }
  EditPage* edit() const { return edit_; }
  GalleryPage* gallery() const { return gallery_; }
  ComparePage* comparison() const { return compare_; }
  LoadDialog* loadDialog() const { return load_dialog_; }
  SettingsDialog* settingsDialog() const { return settings_dialog_; }
  LogPage* logPage() const { return log_page_; }
  StatusLine* statusLine() const { return status_; }

 protected:
  bool focusNextPrevChild(bool next) override { return moveFocus(this, next); }
  void resizeEvent(QResizeEvent* event) override;
  void moveEvent(QMoveEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build();
  void wire();
  void buildMenu();
  void buildModelMenu();
  void applyChosenTheme();
  void chooseTheme(ThemeChoice choice);
  void chooseAutomatic(bool on);
  void buildSettings();
  void keepPlace();
  void onCreate(const std::function<void()>& act);
  void onGallery(const std::function<void()>& act);
  void createFrom(const Recipe& recipe);
  void paste();
  void buildEditing();
  void wireEditing();
  void wireOthers();
  void compare(const CompareSide& left, const CompareSide& right);
  bool takeForEditing(const QMimeData* data);
  QString dropWords(const QMimeData* data) const;

  Studio& studio_;
  Settings settings_;
  WindowOptions options_;
  SystemTheme system_theme_;
  ModelShelf shelf_;
  ThemeChoice theme_;
  QTimer place_pause_;
  Actions actions_;
  QMenu *menu_ = nullptr, *model_menu_ = nullptr;
  Rail* rail_ = nullptr;
  QToolButton* page_buttons_[5] = {};
  QStackedWidget* pages_ = nullptr;
  ChatPage* chat_ = nullptr;
  CreatePage* create_ = nullptr;
  EditPage* edit_ = nullptr;
  GalleryPage* gallery_ = nullptr;
  ComparePage* compare_ = nullptr;
  StatusLine* status_ = nullptr;
  LoadDialog* load_dialog_ = nullptr;
  SettingsDialog* settings_dialog_ = nullptr;
  LogPage* log_page_ = nullptr;
  Diagnostics* diagnostics_ = nullptr;
  DropHint* drop_hint_ = nullptr;
};

}  // namespace b3o
