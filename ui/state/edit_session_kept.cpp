// Writing a session: into the library after every step, into files when the user says so.
#include <QFileInfo>
#include <algorithm>
#include <map>
#include <span>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/image/codec.h"
#include "core/library/session_file.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {
namespace {

constexpr size_t kMostFileBytes = size_t(512) << 20;
constexpr const char* kUnseenValue = "edit.unseen";  // ids with a space between them, the newest last
constexpr qsizetype kMostUnseen = 200;

// The names that new files got, by the content of their picture or mask.
struct Names {
  std::map<std::string, std::string> pictures, masks;
};

// Gives every picture and mask of a copy a file's name. keep: takes a PNG and returns its name.
template <class Keep>
Names nameFiles(EditDocument& copy, Keep keep) {
  Names names;
  const auto picture = [&](EditPicture& p, const std::optional<Recipe>& recipe) {
    if (p.file.empty() && p.image) p.file = names.pictures[p.sha256] = keep(pngOf(*p.image, recipe));
  };
  const auto mask = [&](const std::shared_ptr<EditMask>& m) {
    if (m && m->file.empty()) m->file = names.masks[m->hash] = keep(mask_png(m->mask));
  };
  for (const int64_t id : copy.ids()) {
    picture(*copy.node(id).picture, copy.node(id).recipe);
    mask(copy.node(id).mask);
  }
  if (const EditProposals* waiting = copy.proposals()) {
    for (const auto& item : waiting->items) picture(*item.picture, item.recipe);
    mask(waiting->mask);
  }
  return names;
}

void takeNames(const EditDocument& document, const Names& names) {
  for (const auto& picture : document.pictures())
    if (const auto it = names.pictures.find(picture->sha256); it != names.pictures.end() && picture->file.empty())
      picture->file = it->second;
  for (const auto& mask : document.masks())
    if (const auto it = names.masks.find(mask->hash); it != names.masks.end() && mask->file.empty())
      mask->file = it->second;
}

std::string nameOfPng(std::string_view png) { return sha256_hex(png) + ".png"; }

bool isSource(const QString& path, const std::string& sha256) {
  try {
    const std::string bytes = read_file(toPath(path), kMostFileBytes);
    return image_sha256(decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), "file")) == sha256;
  } catch (const std::exception&) {
    return false;  // no picture
  }
}

}  // namespace

std::shared_ptr<const Image> decoded(const std::string& png, const std::string& where) {
  return std::make_shared<const Image>(decode_image(std::as_bytes(std::span(png.data(), png.size())), where));
}

bool isUnseen(const Store& store, int64_t id) {
  return QString::fromStdString(store.value(kUnseenValue)).split(u' ').contains(QString::number(id));
}

void setUnseen(Store& store, int64_t id, bool unseen) {
  QStringList ids = QString::fromStdString(store.value(kUnseenValue)).split(u' ', Qt::SkipEmptyParts);
  const QString text = QString::number(id);
  if (ids.contains(text) == unseen) return;
  ids.removeAll(text);
  if (unseen) ids << text;
  store.set_value(kUnseenValue, ids.mid(std::max<qsizetype>(0, ids.size() - kMostUnseen)).join(u' ').toStdString());
}

StoredEdit storedEdit(EditDocument& copy, Store& store, int64_t id, const std::string& title) {
  nameFiles(copy, [&](const std::string& png) { return store.keep_attachment(png, ".png"); });
  StoredEdit out;
  out.line.id = id;
  out.line.title = title;
  out.line.cover = copy.node(copy.current()).picture->file;
  out.json = to_json(copy);
  out.mask = mask_png(copy.mask());
  return out;
}

// Called after every finished step. While one is written, what comes meanwhile is written together afterwards.
void EditSession::save() {
  ++revision_;
  if (queued_ == saved_) write();
}

void EditSession::flush() {
  if (queued_ != revision_) write();
}

