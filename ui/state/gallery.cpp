#include "ui/state/gallery.h"

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <algorithm>
#include <span>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "ui/bridge/picture.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

constexpr int kCacheKilobytes = 128 * 1024;
constexpr size_t kMostWanted = 160;  // about two screens; what was scrolled past need not be read
constexpr int kAtOnce = 2;
constexpr int kMostAlike = 200, kAlikeBeside = 6;
constexpr size_t kMostFileBytes = size_t(256) << 20;
constexpr int kShownAtOnce = 50;  // imported pictures appear by so many
constexpr const char* kTokensValue = "pictures.tokens";

// "boat-7.png", "boat-7-2.png" ...: never over a file that is there.
QString freeName(const QDir& folder, const QString& name) {
  const QFileInfo info(name);
  QString free = name;
  for (int k = 2; QFileInfo::exists(folder.filePath(free)); ++k)
    free = QStringLiteral("%1-%2.%3").arg(info.completeBaseName()).arg(k).arg(info.suffix());
  return free;
}

Phrase inTheTrash(const std::vector<int64_t>& ids) {
  return [count = int(ids.size())] { return Gallery::tr("%Ln picture(s) are in the trash.", nullptr, count); };
}

Phrase backAgain(const std::vector<int64_t>& ids) {
  return [count = int(ids.size())] { return Gallery::tr("%Ln picture(s) are back.", nullptr, count); };
}

// The new picture's id; 0: the file is no picture of this program.
int64_t takeIn(Store& store, const QString& path, bool carry_tokens) {
  NewPicture picture;
  try {
    const std::string bytes = read_file(toPath(path), kMostFileBytes), name = QFileInfo(path).fileName().toStdString();
    const auto recipe = recipe_in_png(bytes, name);
    if (!recipe) return 0;
    picture.recipe = *recipe;
    picture.image = decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), name);
    if (auto tokens = tokens_in_png(bytes, name)) picture.tokens = std::move(*tokens);
  } catch (const std::exception&) {
    return 0;
  }
  picture.carry_tokens = carry_tokens;
  picture.made = QFileInfo(path).lastModified().toMSecsSinceEpoch();
  return store.add_picture(picture).id;
}

}  // namespace

Gallery::Gallery(Library& library, EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), library_(library), bridge_(bridge), model_(model), thumbnails_(kCacheKilobytes) {
  connect(&bridge, &EngineBridge::arrived, this, [this](JobId, const Event& event) {
    if (const auto* ready = std::get_if<ImageReady>(&event)) keep(*ready);
  });
  connect(&library_, &Library::failed, this, [this](const QString& sentence) {
    error_ = sentence;
    Q_EMIT changed();
  });
  connect(&model_, &ModelState::changed, this, &Gallery::changed);
  connect(&steps_, &Steps::changed, this, [this] { say(steps_.message()); });
  error_ = library_.notice();
  library_.run(
      this, [](Store& store) { return store.value(kTokensValue); },
      [this](const std::string& value) { carry_tokens_ = value != "off"; });
  refresh();
}

void Gallery::keep(const ImageReady& ready) {
  if (!library_.canWrite() || ready.recipe.task == "reconstruct") return;  // a round trip is no new picture
  NewPicture picture;
  picture.recipe = ready.recipe;
  picture.tokens = {ready.tokens, ready.token_count, ready.token_width};
  picture.carry_tokens = carry_tokens_;
  picture.notice = model_.info().notice;
  picture.seconds = ready.seconds;
  library_.run(
      this,
      [picture = std::move(picture), image = bridge_.share(ready.image)](Store& store) mutable {
        picture.image = *image;
        return store.add_picture(picture);
      },
      [this](const PictureLine&) { refresh(); });
}

void Gallery::refresh() {
  struct List {
    std::vector<PictureLine> lines;
    int total = 0, in_trash = 0;
  };
  library_.run(
      this,
      [filter = filter_](Store& store) {
        List list;
        list.total = int(store.count_pictures(false));
        list.in_trash = int(store.count_pictures(true));
        list.lines = filter.like ? store.more_like(filter.like, kMostAlike)
                                 : store.pictures({.words = filter.words.toStdString(),
                                                   .starred = filter.starred,
                                                   .trash = filter.trash,
                                                   .oldest_first = filter.oldest_first});
        return list;
      },
      [this, asked = ++asked_](List list) {
        total_ = list.total;
        in_trash_ = list.in_trash;
        if (asked == asked_) {
          listed_ = true;
          if (list.lines != lines_) {
            lines_ = std::move(list.lines);
            Q_EMIT linesChanged();
          }
        }
        Q_EMIT changed();
      });
}

void Gallery::setFilter(const GalleryFilter& filter) {
  if (filter == filter_) return;
  filter_ = filter;
  refresh();
  Q_EMIT changed();
}

QImage Gallery::thumbnail(int64_t id) {
  if (const QImage* image = thumbnails_.object(id)) return *image;
  if (loading_.contains(id) || missing_.contains(id)) return {};
  std::erase(wanted_, id);
  wanted_.push_back(id);
  if (wanted_.size() > kMostWanted) wanted_.erase(wanted_.begin());
  pump();
  return {};
}

