// The Edit page: the source with its mark, the tools, what is asked, the proposals, and the tree of what came of it.
#pragma once

#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QWidget>

#include "ui/edit/edit_canvas.h"
#include "ui/edit/edit_panel.h"
#include "ui/edit/history_strip.h"
#include "ui/edit/session_list.h"
#include "ui/edit/tool_column.h"
#include "ui/edit/tool_options.h"
#include "ui/look/empty_page.h"
#include "ui/state/compare.h"
#include "ui/state/sample_drawing.h"

namespace b3o {

// What the page shows and changes.
struct EditStates {
  EditSession& session;
  EditList& list;
  ModelState& model;
  SampleDrawing& sample;
};

class EditPage : public QWidget {
  Q_OBJECT
 public:
  explicit EditPage(const EditStates& states, QWidget* parent = nullptr);

  void run() { panel_->run(); }
  void chooseTool(Tool tool);
  void swapTools();  // brush and eraser
  void stepBrush(int step) { options_->stepSize(step); }
  void leaveTool();      // to moving the picture
  void choosePicture();  // asks for a file, as the next
  void chooseSession();  // .b3o
  void exportPicture();
  void exportSession();
  void renameCurrent() { history_->row()->rename(history_->row()->current()); }
  void setBefore(bool held);
  void focusView();
  // True when there was a picture in it, or a session's file.
  bool take(const QMimeData* data);

  EditCanvas* canvas() const { return canvas_; }
  EditPanel* panel() const { return panel_; }
  ToolColumn* tools() const { return tools_; }
  ToolOptions* options() const { return options_; }
  HistoryStrip* history() const { return history_; }
  EmptyPage* emptyPage() const { return empty_; }
  SessionList* sessions() const { return sessions_; }
  ErrorLine* error() const { return error_; }
  QPushButton* undoButton() const { return undo_; }
  QPushButton* redoButton() const { return redo_; }
  QPushButton* fileButton() const { return file_; }
  QPushButton* sessionsButton() const { return list_; }

 Q_SIGNALS:
  void modelWanted();
  void compareWanted(const b3o::CompareSide& left, const b3o::CompareSide& right);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  QWidget* buildMiddle();
  void wireCanvas();
  void retranslate();
  void render();
  void renderCanvas();
  void renderEmpty();
  void buildFileMenu();
  void runExample(const QString& words);
  void followRoundTrip();
  void bringSample(const SharedImage& image, const Recipe& recipe);
  void chooseSecond();
  void confirmOverwrite(const QString& path);
  void compareNode(int64_t node);
  void compareRoundTrip();
  CompareSide sideOf(int64_t node);

  EditStates states_;
  EditSession& session_;
  ModelState& model_;
  KeptCellsWatch cells_;
  ToolColumn* tools_ = nullptr;
  ToolOptions* options_ = nullptr;
  EditPanel* panel_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyPage* empty_ = nullptr;
  EditCanvas* canvas_ = nullptr;
  HistoryStrip* history_ = nullptr;
  SessionList* sessions_ = nullptr;
  QMenu* file_menu_ = nullptr;
  QPushButton *file_ = nullptr, *list_ = nullptr, *fit_ = nullptr, *undo_ = nullptr, *redo_ = nullptr;
  Label *facts_ = nullptr, *hint_ = nullptr, *message_ = nullptr;
  ErrorLine* error_ = nullptr;
  bool before_ = false;
  bool export_session_ = false;               // what the last export wrote
  int64_t compare_with_ = 0;                  // waits for its pixels; 0: nothing does
  QString example_;                           // the words that run as soon as the sample is open
  bool example_waits_ = false;                // for its round trip
  bool trip_ran_ = false, trip_cut_ = false;  // a run took the round trip's place; it comes after it
};

}  // namespace b3o
