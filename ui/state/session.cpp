#include "ui/state/session.h"

#include <QCoreApplication>
#include <algorithm>

namespace b3o {
namespace {

constexpr int kTurnTokens = 5;          // the template around a message
constexpr double kBytesPerToken = 3.6;  // of usual text
constexpr int kPatch = 28, kMostPictureTokens = 16384;
constexpr double kNearlyFull = 0.85;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Conversation)
};

Turn::State stateOf(TalkTurn::State state) {
  switch (state) {
    case TalkTurn::State::stopped:
      return Turn::State::stopped;
    case TalkTurn::State::failed:
      return Turn::State::failed;
    case TalkTurn::State::done:
      break;
  }
  return Turn::State::done;
}

Turn turnOf(const Session& session, int64_t id) {
  const TalkTurn& kept = session.talk.turn(id);
  Turn turn;
  turn.id = id;
  turn.role = kept.user ? Turn::Role::user : Turn::Role::model;
  turn.intent = kept.intent;
  turn.state = stateOf(kept.state);
  turn.text = QString::fromStdString(kept.text);
  turn.error = QString::fromStdString(kept.error);
  turn.notice = QString::fromStdString(kept.notice);
  turn.seconds = kept.seconds;
  turn.tokens = kept.tokens;
  for (const auto& picture : kept.pictures)
    if (const auto it = session.pictures.find(picture.id); it != session.pictures.end())
      turn.pictures.push_back(it->second);
  return turn;
}

int textTokens(size_t bytes) { return bytes == 0 ? 0 : kTurnTokens + int(double(bytes) / kBytesPerToken) + 1; }

int pictureTokens(const Attachment& attachment) {
  if (!attachment.picture.image) return 0;
  if (attachment.tokens > 0) return attachment.tokens;
  const auto& image = *attachment.picture.image;
  const int64_t cells = int64_t((image.width + kPatch - 1) / kPatch) * ((image.height + kPatch - 1) / kPatch);
  return int(std::clamp<int64_t>(cells, 4, kMostPictureTokens));
}

SharedImage imageOf(const Session& session, int64_t picture) {
  const auto it = session.pictures.find(picture);
  return it == session.pictures.end() ? nullptr : it->second.picture.image;
}

// The picture that a question has in front of its own: the newest drawn since the last answered question.
const TalkPicture* drawnBefore(const Talk& talk, const std::vector<int64_t>& path, size_t question) {
  for (size_t i = question; i-- > 0;) {
    const TalkTurn& turn = talk.turn(path[i]);
    if (turn.intent == Intent::ask && !turn.user && !turn.text.empty()) return nullptr;
    if (!turn.user && !turn.pictures.empty()) return &turn.pictures.back();
  }
  return nullptr;
}

}  // namespace

int tokensOf(const std::array<int64_t, 3>& grid) {
  return int(grid[0] * grid[1] * grid[2] / 4);  // four patches become one token
}

QString titleOf(const Session& session) {
  return session.title.isEmpty() ? QString::fromStdString(session.talk.title()) : session.title;
}

void showPath(Session& session) {
  session.turns.clear();
  for (const int64_t id : session.talk.path()) {
    Turn turn = session.job && id == session.live.id ? session.live : turnOf(session, id);
    const auto& branches = session.talk.branches(id);
    turn.branches = int(branches.size());
    turn.branch = int(std::find(branches.begin(), branches.end(), id) - branches.begin());
    session.turns.push_back(std::move(turn));
  }
}

const Attachment* lastPicture(const Session& session, int64_t until) {
  const Attachment* last = nullptr;
  for (const int64_t id : session.talk.path()) {
    if (id == until) break;
    for (const auto& picture : session.talk.turn(id).pictures)
      if (const auto it = session.pictures.find(picture.id); it != session.pictures.end()) last = &it->second;
  }
  return last;
}

