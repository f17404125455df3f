#include "ui/state/edit_session.h"

#include <algorithm>

#include "core/base/error.h"
#include "ui/state/edit_session_parts.h"

namespace b3o {
namespace {

constexpr int kSmallSide = 256;
constexpr size_t kMostPixelBytes = size_t(256) << 20;  // of pictures that can be read again

}  // namespace

EditSession::EditSession(Library& library, EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), library_(library), bridge_(bridge), model_(model) {
  connect(&bridge_, &EngineBridge::arrived, this, &EditSession::arrive);
  connect(&model_, &ModelState::changed, this, &EditSession::changed);
  connect(&model_, &ModelState::loaded, this, [this] {
    followModel();
    if (round_trip_wanted_) startRoundTrip();
    Q_EMIT changed();
  });
}

EditSession::~EditSession() { flush(); }

// A mode that the model has, with its values; what the user set is left.
void EditSession::followModel() {
  const EditForm own = form_;
  const auto has_mode = [&can = model_.can().edit_modes](EditMode mode) {
    return std::find(can.begin(), can.end(), mode) != can.end();
  };
  const bool has = has_mode(own.settings.mode);
  const auto* first = std::find_if(kEditModes.begin(), kEditModes.end(), has_mode);
  if (!has && first != kEditModes.end()) form_.settings.mode = *first;
  form_ = withDefaults(form_, model_.can());
  if (!form_changed_ || !has) return;
  form_.strength = own.strength;
  form_.settings.keep_cells = own.settings.keep_cells;
  form_.settings.resampling = own.settings.resampling;
}

void EditSession::say(Phrase message, Phrase error) {
  message_ = std::move(message);
  error_ = std::move(error);
  Q_EMIT changed();
}

// --- what is open

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
