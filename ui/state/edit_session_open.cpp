// What becomes the open session: a picture of any kind, one that the library keeps, one that waits in memory.
#include <QFileInfo>
#include <algorithm>
#include <span>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/library/session_file.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {
namespace {

constexpr size_t kMostAside = 8;
constexpr size_t kMostPictureBytes = size_t(256) << 20;

}  // namespace

void EditSession::openFile(const QString& path) {
  const QFileInfo info(path);
  if (path.endsWith(QLatin1String(kSessionEnding), Qt::CaseInsensitive)) return importSession(path);
  bring([path] { return readPicture(path); }, info.fileName());
}

void EditSession::openBytes(const QByteArray& bytes, const QString& name) {
  bring([bytes, name] { return decodePicture(bytes, name); }, name);
}

void EditSession::openImage(const QImage& image, const QString& name) {
  bring([image] { return adoptPicture(image); }, name);
}

void EditSession::openPicture(const SharedImage& image, const QString& name, const std::optional<Recipe>& recipe) {
  if (image) bring([image] { return BroughtPicture{image, {}, {}}; }, name, recipe);
}

void EditSession::openGallery(int64_t picture) {
  struct Found {
    SharedImage image;
    std::optional<StoredPicture> stored;
    QString error;
  };
  if (!library_.isOpen()) return;
  opening_ = true;
  Q_EMIT changed();
  library_.run(
      this,
      [picture](Store& store) -> Found {
        try {
          auto stored = store.picture(picture);
          if (!stored) return {{}, {}, tr("This picture is no longer in the Gallery.")};
          const std::string png = read_file(store.picture_path(stored->line.file), kMostPictureBytes);
          return {decoded(png, stored->line.file), std::move(stored), {}};
        } catch (const std::exception& e) {
          return {{}, {}, QString::fromUtf8(e.what())};
        }
      },
      [this](const Found& found) {
        if (!found.image) return show({{}, 0, {}, found.error});
        const QString words = QString::fromStdString(found.stored->line.prompt).simplified().left(kLongestName);
        openPicture(found.image, words.isEmpty() ? QString::fromStdString(found.stored->line.file) : words,
                    found.stored->recipe);
      });
}

// Reads and hashes off this thread; then looks whether a session has it already.
void EditSession::bring(std::function<BroughtPicture()> read, const QString& name,
                        const std::optional<Recipe>& recipe) {
  struct Read {
    std::shared_ptr<EditPicture> picture;
    QString error;
  };
  opening_ = true;
  Q_EMIT changed();
  const uint64_t asked = ++asked_;
  background_.run(
      [read = std::move(read)]() -> Read {
        const BroughtPicture brought = read();
        if (!brought.image) return {nullptr, brought.error};
        return {edit_picture(brought.image), {}};
      },
      [this, asked, name, recipe](Read read) {
        if (asked != asked_) return;  // another was asked for meanwhile
        if (!read.picture) return show({{}, 0, {}, read.error});
        lookUp(std::move(read.picture), name, recipe);
      });
}

void EditSession::lookUp(std::shared_ptr<EditPicture> picture, const QString& name,
                         const std::optional<Recipe>& recipe) {
  if (isOpen())
    if (const auto node = document_.find(picture->sha256)) {
      opening_ = false;
      goTo(*node);
      Q_EMIT opened();
      return Q_EMIT changed();
    }
  if (auto aside = takeAside(picture->sha256)) {
    Opened found{.document = std::move(aside->document), .title = aside->title, .seen = aside->seen};
    found.node = found.document->find(picture->sha256).value_or(0);
    return show(std::move(found));
  }
  const uint64_t asked = asked_;
  later(
      [picture, name = name.left(kLongestGivenName).toStdString(), recipe](Store* store) -> Opened {
        if (store)
          if (const auto id = store->edit_with_picture(picture->sha256)) {
            Opened kept = readKept(*store, *id);
            kept.node = kept.document ? kept.document->find(picture->sha256).value_or(0) : 0;
            if (kept.node) return kept;  // else it is a result that was not applied
          }
        return {EditDocument(picture, name, milliseconds_now(), recipe), 0, {}, {}};
      },
      [this, asked](Opened opened) {
        if (asked == asked_) show(std::move(opened));
      });
}

