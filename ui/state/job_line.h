// What the engine is doing, in words and numbers: the status bar's job line.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <deque>

#include "ui/bridge/engine_bridge.h"
#include "ui/state/phrase.h"

namespace b3o {

// The estimate of the time that is left of a stage, as shown: it falls, and rises only together with a word.
class Remaining {
 public:
  void reset() { *this = {}; }
  void update(double seconds);  // negative: unknown
  QString text() const;         // empty: unknown; "about 4 s left of this stage"; "slower now, about 9 s left of ..."
  QString shortText() const;    // "~4 s"; "slower, ~9 s"

 private:
  double shown_ = -1;
  double before_rise_ = -1;  // negative: it has not risen, or fell back since
};

QString stageWord(Stage stage);        // "paint"
QString paceText(double seconds);      // "0.21 s a step"; empty for 0
QString durationText(double seconds);  // "1.9 s", "2 min 5 s"

class JobLine : public QObject {
  Q_OBJECT
 public:
  explicit JobLine(EngineBridge& bridge, QObject* parent = nullptr);

  bool running() const { return !jobs_.empty(); }
  int waiting() const { return jobs_.empty() ? 0 : int(jobs_.size()) - 1; }
  bool stopping() const { return stopping_; }
  QString again() const { return again_; }  // why the running job has begun once more; else empty
  QString stage() const;      // "paint", "load unet", "stopping"; while idle how the last job ended, or "idle"
  QString count() const;      // "5/8", "37 tokens"; may be empty
  QString pace() const;       // may be empty
  QString remaining() const;  // may be empty
  double fraction() const;    // of the stage; negative: unknown

  // Stops the job that runs now. Jobs that wait go on.
  void stop();

 Q_SIGNALS:
  void changed();

 private:
  void arrive(JobId id, const Event& event);
  void begin();
  void end(JobId id, const Event& event);

  EngineBridge& bridge_;
  std::deque<JobId> jobs_;  // front: the running one
  StageProgress progress_;
  LoadProgress load_;
  bool is_load_ = false, has_progress_ = false, stopping_ = false;
  Remaining remaining_;
  QElapsedTimer clock_;
  Phrase outcome_;
  QString again_;
};

}  // namespace b3o
