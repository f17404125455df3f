#include "ui/state/conversation_list.h"

#include <algorithm>
#include <exception>

namespace b3o {
namespace {

constexpr int kDraftPauseMs = 500;
constexpr const char* kOpen = "chat.open";

void count(ConversationLine& line, const Talk& talk) {
  line.turns = line.pictures = 0;
  for (const int64_t id : talk.path()) {
    ++line.turns;
    line.pictures += int(talk.turn(id).pictures.size());
  }
}

std::string allWords(const Talk& talk) {
  std::string words;
  for (const int64_t id : talk.ids()) words.append(talk.turn(id).text).append("\n");
  return words;
}

}  // namespace

// The id and the pictures' names of a session whose first writing the window does not know of yet.
struct ConversationList::Written {
  std::map<uint64_t, int64_t> ids;
  std::map<std::pair<uint64_t, int64_t>, std::string> files;
};

ConversationList::ConversationList(Conversation& conversation, std::shared_ptr<Shelf> shelf, QObject* parent)
    : QObject(parent),
      conversation_(conversation),
      shelf_(std::move(shelf)),
      written_(std::make_shared<Written>()),
      background_(&pool_) {
  pool_.setMaxThreadCount(1);
  draft_timer_.setSingleShot(true);
  draft_timer_.setInterval(kDraftPauseMs);
  connect(&draft_timer_, &QTimer::timeout, this, &ConversationList::writeDrafts);
  connect(&conversation_, &Conversation::worthKeeping, this, &ConversationList::keep);
  connect(&conversation_, &Conversation::drafted, this, &ConversationList::noteDraft);
  connect(&conversation_, &Conversation::opened, this, &ConversationList::remember);
  connect(&conversation_, &Conversation::turnRemoved, this, [this](quint64 key) {
    steps_.push({[] { return tr("The question and its answer are deleted."); },
                 [] { return tr("The question and its answer are back."); },
                 [this, key] { return conversation_.undoRemoval(key); },
                 [this, key] { return conversation_.redoRemoval(key); }});
  });
  refresh();
}

ConversationList::~ConversationList() {
  writeDrafts();
  pool_.waitForDone();
}

template <class Work, class Then>
void ConversationList::later(Work work, Then then) {
  struct Outcome {
    std::optional<decltype(work())> value;
    QString error;
  };
  background_.run(
      [work = std::move(work)]() mutable -> Outcome {
        try {
          return {work(), {}};
        } catch (const std::exception& e) {
          return {std::nullopt, QString::fromUtf8(e.what())};
        }
      },
      [this, then = std::move(then)](Outcome outcome) mutable {
        error_ = outcome.error;
        if (outcome.value)
          then(std::move(*outcome.value));
        else
          Q_EMIT changed();
      });
}

void ConversationList::refresh() {
  later([shelf = shelf_, words = words_.toStdString()] { return shelf->lines(words); },
        [this](std::vector<ConversationLine> lines) {
          lines_ = std::move(lines);
          Q_EMIT changed();
        });
}

void ConversationList::start() {
  struct Left {
    int64_t id;
    QString draft;
  };
  later(
      [shelf = shelf_]() -> Left {
        return {QString::fromStdString(shelf->value(kOpen)).toLongLong(),
                QString::fromStdString(shelf->value(kNewDraft))};
      },
      [this](const Left& left) {
        new_draft_ = left.draft;
        const Session& now = conversation_.session();
        if (!now.turns.empty() || !now.attachments.empty() || !now.draft.isEmpty()) return;  // the user was faster
        if (left.id > 0) return open(left.id);
        if (!left.draft.isEmpty()) newChat();
      });
}

void ConversationList::search(const QString& words) {
  words_ = words;
  refresh();
}

void ConversationList::newChat() {
  opening_ = 0;
  conversation_.clear(new_draft_);
}

// What is open is opened again at the next start.
void ConversationList::remember() {
  later(
      [shelf = shelf_, id = current()] {
        shelf->setValue(kOpen, std::to_string(id));
        return true;
      },
      [](bool) {});
  Q_EMIT changed();
}

void ConversationList::keep(quint64 key) {
  const Session* session = conversation_.find(key);
  if (!session || (session->talk.empty() && session->id == 0)) return;
  StoredConversation stored;
  stored.line.id = session->id;
  stored.line.title = titleOf(*session).toStdString();
  stored.draft = session->draft.toStdString();
  std::map<int64_t, Attachment> fresh;
  for (const auto& [id, picture] : session->pictures)
    if (picture.file.isEmpty() && picture.picture.image) fresh[id] = picture;

  struct Kept {
    int64_t id;
    std::map<int64_t, std::string> files;
  };
  const auto write = [shelf = shelf_, written = written_, key, stored = std::move(stored), talk = session->talk,
                      fresh = std::move(fresh)]() mutable -> Kept {
    Kept kept{stored.line.id, {}};
    if (const auto it = written->ids.find(key); kept.id == 0 && it != written->ids.end()) kept.id = it->second;
    for (const auto& [id, picture] : fresh) {
      std::string& name = written->files[{key, id}];
      if (name.empty()) name = shelf->keepPicture(pngOf(*picture.picture.image, picture.recipe));
      kept.files[id] = name;
    }
    for (const int64_t id : talk.ids())
      for (auto& picture : talk.turn(id).pictures)
        if (const auto it = kept.files.find(picture.id); it != kept.files.end()) picture.file = it->second;
    stored.line.id = kept.id;
    stored.json = to_json(talk);
    stored.words = allWords(talk);
    count(stored.line, talk);
    kept.id = written->ids[key] = shelf->save(stored);
    return kept;
  };
  later(write, [this, key](const Kept& kept) {
    if (Session* session = conversation_.find(key)) {
      const bool first = session->id == 0;
      session->id = kept.id;
      for (auto& [id, picture] : session->pictures)
        if (const auto it = kept.files.find(id); it != kept.files.end())
          picture.file = QString::fromStdString(it->second);
      for (const int64_t id : session->talk.ids())
        for (auto& picture : session->talk.turn(id).pictures)
          if (const auto it = kept.files.find(picture.id); it != kept.files.end()) picture.file = it->second;
      if (first && key == conversation_.session().key) remember();
    }
    refresh();
  });
}

void ConversationList::noteDraft(quint64 key) {
  const Session* session = conversation_.find(key);
  if (!session) return;
  drafts_[session->id] = session->draft;
  if (session->id == 0) new_draft_ = session->draft;
  draft_timer_.start();
}

void ConversationList::writeDrafts() {
  draft_timer_.stop();
  for (const auto& [id, draft] : std::exchange(drafts_, {}))
    later(
        [shelf = shelf_, id = id, text = draft.toStdString()] {
          shelf->saveDraft(id, text);
          return true;
        },
        [](bool) {});
}

void ConversationList::open(int64_t id) {
  writeDrafts();
  opening_ = 0;
  if (conversation_.openLive(id)) return Q_EMIT changed();
  opening_ = id;
  struct Read {
    std::optional<StoredConversation> stored;
    Talk talk;
  };
  later(
      [shelf = shelf_, id]() -> Read {
        Read read{shelf->load(id), {}};
        if (read.stored) read.talk = talk_from_json(read.stored->json, read.stored->line.title);
        return read;
      },
      [this, id](Read read) {
        if (opening_ != id || !read.stored) return Q_EMIT changed();  // another was asked for meanwhile
        show(*read.stored, std::move(read.talk));
      });
}

void ConversationList::show(const StoredConversation& stored, Talk talk) {
  opening_ = 0;
  auto session = std::make_unique<Session>();
  session->id = stored.line.id;
  if (stored.line.title != talk.title()) session->title = QString::fromStdString(stored.line.title);
  session->draft = QString::fromStdString(stored.draft);
  for (const int64_t turn : talk.ids())
    for (const auto& p : talk.turn(turn).pictures) {
      Attachment& picture = session->pictures[p.id];
      picture.name = QString::fromStdString(p.name);
      picture.key = uint64_t(p.id);
      picture.recipe = p.recipe;
      picture.file = QString::fromStdString(p.file);
      picture.reading = !p.file.empty();
      if (p.file.empty()) picture.picture.error = tr("This picture was not kept.");
    }
  session->talk = std::move(talk);
  conversation_.open(std::move(session));
  const uint64_t key = conversation_.session().key;
  for (const auto& [id, picture] : conversation_.session().pictures) {
    if (!picture.reading) continue;
    reading_.run(
        [shelf = shelf_, file = picture.file.toStdString(), name = picture.name]() -> BroughtPicture {
          try {
            return decodePicture(QByteArray::fromStdString(shelf->picture(file)), name);
          } catch (const std::exception& e) {
            return {{}, {}, QString::fromUtf8(e.what())};
          }
        },
        [this, key, id = id](BroughtPicture brought) { conversation_.setPicture(key, id, std::move(brought)); });
  }
}

void ConversationList::rename(int64_t id, const QString& title) {
  const QString name = title.simplified();
  const auto it = std::find_if(lines_.begin(), lines_.end(), [&](const auto& line) { return line.id == id; });
  if (name.isEmpty() || id == 0 || it == lines_.end()) return;
  const QString before = QString::fromStdString(it->title);
  if (name == before) return;
  setTitle(id, name);
  const auto named = [](const QString& n) { return [n] { return tr("The conversation is named: %1").arg(n); }; };
  steps_.push({named(name), named(before), [this, id, before] { return setTitle(id, before), true; },
               [this, id, name] { return setTitle(id, name), true; }});
}

void ConversationList::setTitle(int64_t id, const QString& title) {
  if (conversation_.setTitle(title, id)) return;
  later(
      [shelf = shelf_, id, text = title.toStdString()] {
        shelf->rename(id, text);
        return true;
      },
      [this](bool) { refresh(); });
}

void ConversationList::remove(int64_t id) {
  const auto it = std::find_if(lines_.begin(), lines_.end(), [&](const auto& line) { return line.id == id; });
  if (id == 0 || it == lines_.end()) return;
  const QString title = QString::fromStdString(it->title);
  putAway(id);
  steps_.push({[title] { return tr("Deleted: %1").arg(title); }, [title] { return tr("Back again: %1").arg(title); },
               [this, id] { return bringBack(id), true; }, [this, id] { return putAway(id), true; }});
}

void ConversationList::putAway(int64_t id) {
  writeDrafts();
  conversation_.drop(id);
  later(
      [shelf = shelf_, id] {
        shelf->remove(id);
        return true;
      },
      [this](bool) { refresh(); });
}

// And opens it.
void ConversationList::bringBack(int64_t id) {
  conversation_.takeBack(id);
  later(
      [shelf = shelf_, id] {
        shelf->restore(id);
        return true;
      },
      [this, id](bool) {
        refresh();
        open(id);
      });
}

void ConversationList::add(const QString& title, Talk talk, std::map<int64_t, std::string> pictures) {
  later(
      [shelf = shelf_, name = title.toStdString(), talk = std::move(talk), pictures = std::move(pictures)]() mutable {
        for (const int64_t id : talk.ids())
          for (auto& picture : talk.turn(id).pictures)
            if (const auto it = pictures.find(picture.id); it != pictures.end())
              picture.file = shelf->keepPicture(it->second);
        StoredConversation stored;
        stored.line.title = name.empty() ? talk.title() : name;
        stored.json = to_json(talk);
        stored.words = allWords(talk);
        count(stored.line, talk);
        return shelf->save(stored);
      },
      [this](int64_t id) {
        refresh();
        open(id);
      });
}

}  // namespace b3o
