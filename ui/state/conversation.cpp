#include "ui/state/conversation.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <algorithm>

#include "ui/state/create_form.h"

namespace b3o {
namespace {

constexpr size_t kMostPictures = 16;  // attached to one question
constexpr qsizetype kRoutedCharacters = 4000;
constexpr uint64_t kAttachment = uint64_t(1) << 63;  // keys of attachments; those of turns' pictures are below

Attachment named(const QString& name) {
  Attachment attachment;
  attachment.name = name;
  return attachment;
}

int rowOf(const Session& session, int64_t id) {
  const auto it =
      std::find_if(session.turns.begin(), session.turns.end(), [&](const Turn& turn) { return turn.id == id; });
  return it == session.turns.end() ? -1 : int(it - session.turns.begin());
}

}  // namespace

Conversation::Conversation(EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model) {
  now_ = std::make_unique<Session>();
  now_->key = ++last_session_;
  connect(&bridge_, &EngineBridge::arrived, this, &Conversation::arrive);
  connect(&model_, &ModelState::changed, this, &Conversation::changed);
}

void Conversation::attach(Attachment attachment, std::function<BroughtPicture()> read) {
  const uint64_t key = attachment.key = kAttachment | ++last_attachment_, session = now_->key;
  auto& list = now_->attachments;
  const bool fits = list.size() < kMostPictures;
  if (!fits) attachment.picture = {{}, {}, tr("One question takes at most %1 pictures.").arg(kMostPictures)};
  attachment.reading = fits && read;
  list.push_back(std::move(attachment));
  if (fits && read)
    background_.run(std::move(read), [this, key, session](BroughtPicture picture) {
      Session* there = find(session);
      if (!there) return;
      auto& list = there->attachments;
      const auto it = std::find_if(list.begin(), list.end(), [&](const auto& a) { return a.key == key; });
      if (it == list.end()) return;  // removed meanwhile
      it->picture = std::move(picture);
      it->reading = false;
      if (there == now_.get()) lookAhead();
      Q_EMIT attachmentsChanged();
      Q_EMIT changed();
    });
  else if (fits)
    lookAhead();
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

// The model reads the pictures while the user still writes; the answer then begins at the words.
void Conversation::lookAhead() {
  stopLookingAhead();
  if (answering() || !model_.ready() || !model_.can().chat || !model_.can().see) return;
  if (attachments().empty() || intentOf(now_->draft) != Intent::ask) return;
  const auto unread = [](const Attachment& a) { return a.reading || !a.picture.image; };
  if (std::any_of(attachments().begin(), attachments().end(), unread)) return;
  ChatRequest request = picturesRequest(*now_);
  ahead_pictures_.clear();
  for (const auto& message : request.messages)
    for (const auto& part : message.parts)
      if (part.image) ahead_pictures_.push_back(part.image);
  ahead_ = bridge_.submitUnseen(std::move(request));
}

void Conversation::stopLookingAhead() {
  if (ahead_) bridge_.cancel(std::exchange(ahead_, 0));
}

// How large the model's pictures are is its own affair: what it read ahead says so.
void Conversation::countPictures(const AnswerReady& answer) {
  for (size_t k = 0; k < std::min(ahead_pictures_.size(), answer.image_grids.size()); ++k) {
    const auto note = [&](Attachment& picture) {
      if (picture.picture.image == ahead_pictures_[k]) picture.tokens = tokensOf(answer.image_grids[k]);
    };
    for (auto& picture : now_->attachments) note(picture);
    for (auto& [id, picture] : now_->pictures) note(picture);
  }
}

ContextUse Conversation::context(const QString& text) const {
  ContextUse use = contextUse(*now_, text, model_.can().max_context);
  if (ahead_) use.warning.clear();  // it is just being counted
  return use;
}

void Conversation::attachFile(const QString& path) {
  attach(named(QFileInfo(path).fileName()), [path] { return readPicture(path); });
}

void Conversation::attachBytes(const QByteArray& bytes, const QString& name) {
  attach(named(name), [bytes, name] { return decodePicture(bytes, name); });
}

void Conversation::attachImage(const QImage& image, const QString& name) {
  attach(named(name), [image] { return adoptPicture(image); });
}

void Conversation::bringPicture(int64_t picture, Intent intent) {
  const auto it = now_->pictures.find(picture);
  if (it == now_->pictures.end()) return;
  once_ = intent;
  const auto same = [&](const Attachment& a) { return a.picture.image == it->second.picture.image; };
  if (std::any_of(attachments().begin(), attachments().end(), same)) return Q_EMIT changed();
  attach(it->second, {});
}

void Conversation::removeAttachment(uint64_t key) {
  std::erase_if(now_->attachments, [&](const auto& a) { return a.key == key; });
  lookAhead();
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

void Conversation::setAutomatic(bool on) {
  automatic_ = on;
  Q_EMIT changed();
}

void Conversation::choose(std::optional<Intent> intent) {
  choice_ = intent;
  once_.reset();
  Q_EMIT changed();
}

Route Conversation::routeOf(const QString& text) const {
  // The first words decide, or a question mark at the end; a pasted book need not be read at every key.
  const bool all = text.size() <= kRoutedCharacters;
  const QByteArray bytes = (all ? text : text.left(kRoutedCharacters / 2) + text.right(kRoutedCharacters / 2)).toUtf8();
  return route({{bytes.constData(), size_t(bytes.size())}, !attachments().empty(), lastPicture(*now_) != nullptr},
               model_.can());
}

Intent Conversation::intentOf(const QString& text) const {
  if (const auto chosen = choice()) return *chosen;
  return automatic_ ? routeOf(text).intent : Intent::ask;
}

QString Conversation::problem(const QString& text) const {
  if (!model_.ready()) return tr("Load a model first.");
  const Intent intent = intentOf(text);
  const Capabilities& can = model_.can();
  if (!can_do(intent, can))
    return intent == Intent::ask    ? tr("This model does not chat.")
           : intent == Intent::draw ? tr("This model does not draw.")
                                    : tr("This model does not edit pictures.");
  if (answering()) return tr("The answer is still being written.");
  for (const auto& a : attachments()) {
    if (a.reading) return tr("A picture is still being read.");
    if (!a.picture.error.isEmpty()) return tr("Remove the picture that could not be read.");
  }
  for (const auto& [id, picture] : now_->pictures)
    if (picture.reading) return tr("A picture is still being read.");
  if (!attachments().empty() && intent == Intent::ask && !can.see) return tr("This model does not look at pictures.");
  if (!attachments().empty() && intent == Intent::draw)
    return tr("Drawing takes only words: remove the picture, or choose Edit to change it.");
  if (intent == Intent::edit && attachments().empty() && !lastPicture(*now_))
    return tr("Attach the picture that is to be changed.");
  if (text.trimmed().isEmpty())
    return intent == Intent::ask    ? tr("Write a question.")
           : intent == Intent::draw ? tr("Write what to draw.")
                                    : tr("Write what to change.");
  return {};
}

void Conversation::send(const QString& text) {
  if (!problem(text).isEmpty()) return;
  if (intentOf(text) == Intent::ask)
    ahead_ = 0;  // what it read is the beginning of this question
  else
    stopLookingAhead();
  TalkTurn question;
  question.text = text.trimmed().toStdString();
  question.intent = intentOf(text);
  for (const auto& a : now_->attachments)
    question.pictures.push_back({0, a.name.toStdString(), a.file.toStdString(), a.recipe});
  const auto path = now_->talk.path();
  const int64_t id = now_->talk.add(path.empty() ? 0 : path.back(), std::move(question));
  const auto& pictures = now_->talk.turn(id).pictures;
  for (size_t k = 0; k < pictures.size(); ++k) {
    Attachment& kept = now_->pictures[pictures[k].id] = now_->attachments[k];
    kept.key = uint64_t(pictures[k].id);
  }
  now_->attachments.clear();
  setDraft({});
  once_.reset();
  showPath(*now_);
  Q_EMIT turnAdded(int(turns().size()) - 1);
  ask(id);
  Q_EMIT attachmentsChanged();
}

// Starts the answer to a question that is shown.
void Conversation::ask(int64_t question) {
  Session& session = *now_;
  TalkTurn answer;
  answer.user = false;
  answer.intent = session.talk.turn(question).intent;
  answer.state = TalkTurn::State::stopped;  // until it is whole
  answer.notice = model_.info().notice;
  Request request = requestFor(question);
  const int from = rowOf(session, question) + 1;
  const bool replaces = from < int(session.turns.size());
  session.live = {};
  session.live.id = session.talk.add(question, answer);
  session.live.role = Turn::Role::model;
  session.live.intent = answer.intent;
  session.live.state = Turn::State::waiting;
  session.live.notice = QString::fromStdString(answer.notice);
  session.source = {};
  if (const Attachment* source = answer.intent == Intent::edit ? sourceOf(question) : nullptr) session.source = *source;
  session.remaining.reset();
  session.job = bridge_.submit(std::move(request));
  showPath(session);
  if (replaces)
    Q_EMIT turnsReset(from);
  else
    Q_EMIT turnAdded(from);
  Q_EMIT worthKeeping(session.key);
  Q_EMIT changed();
}

Request Conversation::requestFor(int64_t question) const {
  const TalkTurn& asked = now_->talk.turn(question);
  if (asked.intent == Intent::ask) {
    ChatRequest chat = chatRequest(*now_, question);
    chat.options.seed = QRandomGenerator::global()->generate64();
    return chat;
  }
  CreateForm form = withDefaults({}, model_.can());
  form.prompt = QString::fromStdString(asked.text);
  Recipe recipe = toRecipe(form);
  if (asked.intent == Intent::draw) {
    GenerateRequest draw;
    draw.recipe = std::move(recipe);
    return draw;
  }
  EditRequest edit;
  recipe.task = "edit";
  recipe.strength = model_.can().default_edit_strength;
  if (model_.can().default_edit_steps > 0) recipe.paint.steps = model_.can().default_edit_steps;
  recipe.paint.width = recipe.paint.height = 0;  // as the source
  edit.recipe = std::move(recipe);
  if (const Attachment* source = sourceOf(question)) edit.source = source->picture.image;
  return edit;
}

const Attachment* Conversation::sourceOf(int64_t question) const {
  const auto& brought = now_->talk.turn(question).pictures;
  return brought.empty() ? lastPicture(*now_, question) : &now_->pictures.at(brought.back().id);
}

void Conversation::stop() {
  if (!now_->job) return;
  bridge_.cancel(now_->job);
  // One that still waits in the queue ends for the user now; the engine drops it when its turn comes.
  if (now_->live.state == Turn::State::waiting) finish(*now_, Turn::State::stopped);
}

QString Conversation::problemOfChange(const QString& text) const {
  if (!model_.ready()) return tr("Load a model first.");
  if (answering()) return tr("The answer is still being written.");
  if (text.trimmed().isEmpty()) return tr("Write a question.");
  for (const auto& [id, picture] : now_->pictures)
    if (picture.reading) return tr("A picture is still being read.");
  return {};
}

void Conversation::regenerate(int row) {
  if (row < 1 || row >= int(turns().size()) || turns()[size_t(row)].role != Turn::Role::model) return;
  const Turn& question = turns()[size_t(row) - 1];
  if (!problemOfChange(question.text).isEmpty() || !can_do(question.intent, model_.can())) return;
  ask(question.id);
}

void Conversation::resend(int row, const QString& text) {
  if (row < 0 || row >= int(turns().size()) || turns()[size_t(row)].role != Turn::Role::user) return;
  if (!problemOfChange(text).isEmpty()) return;
  const int64_t old = turns()[size_t(row)].id;
  TalkTurn question = now_->talk.turn(old);  // its pictures stay
  question.text = text.trimmed().toStdString();
  if (choice_) {
    question.intent = *choice_;
  } else if (automatic_) {
    const RouteInput input{question.text, !question.pictures.empty(), lastPicture(*now_, old) != nullptr};
    question.intent = route(input, model_.can()).intent;
  }
  if (question.intent == Intent::draw && !question.pictures.empty()) question.intent = Intent::edit;
  const bool has_source = !question.pictures.empty() || lastPicture(*now_, old);
  if (question.intent == Intent::edit && (!has_source || !model_.can().edit)) question.intent = Intent::ask;
  if (!can_do(question.intent, model_.can())) return;
  const int64_t id = now_->talk.add(now_->talk.parent(old), std::move(question));
  showPath(*now_);
  Q_EMIT turnsReset(row);
  ask(id);
}

void Conversation::showBranch(int row, int step) {
  if (row < 0 || row >= int(turns().size())) return;
  const int64_t id = turns()[size_t(row)].id;
  const auto& branches = now_->talk.branches(id);
  const auto at = std::find(branches.begin(), branches.end(), id) - branches.begin() + step;
  if (at < 0 || at >= std::ptrdiff_t(branches.size())) return;
  now_->talk.show(branches[size_t(at)]);
  reset(row);
}

void Conversation::reset(int from) {
  showPath(*now_);
  Q_EMIT turnsReset(from);
  Q_EMIT worthKeeping(now_->key);
  Q_EMIT changed();
}

void Conversation::remove(int row) {
  if (row < 0 || row >= int(turns().size()) || answering()) return;
  if (turns()[size_t(row)].role == Turn::Role::model) --row;
  now_->removed.push_back(now_->talk.remove(turns()[size_t(row)].id));
  now_->restored.clear();
  reset(row);
  Q_EMIT turnRemoved(now_->key);
}

// Null: it is not in memory, or an answer is being written in it.
Session* Conversation::changeable(quint64 key) {
  const Session* session = find(key);
  if (!session || session->deleted || session->job) return nullptr;
  if (now_->key != key) bringForward([key](const Session& s) { return s.key == key; });
  return now_.get();
}

bool Conversation::undoRemoval(quint64 key) {
  Session* session = changeable(key);
  if (!session || session->removed.empty()) return false;
  session->restored.push_back(session->removed.back().question);
  session->talk.restore(session->removed.back());
  session->removed.pop_back();
  reset(0);
  return true;
}

bool Conversation::redoRemoval(quint64 key) {
  Session* session = changeable(key);
  if (!session || session->restored.empty() || !session->talk.has(session->restored.back())) return false;
  session->removed.push_back(session->talk.remove(session->restored.back()));
  session->restored.pop_back();
  reset(0);
  return true;
}

void Conversation::setDraft(const QString& text) {
  if (text == now_->draft) return;
  now_->draft = text;
  Q_EMIT drafted(now_->key);
}

bool Conversation::setTitle(const QString& title, int64_t id) {
  Session* session = now_->id == id ? now_.get() : nullptr;
  for (const auto& other : aside_)
    if (other->id == id && id != 0) session = other.get();
  if (!session) return false;
  session->title = title.simplified();
  if (session->title == QString::fromStdString(session->talk.title())) session->title.clear();
  Q_EMIT worthKeeping(session->key);
  Q_EMIT changed();
  return true;
}

Session* Conversation::find(uint64_t key) {
  if (now_->key == key) return now_.get();
  for (const auto& session : aside_)
    if (session->key == key) return session.get();
  return nullptr;
}

// Shows this one; the one before stays aside as long as something runs or is attached, or can be taken back.
void Conversation::put(std::unique_ptr<Session> session) {
  stopLookingAhead();
  std::swap(now_, session);
  aside_.push_back(std::move(session));
  std::erase_if(aside_, [](const auto& s) {
    return !s->job && !s->deleted && s->removed.empty() && s->restored.empty() &&
           (s->attachments.empty() || s->id == 0);
  });
  once_.reset();
  Q_EMIT opened();
  Q_EMIT turnsReset(0);
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

void Conversation::clear(const QString& draft) {
  auto session = std::make_unique<Session>();
  session->draft = draft;
  session->key = ++last_session_;
  put(std::move(session));
}

void Conversation::open(std::unique_ptr<Session> session) {
  session->key = ++last_session_;
  showPath(*session);
  put(std::move(session));
}

bool Conversation::openLive(int64_t id) {
  if (now_->id == id) return true;
  return bringForward([id](const Session& s) { return s.id == id && !s.deleted; });
}

bool Conversation::bringForward(const std::function<bool(const Session&)>& wanted) {
  const auto it = std::find_if(aside_.begin(), aside_.end(), [&](const auto& s) { return wanted(*s); });
  if (it == aside_.end()) return false;
  auto session = std::move(*it);
  aside_.erase(it);
  showPath(*session);
  put(std::move(session));
  return true;
}

void Conversation::drop(int64_t id) {
  if (id == 0) return;
  const auto end = [&](Session& session) {
    if (session.job) {
      bridge_.cancel(session.job);
      finish(session, Turn::State::stopped);
    }
    session.deleted = true;
  };
  for (const auto& session : aside_)
    if (session->id == id) end(*session);
  if (now_->id == id) {
    end(*now_);
    clear();
  }
}

void Conversation::takeBack(int64_t id) {
  for (const auto& session : aside_)
    if (session->id == id) session->deleted = false;
}

void Conversation::setPicture(uint64_t key, int64_t picture, BroughtPicture brought) {
  Session* session = find(key);
  if (!session) return;
  const auto it = session->pictures.find(picture);
  if (it == session->pictures.end() || !it->second.reading) return;
  it->second.picture = std::move(brought);
  it->second.reading = false;
  showAgain(*session, picture);
  if (session == now_.get()) Q_EMIT changed();
}

void Conversation::setCheck(uint64_t key, int64_t picture, const QString& lines) {
  Session* session = find(key);
  if (!session) return;
  const auto it = session->pictures.find(picture);
  if (it == session->pictures.end() || it->second.check == lines) return;
  it->second.check = lines;
  showAgain(*session, picture);
}

void Conversation::showAgain(Session& session, int64_t picture) {
  showPath(session);
  if (&session != now_.get()) return;
  for (int row = 0; row < int(turns().size()); ++row)
    for (const auto& p : turns()[size_t(row)].pictures)
      if (p.key == uint64_t(picture)) Q_EMIT turnChanged(row);
}

}  // namespace b3o
