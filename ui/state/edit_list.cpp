#include "ui/state/edit_list.h"

#include <algorithm>
#include <exception>

#include "core/base/log.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {

// A picture of the conversation and what it grew out of, hashed.
struct EditList::Grown {
  std::shared_ptr<EditPicture> source, result;
};

namespace {

// Behind the picture it grew out of.
void growDocument(EditDocument& document, const EditedPicture& edited, const std::string& source_sha256,
                  const std::shared_ptr<EditPicture>& result) {
  const int64_t parent = *document.find(source_sha256);
  document.go_to(parent);
  document.add(parent, result, edited.recipe, edited.notice.toStdString(), edited.seconds, milliseconds_now());
}

EditDocument documentOf(const EditedPicture& edited, const std::shared_ptr<EditPicture>& source) {
  return {source, edited.source_name.left(kLongestGivenName).toStdString(), milliseconds_now(), edited.source_recipe};
}

// In the session that has the picture it grew out of; else in a new one.
void growKept(Store& store, const EditedPicture& edited, const std::shared_ptr<EditPicture>& source,
              const std::shared_ptr<EditPicture>& result) {
  EditDocument document;
  int64_t id = 0;
  std::string title;
  if (const auto known = store.edit_with_picture(source->sha256)) {
    const auto stored = store.load_edit(*known);
    id = *known;
    title = stored->line.title;
    document = edit_document_from_json(stored->json, title);
    fill_masks(document, stored->mask, [&](const std::string& file) { return store.attachment(file); }, title);
  }
  if (!document.find(source->sha256)) {  // it may be a result there that was not applied
    id = 0;
    title = edited.source_name.left(kLongestGivenName).toStdString();
    document = documentOf(edited, source);
  }
  growDocument(document, edited, source->sha256, result);
  const int64_t kept = store.save_edit(storedEdit(document, store, id, title));
  if (id == 0) setUnseen(store, kept, true);
}

}  // namespace

EditList::EditList(Library& library, EditSession& session, Conversation& conversation, QObject* parent)
    : QObject(parent), library_(library), session_(session) {
  connect(&session_, &EditSession::kept, this, &EditList::refresh);
  connect(&session_, &EditSession::opened, this, &EditList::changed);
  connect(&conversation, &Conversation::edited, this, &EditList::join);
  refresh();
  if (library_.canWrite()) library_.run([](Store& store) { store.drop_unnamed_attachments(); });
}

void EditList::refresh() {
  struct Lists {
    std::vector<EditLine> lines, trashed;
  };
  library_.run(
      this, [words = words_.toStdString()](Store& store) { return Lists{store.edits(words), store.edits({}, true)}; },
      [this](Lists lists) {
        lines_ = std::move(lists.lines);
        trashed_ = std::move(lists.trashed);
        std::erase_if(thumbnails_, [this](const auto& known) {
          const auto shows = [&](const EditLine& line) { return line.cover == known.first; };
          return std::none_of(lines_.begin(), lines_.end(), shows) &&
                 std::none_of(trashed_.begin(), trashed_.end(), shows);
        });
        Q_EMIT changed();
      });
}

// What fails is told; the list is read again either way.
template <class Work>
void EditList::write(Work work) {
  library_.run(
      this,
      [work = std::move(work)](Store& store) -> QString {
        try {
          work(store);
          return {};
        } catch (const std::exception& e) {
          return QString::fromUtf8(e.what());
        }
      },
      [this](const QString& error) {
        error_ = error;
        refresh();
      });
}

QImage EditList::thumbnail(const EditLine& line) {
  const auto it = thumbnails_.find(line.cover);
  if (it != thumbnails_.end()) return it->second;
  if (!reading_.insert(line.cover).second) return {};
  library_.read(
      this,
      [file = line.cover](Store& store) {
        try {
          return QImage::fromData(QByteArray::fromStdString(store.attachment_thumbnail(file)), "PNG");
        } catch (const std::exception&) {
          return QImage();  // shown as missing
        }
      },
      [this, id = line.id, file = line.cover](const QImage& image) {
        if (image.isNull()) return;
        thumbnails_[file] = image;
        reading_.erase(file);
        Q_EMIT thumbnailReady(id);
      });
  return {};
}

void EditList::search(const QString& words) {
  words_ = words;
  refresh();
}

void EditList::rename(int64_t id, const QString& title) {
  const QString name = title.simplified();
  if (name.isEmpty()) return;
  if (id == session_.id()) return session_.setTitle(name);
  write([id, text = name.toStdString()](Store& store) { store.rename_edit(id, text); });
}

void EditList::trash(int64_t id) {
  if (id == 0) return;
  if (id == session_.id()) session_.close();
  undo_.push_back(id);
  write([id](Store& store) { store.trash_edits({id}); });
}

void EditList::undo() {
  if (undo_.empty()) return;
  const int64_t id = undo_.back();
  restore(id);
  open(id);
}

void EditList::restore(int64_t id) {
  std::erase(undo_, id);
  write([id](Store& store) { store.restore_edits({id}); });
}

void EditList::deleteForGood(int64_t id) {
  std::erase(undo_, id);
  write([id](Store& store) { store.delete_edits_for_good({id}); });
}

// Into the session that is open when it has the source, else into the kept one.
void EditList::join(const EditedPicture& edited) {
  if (!edited.source || !edited.result) return;
  if (!library_.canWrite()) return joinAside(edited);
  std::set<std::string> here;
  for (const int64_t id : session_.document().ids()) here.insert(session_.document().node(id).picture->sha256);
  library_.run(
      this,
      [edited, here](Store& store) -> std::pair<Grown, bool> {
        Grown grown{edit_picture(edited.source), edit_picture(edited.result)};
        const bool live = here.contains(grown.source->sha256);
        try {
          if (!live) growKept(store, edited, grown.source, grown.result);
        } catch (const std::exception& e) {
          log_warning(e.what());  // the conversation has the picture all the same
        }
        return {std::move(grown), live};
      },
      [this, edited](const std::pair<Grown, bool>& done) { take(done.first, edited, done.second); });
}

// Where nothing can be kept, the session lives in memory.
void EditList::joinAside(const EditedPicture& edited) {
  background_.run([edited] { return Grown{edit_picture(edited.source), edit_picture(edited.result)}; },
                  [this, edited](const Grown& grown) {
                    const std::string& source = grown.source->sha256;
                    if (session_.grow(source, grown.result, edited.recipe, edited.notice, edited.seconds)) return;
                    auto aside = session_.takeAside(source);
                    if (!aside) aside = EditSession::Aside{documentOf(edited, grown.source), {}, false};
                    growDocument(aside->document, edited, source, grown.result);
                    session_.putAside(std::move(*aside));
                  });
}

void EditList::take(const Grown& grown, const EditedPicture& edited, bool live) {
  if (!live) return refresh();
  if (session_.grow(grown.source->sha256, grown.result, edited.recipe, edited.notice, edited.seconds)) return;
  // Another one was opened meanwhile.
  write([edited, grown](Store& store) { growKept(store, edited, grown.source, grown.result); });
}

}  // namespace b3o
