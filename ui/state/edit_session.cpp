#include "ui/state/edit_session.h"

#include <QFileInfo>
#include <algorithm>
#include <span>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/library/session_file.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {
namespace {

constexpr int kSmallSide = 256;
constexpr int kLongestName = 48;  // that words become
constexpr size_t kMostPictureBytes = size_t(256) << 20;
constexpr size_t kMostPixelBytes = size_t(256) << 20;  // of pictures that can be read again

std::shared_ptr<const Image> decoded(const std::string& png, const std::string& where) {
  return std::make_shared<const Image>(decode_image(std::as_bytes(std::span(png.data(), png.size())), where));
}

}  // namespace

EditSession::EditSession(Library& library, EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), library_(library), bridge_(bridge), model_(model) {
  connect(&bridge_, &EngineBridge::arrived, this, &EditSession::arrive);
  connect(&model_, &ModelState::changed, this, &EditSession::changed);
  connect(&model_, &ModelState::loaded, this, [this] {
    const double strength = form_.strength;
    form_ = withDefaults(form_, model_.can());
    if (form_changed_) form_.strength = strength;  // the user's own
    if (round_trip_wanted_) startRoundTrip();
    Q_EMIT changed();
  });
}

EditSession::~EditSession() { flush(); }

void EditSession::say(Phrase message, Phrase error) {
  message_ = std::move(message);
  error_ = std::move(error);
  Q_EMIT changed();
}

// --- opening

QString EditSession::title() const {
  if (!title_.isEmpty() || !isOpen()) return title_;
  return nameOf(document_.source());
}

void EditSession::setTitle(const QString& title) {
  const QString name = title.simplified();
  if (name.isEmpty() || name == title_) return;
  title_ = name;
  save();
  Q_EMIT changed();
}

QString EditSession::nameOf(int64_t id) const {
  if (!document_.has(id)) return {};
  const EditNode& node = document_.node(id);
  if (!node.name.empty()) return QString::fromStdString(node.name);
  if (!node.recipe || node.parent == 0) return tr("Source");
  QString words = QString::fromStdString(node.recipe->prompt).simplified();
  if (words.size() > kLongestName) words = words.left(kLongestName - 1) + u'…';
  if (!words.isEmpty()) return words;
  switch (node.recipe->edit.mode) {
    case EditMode::repaint:
      return tr("Repainted");
    case EditMode::vary:
      return tr("Variation");
    case EditMode::blend:
      return tr("Blend");
    case EditMode::extend:
      return tr("Extended");
    case EditMode::details:
      return tr("New details");
    case EditMode::words:
      break;
  }
  return tr("Changed");
}

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