void EditSession::write() {
  if (!isOpen() || !library_.canWrite()) return;
  queued_ = revision_;
  struct Written {
    Names names;
    int64_t id = 0;
    QString error;
  };
  library_.run(
      this,
      [copy = document_.copy_to_keep(), id = written_, title = title().toStdString()](Store& store) mutable -> Written {
        try {
          Names names = nameFiles(copy, [&](const std::string& png) { return store.keep_attachment(png, ".png"); });
          *id = store.save_edit(storedEdit(copy, store, *id, title));
          return {std::move(names), *id, {}};
        } catch (const std::exception& e) {
          return {{}, 0, QString::fromUtf8(e.what())};
        }
      },
      [this, key = key_, revision = revision_](const Written& written) {
        if (key != key_) return;
        if (!written.error.isEmpty()) {
          queued_ = saved_;  // the next step tries again
          return say({}, written.error);
        }
        takeNames(document_, written.names);
        const bool first = id_ == 0;
        id_ = written.id;
        saved_ = revision;
        if (first) remember();
        Q_EMIT kept(id_);
        Q_EMIT changed();
        if (saved_ != revision_)
          write();
        else
          unload();
      });
}

// What is open is opened again at the next start.
void EditSession::remember() {
  if (!library_.canWrite()) return;
  library_.run([id = id_](Store& store) { store.set_value(kOpenValue, std::to_string(id)); });
}

// --- files

bool EditSession::mayWrite(const QString& path, bool overwrite) {
  if (path.isEmpty() || !isOpen()) return false;
  if (overwrite || !QFileInfo::exists(path)) return true;
  Q_EMIT exists(path);
  return false;
}

void EditSession::exportPicture(const QString& path, bool overwrite) {
  const SharedImage image = shared(document_.current());
  if (!image || !mayWrite(path, overwrite)) return;
  const QString name = QFileInfo(path).fileName();
  background_.run(
      [path, name, image, recipe = document_.node(document_.current()).recipe,
       source = document_.node(document_.source()).picture->sha256]() -> QString {
        if (QFileInfo::exists(path) && isSource(path, source))
          return tr("%1 holds the picture that this session began with, which is never written over; choose another "
                    "name.")
              .arg(name);
        return recipe ? savePng(path, *image, *recipe) : saveBarePng(path, *image);
      },
      [this, name](const QString& error) {
        if (!error.isEmpty()) return say({}, error);
        say([name] { return tr("Saved as %1.").arg(name); });
      });
}

void EditSession::exportSession(const QString& path, bool overwrite) {
  if (document_.stroking() || !mayWrite(path, overwrite)) return;
  const QString name = QFileInfo(path).fileName();
  later(
      [path, name, copy = document_.copy_to_keep(), title = title().toStdString(),
       source = document_.node(document_.source()).picture->sha256](Store* store) mutable -> QString {
        try {
          if (QFileInfo::exists(path) && isSource(path, source))
            return tr("%1 holds the picture that this session began with, which is never written over; choose another "
                      "name.")
                .arg(name);
          std::map<std::string, std::string> fresh;
          nameFiles(copy, [&](const std::string& png) {
            const std::string file = nameOfPng(png);
            fresh[file] = png;
            return file;
          });
          write_session_file(toPath(path), copy, title, [&](const std::string& file) {
            const auto it = fresh.find(file);
            return it != fresh.end() || !store ? fresh.at(file) : store->attachment(file);
          });
          return {};
        } catch (const std::exception& e) {
          return QString::fromUtf8(e.what());
        }
      },
      [this, name](const QString& error) {
        if (!error.isEmpty()) return say({}, error);
        say([name] { return tr("Saved as %1.").arg(name); });
      });
}

void EditSession::importSession(const QString& path) {
  opening_ = true;
  Q_EMIT changed();
  const uint64_t asked = ++asked_;
  const bool writes = library_.canWrite();
  later(
      [path, writes](Store* store) -> Opened {
        try {
          std::map<std::string, std::string> files;
          SessionFile read = read_session_file(toPath(path), [&](std::string_view png) {
            if (store && writes) return store->keep_attachment(png, ".png");
            const std::string name = nameOfPng(png);
            files[name] = png;
            return name;
          });
          const QString title = QString::fromStdString(read.title);
          if (store && writes)
            return {read.document, store->save_edit(storedEdit(read.document, *store, 0, read.title)), title, {}};
          // Without a place to keep them the pictures stay in memory.
          for (const auto& picture : read.document.pictures()) {
            picture->image = decoded(files.at(picture->file), picture->file);
            picture->file.clear();
          }
          for (const auto& mask : read.document.masks()) mask->file.clear();
          return {std::move(read.document), 0, title, {}};
        } catch (const std::exception& e) {
          return {{}, 0, {}, QString::fromUtf8(e.what())};
        }
      },
      [this, asked](Opened opened) {
        if (asked != asked_) return;
        const int64_t id = opened.id;
        show(std::move(opened));
        if (id) Q_EMIT kept(id);
      });
}

}  // namespace b3o