void Gallery::pump() {
  while (!wanted_.empty() && loading_.size() < kAtOnce) {
    const int64_t id = wanted_.back();
    wanted_.pop_back();
    loading_.insert(id);
    library_.read(
        this,
        [id](Store& store) {
          try {
            const std::string png = store.thumbnail(id);
            return QImage::fromData(reinterpret_cast<const uchar*>(png.data()), int(png.size()), "PNG");
          } catch (const std::exception&) {
            return QImage();  // shown as missing
          }
        },
        [this, id](const QImage& image) {
          loading_.remove(id);
          if (image.isNull())
            missing_.insert(id);
          else
            thumbnails_.insert(id, new QImage(image), int(image.sizeInBytes() / 1024) + 1);
          Q_EMIT thumbnailReady(id);
          pump();
        });
  }
}

void Gallery::choose(std::vector<int64_t> ids) {
  if (ids == chosen_) return;
  const bool single = ids.size() == 1;
  const bool same = single && shown_ && shown_->line.id == ids.front();
  chosen_ = std::move(ids);
  chosen_set_ = QSet<qint64>(chosen_.begin(), chosen_.end());
  if (!same) {
    shown_.reset();
    similar_.clear();
    if (single) lookAt(chosen_.front());
  }
  Q_EMIT chosenChanged();
}

void Gallery::lookAt(int64_t id) {
  struct Found {
    std::optional<StoredPicture> picture;
    std::vector<PictureLine> similar;
  };
  library_.read(
      this, [id](Store& store) { return Found{store.picture(id), store.more_like(id, kAlikeBeside)}; },
      [this, id](Found found) {
        if (chosen_ != std::vector<int64_t>{id}) return;
        shown_ = std::move(found.picture);
        for (const auto& line : lines_)  // a star may have been given while this was read
          if (shown_ && line.id == shown_->line.id) shown_->line.starred = line.starred;
        similar_ = std::move(found.similar);
        Q_EMIT chosenChanged();
      });
}

QString Gallery::path(const PictureLine& line) const { return fromPath(library_.store()->picture_path(line.file)); }

QStringList Gallery::chosenPaths() const {
  QStringList out;
  for (const auto& line : lines_)
    if (isChosen(line)) out << path(line);
  return out;
}

void Gallery::say(Phrase message) {
  message_ = std::move(message);
  error_.clear();
  Q_EMIT changed();
}

// A star for all, unless all have one.
void Gallery::toggleStar() {
  std::vector<int64_t> without;
  for (const auto& line : lines_)
    if (isChosen(line) && !line.starred) without.push_back(line.id);
  if (shown_ && !shown_->line.starred && without.empty()) without.push_back(shown_->line.id);
  const bool star = !without.empty();
  const auto ids = star ? without : chosen_;
  if (ids.empty() || !library_.canWrite()) return;
  setStar(ids, star);
  const int count = int(ids.size());
  const Phrase on([count] { return tr("%Ln picture(s) have a star.", nullptr, count); });
  const Phrase off([count] { return tr("%Ln picture(s) have no star.", nullptr, count); });
  steps_.push({star ? on : off, star ? off : on, [this, ids, star] { return setStar(ids, !star); },
               [this, ids, star] { return setStar(ids, star); }});
}

bool Gallery::setStar(const std::vector<int64_t>& ids, bool star) {
  const QSet<qint64> meant(ids.begin(), ids.end());
  for (size_t row = 0; row < lines_.size(); ++row) {
    if (!meant.contains(lines_[row].id) || lines_[row].starred == star) continue;
    lines_[row].starred = star;
    Q_EMIT lineChanged(int(row));
  }
  if (shown_ && meant.contains(shown_->line.id)) shown_->line.starred = star;
  library_.run(
      this, [ids, star](Store& store) { return store.star(ids, star), true; },
      [this](bool) {
        if (filter_.starred) refresh();
      });
  Q_EMIT chosenChanged();
  return true;
}

void Gallery::forget(const std::vector<int64_t>& ids) {
  const QSet<qint64> gone(ids.begin(), ids.end());
  std::erase_if(lines_, [&](const auto& line) { return gone.contains(line.id); });
  chosen_.clear();
  chosen_set_.clear();
  shown_.reset();
  similar_.clear();
  Q_EMIT linesChanged();
  Q_EMIT chosenChanged();
}

void Gallery::moveToTrash() {
  if (chosen_.empty() || filter_.trash || !library_.canWrite()) return;
  const auto ids = chosen_;
  setTrashed(ids, true);
  steps_.push({inTheTrash(ids), backAgain(ids), [this, ids] { return setTrashed(ids, false); },
               [this, ids] { return setTrashed(ids, true); }});
}

