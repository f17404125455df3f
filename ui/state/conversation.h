// The conversation that is open: asks, draws and edits in one thread of turns. Conversations that are put aside while
// the model still works for them go on.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <vector>

#include "core/library/router.h"
#include "ui/state/background.h"
#include "ui/state/model_state.h"
#include "ui/state/session.h"

namespace b3o {

// A picture that was changed by words in a conversation.
struct EditedPicture {
  SharedImage source;
  QString source_name;
  std::optional<Recipe> source_recipe;  // of a drawn one
  SharedImage result;
  Recipe recipe;
  QString notice;  // of the model
  double seconds = 0;
};

class Conversation : public QObject {
  Q_OBJECT
 public:
  Conversation(EngineBridge& bridge, ModelState& model, QObject* parent = nullptr);

  const Session& session() const { return *now_; }
  const std::vector<Turn>& turns() const { return now_->turns; }
  QString title() const { return titleOf(*now_); }  // empty at the start
  ContextUse context(const QString& text) const;
  int contextTokens() const { return contextUse(*now_, {}, 0).tokens; }
  int pictureCount() const { return contextUse(*now_, {}, 0).pictures; }

  // The next question's pictures. Files and clipboard pictures are read off this thread.
  const std::vector<Attachment>& attachments() const { return now_->attachments; }
  void attachFile(const QString& path);
  void attachBytes(const QByteArray& bytes, const QString& name);  // of a picture file
  void attachImage(const QImage& image, const QString& name);
  void removeAttachment(uint64_t key);
  // A picture of the thread, for the next question; "Ask about it" and "Change it..." choose what that does, once.
  void bringPicture(int64_t picture, Intent intent);

  // What sending does. Without automatic choice and without a choice it asks.
  void setAutomatic(bool on);  // may be switched off
  bool automatic() const { return automatic_; }
  void choose(std::optional<Intent> intent);  // none: by the words
  std::optional<Intent> choice() const { return once_ ? once_ : choice_; }
  Route routeOf(const QString& text) const;  // what the words alone say
  Intent intentOf(const QString& text) const;

  bool answering() const { return now_->job != 0; }
  // Why this text cannot be sent now, as a sentence; empty when it can.
  QString problem(const QString& text) const;
  void send(const QString& text);
  void stop();

  // On the turn in this row.
  void regenerate(int row);                            // an answer: once more, as a branch
  void resend(int row, const QString& text);           // a question: other words, as a branch
  void showBranch(int row, int step);                  // the one before (-1) or behind (1)
  void remove(int row);                                // a question and its answer
  QString problemOfChange(const QString& text) const;  // why none of these can be done now
  // The turn that was removed last from this conversation (Session::key), which is shown then. False: not possible now.
  bool undoRemoval(quint64 key);
  bool redoRemoval(quint64 key);

  void setDraft(const QString& text);
  bool setTitle(const QString& title, int64_t id);  // of one in memory; false: it is not
  void clear(const QString& draft = {});            // a new chat; what still runs goes on aside
  void open(std::unique_ptr<Session> session);      // one that was kept
  bool openLive(int64_t id);                        // one that is still in memory; false: it is not
  void drop(int64_t id);                            // stops what runs for it and puts it out of sight
  void takeBack(int64_t id);                        // one that was dropped can be opened again, as it was
  Session* find(uint64_t key);                      // in memory; null: gone
  void setPicture(uint64_t key, int64_t picture, BroughtPicture brought);  // one that was kept has been read
  void setCheck(uint64_t key, int64_t picture, const QString& lines);      // what the model says to its picture

 Q_SIGNALS:
  void turnAdded(int row);
  void turnChanged(int row);
  void textAppended(int row,
                    const QString& text);  // all that changed; the first text of an answer comes by turnChanged
  void turnsReset(int from);               // all rows from here on are others
  void opened();                           // another conversation is shown
  void turnRemoved(quint64 key);           // by the user
  void attachmentsChanged();
  void changed();
  void worthKeeping(quint64 key);  // something of it should be written
  void drafted(quint64 key);       // only its draft changed
  void edited(const b3o::EditedPicture& picture);

 private:
  void attach(Attachment attachment, std::function<BroughtPicture()> read);
  void put(std::unique_ptr<Session> session);
  bool bringForward(const std::function<bool(const Session&)>& wanted);  // one that is aside
  Session* changeable(quint64 key);
  void ask(int64_t question);
  void reset(int from);
  Request requestFor(int64_t question) const;
  const Attachment* sourceOf(int64_t question) const;  // what an edit changes; null: there is nothing
  void lookAhead();
  void stopLookingAhead();
  void countPictures(const AnswerReady& answer);

  void arrive(JobId id, const Event& event);
  void hear(Session& session, const Event& event);
  void keepPicture(Session& session, const ImageReady& ready);
  void refuse(Session& session, const QString& sentence);
  void finish(Session& session, Turn::State state, const QString& error = {});
  void tell(Session& session);  // that the live turn changed
  void showAgain(Session& session, int64_t picture);

  EngineBridge& bridge_;
  ModelState& model_;
  Background background_;
  std::unique_ptr<Session> now_;
  std::vector<std::unique_ptr<Session>> aside_;
  uint64_t last_session_ = 0, last_attachment_ = 0;
  JobId ahead_ = 0;                          // reads the attached pictures while the question is written; 0: none
  std::vector<SharedImage> ahead_pictures_;  // in the order in which it reads them
  bool automatic_ = true;
  std::optional<Intent> choice_, once_;
};

}  // namespace b3o
