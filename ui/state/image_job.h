// The pictures of this sitting and the job that draws the newest of them.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <vector>

#include "ui/bridge/picture.h"
#include "ui/state/create_form.h"
#include "ui/state/draw_queue.h"
#include "ui/state/job_line.h"
#include "ui/state/model_state.h"

namespace b3o {

struct Picture {
  enum class State { waiting, working, done, stopped, failed };
  State state = State::waiting;
  uint64_t key = 0;        // of this run of the program
  int number = 0, of = 1;  // the number-th picture (from 0) of a run
  QImage plan_map;         // null before the first
  QImage shown;            // the best there is: the result, else the newest estimate or painting; null before the first
  QImage thumbnail;        // of shown
  SharedImage image;       // done: the result
  PictureTokens tokens;    // done: what it was painted from
  Recipe recipe;           // complete when done
  QString notice;          // of the model that drew it
  double seconds = 0;
};

class ImageJob : public QObject {
  Q_OBJECT
 public:
  ImageJob(EngineBridge& bridge, ModelState& model, DrawQueue& queue, QObject* parent = nullptr);

  const std::vector<Picture>& pictures() const { return pictures_; }
  int selected() const { return selected_; }  // -1: none
  const Picture* picture() const { return selected_ < 0 ? nullptr : &pictures_[size_t(selected_)]; }
  void select(int row);

  bool drawing() const { return job_ != 0; }
  bool stopping() const { return stopping_; }
  QString error() const { return error_; }   // of the last run: one sentence
  bool refused() const { return refused_; }  // the sentence answers a request outside of what the model does
  // Where the run is: "Picture 2 of 4 · paint 5 of 8", "0.21 s a step · about 1 s left of this stage". Empty while
  // nothing is drawn.
  QString stageText() const;
  QString doing() const;  // "planning", "painting"; empty while nothing is drawn
  QString timeText() const;
  double fraction() const;  // of the stage; negative: not known

  // Why nothing can be drawn with this form now, as a sentence; empty when it can.
  QString problem(const CreateForm& form) const;
  // Draws now, or when what is drawn is ready; first: before everything that waits.
  void start(const CreateForm& form, bool first = false);
  void draw(const Recipe& recipe, int count, bool first = false);
  int rowOf(uint64_t key) const;  // -1: it is gone
  void stop();

 Q_SIGNALS:
  void picturesChanged();        // rows came or went
  void pictureChanged(int row);  // its image, state or recipe
  void selectionChanged();
  void changed();  // the run

 private:
  void begin(const QueuedDrawing& drawing);
  void beginNext();
  void arrive(JobId id, const Event& event);
  void showPreview(const Preview& preview);
  void keep(const ImageReady& ready);
  void end(Picture::State unfinished, const QString& error);
  int row(int picture) const;  // of the running job's k-th picture; -1: there is none
  void follow(int row);

  EngineBridge& bridge_;
  ModelState& model_;
  DrawQueue& queue_;
  std::vector<Picture> pictures_;
  int first_ = 0, count_ = 0;  // rows of the running job
  int selected_ = -1;
  bool following_ = false;  // the selection moves along with the run
  JobId job_ = 0;
  uint64_t last_key_ = 0;
  uint64_t queued_ = 0;  // the running job's key in the queue
  bool started_ = false, stopping_ = false, has_progress_ = false;
  StageProgress progress_;
  Remaining remaining_;
  QString error_;
  bool refused_ = false;
};

}  // namespace b3o
