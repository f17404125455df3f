// A picture turn: the picture sharpening in its place, both stages' progress beside it, and then what can be done with
// it.
#pragma once

#include <QImage>
#include <QProgressBar>
#include <QWidget>

#include "ui/chat/turn_actions.h"
#include "ui/state/session.h"

namespace b3o {

class PictureFrame;

class PictureView : public QWidget {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent);
  void render(const Turn& turn);
  QPushButton* ask() const { return ask_; }
  QPushButton* change() const { return change_; }
  QPushButton* edit() const { return edit_; }
  QPushButton* recipe() const { return recipe_; }
  QPushButton* save() const { return save_; }
  QPushButton* stop() const { return stop_; }
  Label* head() const { return head_; }
  QString check() const { return check_->isVisible() ? check_->text() : QString(); }
  TurnActions* actions() const { return actions_; }

 Q_SIGNALS:
  void regenerateWanted();
  void stopWanted();
  void brought(qint64 picture, b3o::Intent intent);  // "Ask about it", "Change it..."
  void editWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);
  void saveWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);
  void copyWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);

 private:
  void build();
  void writeWords();

  Attachment picture_;  // the finished one
  PictureFrame* frame_ = nullptr;
  Label *head_ = nullptr, *time_ = nullptr, *notice_ = nullptr;
  QProgressBar* bar_ = nullptr;
  ErrorLine* error_ = nullptr;
  QWidget* buttons_ = nullptr;
  QPushButton *ask_ = nullptr, *change_ = nullptr, *edit_ = nullptr, *recipe_ = nullptr, *save_ = nullptr,
              *copy_ = nullptr, *stop_ = nullptr;
  Paragraph *lines_ = nullptr, *check_ = nullptr;
  TurnActions* actions_ = nullptr;
};

}  // namespace b3o