ChatRequest chatRequest(const Session& session, int64_t question) {
  ChatRequest chat;
  const Talk& talk = session.talk;
  const auto path = talk.path();
  for (size_t i = 0; i < path.size(); ++i) {
    const TalkTurn& asked = talk.turn(path[i]);
    if (!asked.user || asked.intent != Intent::ask) continue;
    const bool last = path[i] == question;
    // A question that was never answered, and its missing answer, are no part of the talk.
    const TalkTurn* answer = !last && i + 1 < path.size() ? &talk.turn(path[i + 1]) : nullptr;
    if (!last && (!answer || answer->text.empty())) continue;
    ChatMessage message{"user", {}};
    const auto add = [&](const TalkPicture& picture) {
      if (SharedImage image = imageOf(session, picture.id)) message.parts.push_back({{}, std::move(image)});
    };
    if (const TalkPicture* drawn = drawnBefore(talk, path, i)) {
      const auto same = [&](const TalkPicture& p) { return imageOf(session, p.id) == imageOf(session, drawn->id); };
      const bool brought = std::any_of(asked.pictures.begin(), asked.pictures.end(), same);
      if (!brought) add(*drawn);
    }
    for (const auto& picture : asked.pictures) add(picture);
    if (!asked.text.empty()) message.parts.push_back({asked.text, nullptr});
    chat.messages.push_back(std::move(message));
    if (last) break;
    chat.messages.push_back({"assistant", {{answer->text, nullptr}}});
  }
  return chat;
}

ChatRequest picturesRequest(const Session& session) {
  ChatRequest chat = chatRequest(session, 0);
  ChatMessage message{"user", {}};
  const auto& attached = session.attachments;
  if (const TalkPicture* drawn = drawnBefore(session.talk, session.talk.path(), session.talk.path().size())) {
    const SharedImage image = imageOf(session, drawn->id);
    const auto same = [&](const Attachment& a) { return a.picture.image == image; };
    if (image && std::none_of(attached.begin(), attached.end(), same)) message.parts.push_back({{}, image});
  }
  for (const auto& a : attached)
    if (a.picture.image) message.parts.push_back({{}, a.picture.image});
  if (!message.parts.empty()) chat.messages.push_back(std::move(message));
  chat.options.max_tokens = 1;
  return chat;
}

ContextUse contextUse(const Session& session, const QString& text, int limit) {
  ContextUse use;
  use.limit = limit;
  const Talk& talk = session.talk;
  const auto path = talk.path();
  const auto add = [&](const Attachment& picture) {
    const int tokens = pictureTokens(picture);
    use.tokens += tokens;
    use.picture_tokens += tokens;
    use.about = true;
  };
  for (size_t i = 0; i < path.size(); ++i) {
    const TalkTurn& turn = talk.turn(path[i]);
    use.pictures += int(turn.pictures.size());
    if (!turn.user && turn.context > 0) {  // counted by the model: all before it is in it
      use.tokens = turn.context;
      use.picture_tokens = turn.picture_tokens;
      use.about = false;
      continue;
    }
    if (turn.intent != Intent::ask || turn.text.empty()) continue;
    if (turn.user)
      for (const auto& picture : turn.pictures)
        if (const auto it = session.pictures.find(picture.id); it != session.pictures.end()) add(it->second);
    use.tokens += textTokens(turn.text.size());
    use.about = true;
  }
  if (const TalkPicture* drawn = drawnBefore(talk, path, path.size()))
    if (const auto it = session.pictures.find(drawn->id); it != session.pictures.end()) add(it->second);
  for (const auto& attachment : session.attachments) add(attachment);
  use.pictures += int(session.attachments.size());
  if (!text.isEmpty()) {
    use.tokens += textTokens(size_t(text.toUtf8().size()));
    use.about = true;
  }
  if (limit > 0 && use.tokens >= limit)
    use.warning = Words::tr(
                      "This is too long: the model takes %L1 tokens and would refuse. Delete turns, use smaller "
                      "pictures or start a new chat.")
                      .arg(limit);
  else if (limit > 0 && use.tokens > kNearlyFull * limit)
    use.warning = Words::tr(
                      "Nearly full: the answer ends after about %L1 tokens. Delete turns or start a new chat to make "
                      "room.")
                      .arg(limit - use.tokens);
  return use;
}

}  // namespace b3o