void Gallery::restore() {
  if (chosen_.empty() || !filter_.trash || !library_.canWrite()) return;
  const auto ids = chosen_;
  setTrashed(ids, false);
  steps_.push({backAgain(ids), inTheTrash(ids), [this, ids] { return setTrashed(ids, true); },
               [this, ids] { return setTrashed(ids, false); }});
}

bool Gallery::setTrashed(const std::vector<int64_t>& ids, bool trashed) {
  library_.run(
      this, [ids, trashed](Store& store) { return trashed ? store.trash(ids) : store.restore(ids), true; },
      [this](bool) { refresh(); });
  if (trashed != filter_.trash) forget(ids);
  return true;
}

void Gallery::deleteForGood() {
  if (chosen_.empty() || !filter_.trash || !library_.canWrite()) return;
  const auto ids = chosen_;
  library_.run(this, [ids](Store& store) { return store.delete_for_good(ids), true; }, [this](bool) { refresh(); });
  forget(ids);
  steps_.clear();  // what they did to these pictures is no more
  say([count = int(ids.size())] { return tr("%Ln picture(s) are deleted.", nullptr, count); });
}

void Gallery::exportTo(const QString& folder, bool with_recipe) {
  if (chosen_.empty() || folder.isEmpty()) return;
  library_.read(
      this,
      [ids = chosen_, folder, with_recipe](Store& store) {
        const QDir into(folder);
        int written = 0;
        for (const int64_t id : ids) {
          const auto picture = store.picture(id);
          if (!picture) continue;
          const std::string& file = picture->line.file;
          std::string bytes = read_file(store.picture_path(file), kMostFileBytes);
          if (!with_recipe)
            bytes = encode_png(decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), file));
          write_file(toPath(into.filePath(freeName(into, fileNameFor(picture->recipe)))), bytes);
          ++written;
        }
        return written;
      },
      [this, folder](int written) {
        const QString name = QDir(folder).dirName();
        say([name, written] { return tr("%Ln picture(s) are exported to %1.", nullptr, written).arg(name); });
      });
}

void Gallery::importFiles(const QStringList& files) {
  if (files.isEmpty() || !library_.canWrite()) return;
  const bool idle = !importing();
  incoming_.files += files;
  incoming_.all += int(files.size());
  if (idle) importNext();
}

void Gallery::importNext() {
  if (incoming_.files.isEmpty()) return finishImport();
  const int done = incoming_.all - int(incoming_.files.size());
  say([done, all = incoming_.all] { return tr("Importing: %L1 of %L2.").arg(done).arg(all); });
  if (done % kShownAtOnce == kShownAtOnce - 1) refresh();
  struct Result {
    int64_t taken = 0;
    QString error;  // of the library; then nothing more can be put into it
  };
  library_.run(
      this,
      [path = incoming_.files.takeFirst(), carry = carry_tokens_](Store& store) {
        try {
          return Result{takeIn(store, path, carry), {}};
        } catch (const std::exception& e) {
          return Result{0, QString::fromUtf8(e.what())};
        }
      },
      [this](const Result& result) {
        if (result.taken)
          incoming_.taken.push_back(result.taken);
        else
          ++incoming_.strange;
        if (result.error.isEmpty()) return importNext();
        incoming_ = {};
        refresh();
        error_ = result.error;
        Q_EMIT changed();
      });
}

void Gallery::stopImport() {
  incoming_.all -= int(incoming_.files.size());
  incoming_.files.clear();
}

void Gallery::finishImport() {
  const Incoming done = std::exchange(incoming_, {});
  refresh();
  const auto& ids = done.taken;
  const Phrase imported([taken = int(ids.size()), strange = done.strange] {
    QString text = tr("%Ln picture(s) are imported.", nullptr, taken);
    if (strange > 0)
      text += u' ' + tr("%Ln file(s) are left out: they hold no recipe of this program.", nullptr, strange);
    return text;
  });
  if (ids.empty()) return say(imported);
  steps_.push({imported, inTheTrash(ids), [this, ids] { return setTrashed(ids, true); },
               [this, ids] { return setTrashed(ids, false); }});
}

void Gallery::copy() {
  if (chosen_.size() != 1) return;
  struct Copied {
    QByteArray png;
    QImage image;
  };
  library_.read(
      this,
      [id = chosen_.front()](Store& store) {
        Copied copied;
        if (const auto picture = store.picture(id))
          copied.png = QByteArray::fromStdString(read_file(store.picture_path(picture->line.file), kMostFileBytes));
        copied.image = QImage::fromData(copied.png, "PNG");
        return copied;
      },
      [this](const Copied& copied) {
        auto* data = new QMimeData;
        data->setData(QStringLiteral("image/png"), copied.png);
        data->setImageData(copied.image);
        QGuiApplication::clipboard()->setMimeData(data);
        say([] { return tr("Copied with its recipe."); });
      });
}

void Gallery::setCarriesTokens(bool carry) {
  carry_tokens_ = carry;
  library_.run(
      this, [carry](Store& store) { return store.set_value(kTokensValue, carry ? "on" : "off"), true; }, [](bool) {});
}

}  // namespace b3o
