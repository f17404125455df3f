// The check list: a prompt as yes/no questions that the same model answers about the picture it drew. What fails is
// drawn again, up to a number of tries, and the best is shown. The model judges itself, and the page says so.
#pragma once

#include <QObject>
#include <QStringList>
#include <deque>
#include <map>
#include <vector>

#include "ui/state/image_job.h"

namespace b3o {

// "a green flower left of a yellow fish at night": Is there a green flower? Is there a yellow fish? Is the green flower
// left of the yellow fish? Is it night? At most five; none for words that this reading does not understand.
QStringList checkQuestions(const QString& prompt);

struct CheckItem {
  enum class State { waiting, yes, no, unclear };
  QString question, answer;
  State state = State::waiting;
};

class SelfCheck : public QObject {
  Q_OBJECT
 public:
  SelfCheck(EngineBridge& bridge, ModelState& model, ImageJob& job, QObject* parent = nullptr);

  bool possible() const { return model_.can().draw && model_.can().see && model_.can().chat; }
  bool on() const { return on_; }
  void setOn(bool on);
  int tries() const { return tries_; }
  void setTries(int tries);  // redraws at most; 0: only tells

  // A picture from elsewhere: only looked at, never drawn again. The key must differ from those of the job's pictures.
  void look(uint64_t key, SharedImage image, const QString& prompt);

  const std::vector<CheckItem>* items(uint64_t picture) const;  // null: it was not checked
  QString verdict(uint64_t picture) const;                      // "3 of 4 fit", "redrawing, try 2 of 3"

 Q_SIGNALS:
  void changed();

 private:
  struct Check {
    std::vector<CheckItem> items;
    uint64_t chain = 0;  // the key of the first picture that this one tries to better
    int attempt = 0;
    int fits() const;
    bool failed() const;
  };
  void consider(int row);
  void put(uint64_t key, Check check, const QString& prompt);
  SharedImage imageOf(uint64_t key) const;
  void ask();
  void arrive(JobId id, const Event& event);
  void settle(uint64_t picture);

  EngineBridge& bridge_;
  ModelState& model_;
  ImageJob& job_;
  bool on_ = false;
  int tries_ = 2;
  std::map<uint64_t, Check> checks_;                      // by Picture::key, or that of look()
  std::map<uint64_t, SharedImage> others_;                // of look()
  std::map<uint64_t, std::pair<uint64_t, int>> redrawn_;  // by seed: chain and attempt of a redraw on its way
  std::deque<std::pair<uint64_t, size_t>> waiting_;       // picture and item
  JobId asking_ = 0;
};

}  // namespace b3o
