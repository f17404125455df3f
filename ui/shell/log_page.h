// The last lines of the program's log, by level; copies them, opens their folder, copies the report.
#pragma once

#include <QDialog>
#include <QPlainTextEdit>
#include <QTimer>

#include "ui/look/controls.h"
#include "ui/state/log_tail.h"
#include "ui/state/phrase.h"

namespace b3o {

class LogPage : public QDialog {
  Q_OBJECT
 public:
  explicit LogPage(const QString& file, QWidget* parent = nullptr);
  QPlainTextEdit* text() const { return text_; }
  Segmented* level() const { return level_; }
  QPushButton* copyButton() const { return copy_; }
  QPushButton* reportButton() const { return report_; }

  void sayCopied();  // shows the page, and that the report is in the clipboard

 Q_SIGNALS:
  void reportWanted();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void build();
  void writeWords();
  void render();
  LogLevel shownFrom() const;
  void say(Phrase what);

  LogTail tail_;
  QTimer look_;  // while the page is shown
  Label *title_ = nullptr, *count_ = nullptr;
  Segmented* level_ = nullptr;
  QPlainTextEdit* text_ = nullptr;
  Label* said_ = nullptr;
  Phrase saying_;
  QPushButton *copy_ = nullptr, *folder_ = nullptr, *report_ = nullptr, *close_ = nullptr;
};

}  // namespace b3o
