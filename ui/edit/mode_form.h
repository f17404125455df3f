// What is asked of an edit: the mode in plain words, and the few controls that it has. Only what the model can do is
// offered.
#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>
#include <array>
#include <vector>

#include "ui/edit/level_row.h"
#include "ui/look/controls.h"
#include "ui/state/edit_session.h"

namespace b3o {

QString modeTitle(EditMode mode);

class ModeForm : public QWidget {
  Q_OBJECT
 public:
  ModeForm(EditSession& session, ModelState& model, QWidget* parent = nullptr);
  EditMode mode() const;
  QMargins extension() const;  // canvas asked for, in pixels
  Choice* modes() const { return mode_; }
  QPlainTextEdit* words() const { return words_; }
  LevelRow* strength() const { return strength_; }
  LevelRow* blend() const { return blend_; }
  LevelRow* side(int index) const { return sides_[size_t(index)]; }  // left, top, right, bottom
  LevelRow* grow() const { return grow_; }
  LevelRow* feather() const { return feather_; }
  LevelRow* meaning() const { return meaning_; }
  QLineEdit* seed() const { return seed_; }
  QPushButton* dice() const { return dice_; }
  QPushButton* film() const { return film_; }
  QPushButton* keepCells() const { return keep_; }
  QPushButton* wholePicture() const { return whole_; }
  QPushButton* secondButton() const { return second_; }
  QPushButton* more() const { return more_; }
  Segmented* count() const { return count_; }
  Segmented* crop() const { return crop_; }
  Segmented* resampling() const { return resampling_; }
  QString note() const { return note_->text(); }

 Q_SIGNALS:
  void changed();       // the form in the session has other values
  void secondWanted();  // asks for the other picture's file

 private:
  void build();
  QWidget* buildBlend();
  QWidget* buildMore();
  void retranslate();
  void offerModes();  // of the loaded model
  void take();        // from the session
  void give();        // to the session
  void render();
  EditForm form() const;
  QWidget* line(Label*& name, std::initializer_list<QWidget*> widgets);

  EditSession& session_;
  ModelState& model_;
  bool taking_ = false;
  Choice* mode_ = nullptr;
  QPlainTextEdit* words_ = nullptr;
  Paragraph* note_ = nullptr;
  LevelRow *strength_ = nullptr, *blend_ = nullptr, *grow_ = nullptr, *feather_ = nullptr, *meaning_ = nullptr;
  bool meaning_set_ = false;  // by the user; else the mode's own
  std::array<LevelRow*, 4> sides_ = {};
  QWidget *sides_box_ = nullptr, *blend_box_ = nullptr, *more_box_ = nullptr, *crop_row_ = nullptr,
          *resampling_row_ = nullptr, *count_row_ = nullptr;
  Label *seed_name_ = nullptr, *count_name_ = nullptr, *crop_name_ = nullptr, *resampling_name_ = nullptr,
        *second_name_ = nullptr;
  QPushButton *second_ = nullptr, *film_ = nullptr, *whole_ = nullptr, *keep_ = nullptr, *soft_ = nullptr,
              *dice_ = nullptr, *more_ = nullptr;
  QLineEdit* seed_ = nullptr;
  Segmented *count_ = nullptr, *crop_ = nullptr, *resampling_ = nullptr;
};

}  // namespace b3o
