// What the engine says about the turn that is being written.
#include <algorithm>

#include "ui/state/conversation.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

TalkTurn::State keptState(Turn::State state) {
  return state == Turn::State::done     ? TalkTurn::State::done
         : state == Turn::State::failed ? TalkTurn::State::failed
                                        : TalkTurn::State::stopped;
}

int pictureTokens(const AnswerReady& answer) {
  int tokens = 0;
  for (const auto& grid : answer.image_grids) tokens += tokensOf(grid);
  return tokens;
}

}  // namespace

void Conversation::arrive(JobId id, const Event& event) {
  if (id == ahead_ && id != 0) {
    if (const auto* answer = std::get_if<AnswerReady>(&event)) countPictures(*answer);
    if (!is_terminal(event)) return;
    ahead_ = 0;
    Q_EMIT changed();
    return;
  }
  if (now_->job == id && id != 0) return hear(*now_, event);
  for (const auto& session : aside_)
    if (session->job == id && id != 0) return hear(*session, event);
}

// Copies the live turn into its row, when that is shown.
void Conversation::tell(Session& session) {
  for (size_t row = 0; row < session.turns.size(); ++row) {
    Turn& shown = session.turns[row];
    if (shown.id != session.live.id) continue;
    session.live.branch = shown.branch;
    session.live.branches = shown.branches;
    shown = session.live;
    if (&session == now_.get()) Q_EMIT turnChanged(int(row));
    return;
  }
}

void Conversation::hear(Session& session, const Event& event) {
  Turn& turn = session.live;
  const bool draws = turn.intent != Intent::ask;
  if (std::holds_alternative<Started>(event)) {
    turn.state = draws ? Turn::State::drawing : Turn::State::reading;
    turn.text.clear();  // when memory was short, the answer begins once more
    turn.preview = {};
    tell(session);
  } else if (const auto* delta = std::get_if<TextDelta>(&event)) {
    const QString text = QString::fromUtf8(delta->text);
    const bool first = std::exchange(turn.state, Turn::State::writing) != Turn::State::writing;
    turn.text += text;
    if (first) return tell(session);
    const auto row = std::find_if(session.turns.begin(), session.turns.end(),
                                  [&](const Turn& shown) { return shown.id == turn.id; });
    if (row == session.turns.end()) return;
    row->text += text;
    if (&session == now_.get()) Q_EMIT textAppended(int(row - session.turns.begin()), text);
  } else if (const auto* now = std::get_if<StageProgress>(&event)) {
    if (!draws) return;
    if (!turn.has_progress || now->stage != turn.progress.stage) session.remaining.reset();
    if (now->done >= 2) session.remaining.update(now->seconds_remaining);
    turn.progress = *now;
    turn.has_progress = true;
    QStringList parts{paceText(now->seconds_per_step), session.remaining.text()};
    parts.removeAll(QString());
    turn.time = parts.join(QStringLiteral(" · "));
    tell(session);
  } else if (const auto* preview = std::get_if<Preview>(&event)) {
    // The map of the plan stands in until there is a picture to see.
    if (preview->image.empty() || (preview->kind == Preview::Kind::plan_map && turn.preview.width() > 8)) return;
    turn.preview = toQImage(std::make_shared<const Image>(preview->image));
    tell(session);
  } else if (const auto* ready = std::get_if<ImageReady>(&event)) {
    keepPicture(session, *ready);
  } else if (const auto* answer = std::get_if<AnswerReady>(&event)) {
    turn.text = QString::fromUtf8(answer->text);
    turn.seconds = answer->seconds;
    turn.tokens = int(answer->ids.size());
    TalkTurn& kept = session.talk.turn(turn.id);
    kept.context = int(answer->input_ids.size() + answer->ids.size());
    kept.picture_tokens = std::min(kept.context, pictureTokens(*answer));
    tell(session);
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    if (failed->refusal) return refuse(session, QString::fromUtf8(failed->message));
    finish(session, Turn::State::failed, QString::fromUtf8(failed->message));
  } else if (std::holds_alternative<Cancelled>(event)) {
    finish(session, Turn::State::stopped);
  } else if (std::holds_alternative<Finished>(event)) {
    finish(session, Turn::State::done);
  }
}

void Conversation::keepPicture(Session& session, const ImageReady& ready) {
  Turn& turn = session.live;
  Attachment drawn;
  drawn.name = fileNameFor(ready.recipe);
  drawn.recipe = ready.recipe;
  drawn.picture.image = std::make_shared<const Image>(ready.image);
  drawn.picture.thumbnail = thumbnailOf(toQImage(drawn.picture.image), 640);
  session.talk.add_picture(turn.id, {0, drawn.name.toStdString(), {}, ready.recipe});
  const int64_t id = session.talk.turn(turn.id).pictures.back().id;
  drawn.key = uint64_t(id);
  turn.seconds = ready.seconds;
  turn.pictures.push_back(drawn);
  if (session.source.picture.image)
    Q_EMIT edited({session.source.picture.image, session.source.name, session.source.recipe, drawn.picture.image,
                   ready.recipe, turn.notice, ready.seconds});
  session.pictures[id] = std::move(drawn);
  tell(session);
}

// A refusal is an answer in words, as it would be in a talk, and no failure.
void Conversation::refuse(Session& session, const QString& sentence) {
  session.live.intent = session.talk.turn(session.live.id).intent = Intent::ask;
  session.live.text = sentence;
  finish(session, Turn::State::done);
  if (&session == now_.get()) reset(int(session.talk.path().size()) - 1);
}

void Conversation::finish(Session& session, Turn::State state, const QString& error) {
  Turn& turn = session.live;
  turn.state = state;
  turn.error = error;
  TalkTurn& kept = session.talk.turn(turn.id);
  kept.state = keptState(state);
  kept.text = turn.text.toStdString();
  kept.error = error.toStdString();
  kept.seconds = turn.seconds;
  kept.tokens = turn.tokens;
  session.job = 0;
  tell(session);
  Q_EMIT worthKeeping(session.key);
  Q_EMIT changed();
}

}  // namespace b3o
