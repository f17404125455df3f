// One conversation while it is in memory: its tree of turns, its pictures, what is attached to the next question, and
// the turn that is being written.
#pragma once

#include <QImage>
#include <QString>
#include <map>
#include <vector>

#include "core/api/event.h"
#include "core/api/request.h"
#include "core/library/conversation.h"
#include "ui/bridge/picture.h"
#include "ui/state/job_line.h"

namespace b3o {

struct Attachment {
  QString name;
  BroughtPicture picture;
  bool reading = false;
  int tokens = 0;                // as the model counted them; 0: it has not
  uint64_t key = 0;              // of an attachment: its own; of a turn's picture: TalkPicture::id
  std::optional<Recipe> recipe;  // of a drawn one
  QString file;                  // where it is kept; empty: not yet
  QString check;                 // what the model says to its own picture; empty: it was not asked
};

// A turn as it is shown.
struct Turn {
  enum class Role { user, model };
  enum class State { waiting, reading, writing, drawing, done, stopped, failed };
  int64_t id = 0;
  Role role = Role::user;
  Intent intent = Intent::ask;  // of a question and of its answer alike
  State state = State::done;
  QString text;
  std::vector<Attachment> pictures;
  QString error;   // failed: one sentence
  QString notice;  // of the model that answered
  double seconds = 0;
  int tokens = 0;
  int branch = 0, branches = 1;  // the branch-th (from 0)

  // While a picture is drawn; the preview stays when it was stopped.
  StageProgress progress;
  bool has_progress = false;
  QString time;  // "0.21 s a step · about 1 s left of this stage"
  QImage preview;

  bool open() const {
    return state == State::waiting || state == State::reading || state == State::writing || state == State::drawing;
  }
};

struct Session {
  uint64_t key = 0;  // of this run of the program
  int64_t id = 0;    // where it is kept; 0: not yet
  QString title;     // given by the user; empty: the first question
  QString draft;
  Talk talk;
  std::map<int64_t, Attachment> pictures;  // by TalkPicture::id
  std::vector<Attachment> attachments;     // of the next question
  std::vector<Turn> turns;                 // the branch that is shown
  JobId job = 0;                           // writes `live`; 0: none
  Turn live;
  Attachment source;  // the picture that the turn changes
  Remaining remaining;
  std::vector<Talk::Removed> removed;  // turns that can be brought back, the newest last
  std::vector<int64_t> restored;       // questions that were brought back and can be removed again, the newest last
  bool deleted = false;                // until the user takes that back
};

QString titleOf(const Session& session);
// Fills session.turns from its tree.
void showPath(Session& session);
// The last picture of the path up to this turn (0: of the whole path), drawn or brought; null: there is none.
const Attachment* lastPicture(const Session& session, int64_t until = 0);

// A question's request, from the turns before it. The last drawn picture before a question stands in front of its own.
ChatRequest chatRequest(const Session& session, int64_t question);
// The same for a question of which only the pictures are known: what it makes the model remember is a beginning of the
// question's own request.
ChatRequest picturesRequest(const Session& session);

// Of a picture of so many patches: time, rows, columns.
int tokensOf(const std::array<int64_t, 3>& grid);

// How full the model's context is, with a text that is not sent yet and the attachments.
struct ContextUse {
  int tokens = 0, limit = 0;
  int picture_tokens = 0;  // of the tokens
  int pictures = 0;
  bool about = false;  // the next question is estimated
  QString warning;     // what happens at the limit, when that is near
};
ContextUse contextUse(const Session& session, const QString& text, int limit);

}  // namespace b3o
