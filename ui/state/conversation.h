// One chat: its turns, what is attached to the next question, and the answer that is being written.
#pragma once

#include <QObject>
#include <QString>
#include <vector>

#include "ui/bridge/picture.h"
#include "ui/state/background.h"
#include "ui/state/model_state.h"

namespace b3o {

struct Attachment {
  QString name;
  BroughtPicture picture;
  bool reading = false;
  uint64_t key = 0;
};

struct Turn {
  enum class Role { user, model };
  enum class State { waiting, reading, writing, done, stopped, failed };
  Role role = Role::user;
  State state = State::done;
  QString text;
  std::vector<Attachment> pictures;
  QString error;   // failed: one sentence
  QString notice;  // of the model that answered
  double seconds = 0;
  int tokens = 0;

  bool open() const { return state == State::waiting || state == State::reading || state == State::writing; }
};

class Conversation : public QObject {
  Q_OBJECT
 public:
  Conversation(EngineBridge& bridge, ModelState& model, QObject* parent = nullptr);

  const std::vector<Turn>& turns() const { return turns_; }
  QString title() const;                                 // the first question; empty at the start
  int contextTokens() const { return context_tokens_; }  // of the last question and its answer; 0: not known yet
  int pictureCount() const;                              // in the whole conversation

  // The next question's pictures. Files and clipboard pictures are read off this thread.
  const std::vector<Attachment>& attachments() const { return attachments_; }
  void attachFile(const QString& path);
  void attachBytes(const QByteArray& bytes, const QString& name);  // of a picture file
  void attachImage(const QImage& image, const QString& name);
  void removeAttachment(uint64_t key);

  bool answering() const { return job_ != 0; }
  // Why this text cannot be sent now, as a sentence; empty when it can.
  QString problem(const QString& text) const;
  void send(const QString& text);
  void stop();
  void clear();  // a new chat

 Q_SIGNALS:
  void turnAdded(int row);
  void turnChanged(int row);
  void textAppended(int row,
                    const QString& text);  // all that changed; the first text of an answer comes by turnChanged
  void cleared();
  void attachmentsChanged();
  void changed();

 private:
  void attach(const QString& name, std::function<BroughtPicture()> read);
  void arrive(JobId id, const Event& event);
  void finish(Turn::State state, const QString& error = {});
  ChatRequest request() const;

  EngineBridge& bridge_;
  ModelState& model_;
  Background background_;
  std::vector<Turn> turns_;
  std::vector<Attachment> attachments_;
  uint64_t last_key_ = 0;
  JobId job_ = 0;  // writes the last turn; 0: none
  int context_tokens_ = 0;
};

}  // namespace b3o