void EditSession::putAside() {
  if (!isOpen() || library_.canWrite()) return;
  if (document_.ids().size() > 1 || document_.undo_step())
    putAside({std::move(document_), title_, round_trip_.state == RoundTrip::State::ready});
}

void EditSession::putAside(Aside session) {
  aside_.push_back(std::move(session));
  if (aside_.size() > kMostAside) aside_.erase(aside_.begin());
}

std::optional<EditSession::Aside> EditSession::takeAside(const std::string& sha256) {
  const auto it = std::find_if(aside_.rbegin(), aside_.rend(),
                               [&](const Aside& aside) { return aside.document.find(sha256).has_value(); });
  if (it == aside_.rend()) return {};
  Aside found = std::move(*it);
  aside_.erase(std::next(it).base());
  return found;
}

EditSession::Opened EditSession::readKept(Store& store, int64_t id) {
  try {
    const auto stored = store.load_edit(id);
    if (!stored) return {{}, 0, {}, tr("This session is no longer in the library.")};
    EditDocument document = edit_document_from_json(stored->json, stored->line.title);
    fill_masks(
        document, stored->mask, [&](const std::string& file) { return store.attachment(file); }, stored->line.title);
    return {.document = std::move(document),
            .id = id,
            .title = QString::fromStdString(stored->line.title),
            .seen = !isUnseen(store, id)};
  } catch (const std::exception& e) {
    return {{}, 0, {}, QString::fromUtf8(e.what())};
  }
}

void EditSession::openKept(int64_t session) {
  if (session == id_ && isOpen()) return Q_EMIT opened();
  opening_ = true;
  Q_EMIT changed();
  const uint64_t asked = ++asked_;
  later(
      [session](Store* store) -> Opened {
        return store ? readKept(*store, session) : Opened{{}, 0, {}, tr("Nothing is kept without a library.")};
      },
      [this, asked](Opened opened) {
        if (asked == asked_) show(std::move(opened));
      });
}

void EditSession::openLast() {
  later([](Store* store) { return store ? QString::fromStdString(store->value(kOpenValue)).toLongLong() : 0; },
        [this](qlonglong id) {
          if (id > 0 && !isOpen() && !opening_) openKept(id);
        });
}

void EditSession::show(Opened found) {
  opening_ = false;
  if (!found.document) return say({}, found.error);
  flush();
  putAside();
  if (job_) stop();
  stopRoundTrip();
  ++key_;
  document_ = std::move(*found.document);
  id_ = found.id;
  title_ = found.title == nameOf(document_.source()) ? QString() : found.title;
  revision_ = saved_ = queued_ = 0;
  written_ = std::make_shared<int64_t>(id_);
  job_ = 0;
  ended_ = stopping_ = mask_busy_ = false;
  results_.clear();
  preview_ = {};
  warnings_.clear();
  view_ = {};
  second_.reset();
  second_name_.clear();
  thumbnails_.clear();
  shown_.clear();
  loading_.clear();
  thumbing_.clear();
  round_trip_ = {};
  message_ = error_ = {};
  forgetSides();
  fitChoice();
  if (found.node) goTo(found.node);
  round_trip_wanted_ = isOpen() && !found.seen;
  if (round_trip_wanted_) startRoundTrip();
  remember();
  Q_EMIT opened();
  Q_EMIT changed();
}

void EditSession::close() {
  ++asked_;
  opening_ = false;
  if (isOpen()) show({EditDocument(), 0, {}, {}});
}

}  // namespace b3o