EditSession::Opened EditSession::readKept(Store& store, int64_t id) {
  try {
    const auto stored = store.load_edit(id);
    if (!stored) return {{}, 0, {}, tr("This session is no longer in the library.")};
    EditDocument document = edit_document_from_json(stored->json, stored->line.title);
    fill_masks(
        document, stored->mask, [&](const std::string& file) { return store.attachment(file); }, stored->line.title);
    return {std::move(document), id, QString::fromStdString(stored->line.title), {}};
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
  fitChoice();
  if (found.node) goTo(found.node);
  // One that was kept has been seen before.
  round_trip_wanted_ = isOpen() && id_ == 0 && document_.ids().size() == 1;
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

// --- pictures

SharedImage EditSession::shared(int64_t node) {
  if (!document_.has(node)) return nullptr;
  const auto& picture = document_.node(node).picture;
  if (!picture->image) load(picture);
  return picture->image;
}

QImage EditSession::picture(int64_t node) {
  return document_.has(node) ? shown(document_.node(node).picture) : QImage();
}

QImage EditSession::shown(const std::shared_ptr<EditPicture>& picture) {
  if (!picture->image) {
    load(picture);
    return {};
  }
  QImage& image = shown_[picture->sha256];
  if (image.isNull()) image = toQImage(picture->image);
  return image;
}

int64_t EditSession::beforeNode() const {
  if (!isOpen()) return 0;
  if (chosen_ >= 0) return document_.proposals()->base;
  const int64_t parent = document_.node(document_.current()).parent;
  return parent ? parent : document_.current();
}

QImage EditSession::thumbnail(int64_t node) {
  if (!document_.has(node)) return {};
  return small(document_.node(node).picture);
}

QImage EditSession::small(const std::shared_ptr<EditPicture>& picture) {
  const auto it = thumbnails_.find(picture->sha256);
  if (it != thumbnails_.end()) return it->second;
  thumb(picture);
  return {};
}

void EditSession::ready(const std::string& sha256) {
  for (const int64_t id : document_.ids())
    if (document_.node(id).picture->sha256 == sha256) Q_EMIT pictureReady(id);
  if (const EditProposals* waiting = document_.proposals())
    for (const auto& item : waiting->items)
      if (item.picture->sha256 == sha256) Q_EMIT proposalsChanged();
}

void EditSession::load(const std::shared_ptr<EditPicture>& picture) {
  if (picture->file.empty() || !loading_.insert(picture->sha256).second) return;
  struct Read {
    SharedImage image;
    QString error;
  };
  library_.read(
      this,
      [file = picture->file](Store& store) -> Read {
        try {
          return {decoded(store.attachment(file), file), {}};
        } catch (const std::exception& e) {
          return {nullptr, QString::fromUtf8(e.what())};
        }
      },
      [this, key = key_, picture](const Read& read) {
        if (key != key_) return;
        if (!read.image) return say({}, read.error);  // stays in loading_: it is not tried over and over
        loading_.erase(picture->sha256);
        picture->image = read.image;
        unload();
        if (!read.image) return;
        ready(picture->sha256);
        if (round_trip_wanted_ && picture == document_.node(document_.source()).picture) startRoundTrip();
        Q_EMIT changed();
      });
}

void EditSession::thumb(const std::shared_ptr<EditPicture>& picture) {
  if (!thumbing_.insert(picture->sha256).second) return;
  const auto took = [this, key = key_, sha256 = picture->sha256](const QImage& image) {
    if (key != key_ || image.isNull()) return;
    thumbing_.erase(sha256);
    thumbnails_[sha256] = image;
    ready(sha256);
  };
  if (picture->image)
    background_.run([image = picture->image] { return thumbnailOf(toQImage(image), kSmallSide); }, took);
  else
    library_.read(
        this,
        [file = picture->file](Store& store) {
          try {
            return QImage::fromData(QByteArray::fromStdString(store.attachment_thumbnail(file)), "PNG");
          } catch (const std::exception&) {
            return QImage();  // shown as missing
          }
        },
        took);
}

// Pictures that are not looked at and can be read again do not fill the memory.
void EditSession::unload() {
  std::set<std::shared_ptr<EditPicture>> needed;
  const auto need = [&](int64_t id) {
    if (document_.has(id)) needed.insert(document_.node(id).picture);
  };
  need(document_.current());
  need(beforeNode());
  if (const EditProposals* waiting = document_.proposals())
    for (const auto& item : waiting->items) needed.insert(item.picture);
  size_t bytes = 0;
  const auto pictures = document_.pictures();
  for (const auto& picture : pictures) bytes += picture->image ? picture->image->pixels.size() : 0;
  std::erase_if(shown_, [&](const auto& image) {  // of what not even undo brings back
    return std::none_of(pictures.begin(), pictures.end(), [&](const auto& p) { return p->sha256 == image.first; });
  });
  for (const auto& picture : pictures) {
    if (bytes <= kMostPixelBytes) return;
    if (!picture->image || picture->file.empty() || needed.contains(picture)) continue;
    bytes -= picture->image->pixels.size();
    picture->image.reset();
    shown_.erase(picture->sha256);
  }
}

// --- the tree

void EditSession::fitChoice() {
  const EditProposals* waiting = document_.proposals();
  const bool here = waiting && waiting->base == document_.current();
  chosen_ = here ? std::clamp(chosen_, 0, int(waiting->items.size()) - 1) : -1;
}

// What a step changed is shown and kept.
void EditSession::step(const EditEffect& effect) {
  fitChoice();
  unload();
  if (!effect.mask.empty()) Q_EMIT maskChanged(toQRect(effect.mask));
  if (effect.tree || effect.current) Q_EMIT treeChanged();
  if (effect.proposals || effect.current) Q_EMIT proposalsChanged();
  save();
  Q_EMIT changed();
}

void EditSession::act(const std::function<void()>& change) {
  const int width = mask().width(), height = mask().height();
  change();
  const bool resized = width != mask().width() || height != mask().height();
  step({.mask = resized ? mask().rect() : MaskRect(), .tree = true, .current = true, .proposals = true});
}

void EditSession::goTo(int64_t node) {
  if (canChange() && document_.has(node) && node != document_.current()) act([&] { document_.go_to(node); });
}

void EditSession::rename(int64_t node, const QString& name) {
  const std::string text = name.simplified().left(kLongestGivenName).toStdString();
  if (canChange() && document_.has(node) && document_.node(node).name != text)
    act([&] { document_.rename(node, text); });
}

void EditSession::remove(int64_t node) {
  if (!canChange() || !document_.has(node)) return;
  try {
    act([&] { document_.remove(node); });
  } catch (const RequestError& e) {
    say({}, QString::fromUtf8(e.what()));
  }
}

QString EditSession::undoText() const {
  return canUndo() ? tr("Undo %1").arg(stepWord(*document_.undo_step())) : tr("Undo");
}

QString EditSession::redoText() const {
  return canRedo() ? tr("Redo %1").arg(stepWord(*document_.redo_step())) : tr("Redo");
}

void EditSession::undo() {
  if (canUndo()) step(document_.undo());
}

void EditSession::redo() {
  if (canRedo()) step(document_.redo());
}

}  // namespace b3o
