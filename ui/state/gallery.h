// The pictures of the library as the Gallery shows them: which ones, which are chosen, and what is done with them.
// Every finished picture of the engine is put into the library from here, whichever page asked for it.
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <optional>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/state/library.h"
#include "ui/state/model_state.h"
#include "ui/state/steps.h"

namespace b3o {

struct GalleryFilter {
  QString words;
  bool starred = false, trash = false, oldest_first = false;
  int64_t like = 0;  // more like this picture; the others do not count then
  bool operator==(const GalleryFilter&) const = default;
};

class Gallery : public QObject {
  Q_OBJECT
 public:
  Gallery(Library& library, EngineBridge& bridge, ModelState& model, QObject* parent = nullptr);

  bool isOpen() const { return library_.isOpen(); }
  const Capabilities& can() const { return model_.can(); }
  bool listed() const { return listed_; }  // the first list has come
  const std::vector<PictureLine>& lines() const { return lines_; }
  int total() const { return total_; }  // pictures outside the trash
  int inTrash() const { return in_trash_; }
  const GalleryFilter& filter() const { return filter_; }
  void setFilter(const GalleryFilter& filter);
  QString error() const { return error_; }
  QString message() const { return message_.text(); }  // what was done last
  Steps& steps() { return steps_; }                    // stars, what went into the trash and out of it, imports

  // Null until thumbnailReady, and where the file is gone.
  QImage thumbnail(int64_t id);

  void choose(std::vector<int64_t> ids);
  const std::vector<int64_t>& chosen() const { return chosen_; }
  const std::optional<StoredPicture>& shown() const { return shown_; }  // the only chosen one, when it has been read
  const std::vector<PictureLine>& similar() const { return similar_; }  // to the shown one
  QStringList chosenPaths() const;
  QString path(const PictureLine& line) const;

  // On the chosen ones.
  void toggleStar();
  void moveToTrash();
  void restore();
  void deleteForGood();
  void exportTo(const QString& folder, bool with_recipe);
  void copy();

  // Copies pictures that this program made into the library, one after the other; others are counted and left out.
  void importFiles(const QStringList& files);
  bool canImport() const { return library_.canWrite(); }
  bool importing() const { return incoming_.all > 0; }
  void stopImport();  // after the file that is being read

  bool carriesTokens() const { return carry_tokens_; }
  void setCarriesTokens(bool carry);  // new pictures hold their tokens in the file

 Q_SIGNALS:
  void linesChanged();
  void lineChanged(int row);
  void thumbnailReady(qint64 id);
  void chosenChanged();  // the choice, or what is known of it
  void changed();        // filter, counts, message or error

 private:
  void refresh();
  void keep(const ImageReady& ready);
  void say(Phrase message);
  void pump();
  void lookAt(int64_t id);
  void forget(const std::vector<int64_t>& ids);
  bool setStar(const std::vector<int64_t>& ids, bool star);
  bool setTrashed(const std::vector<int64_t>& ids, bool trashed);
  void importNext();
  void finishImport();
  bool isChosen(const PictureLine& line) const { return chosen_set_.contains(line.id); }

  Library& library_;
  EngineBridge& bridge_;
  ModelState& model_;
  std::vector<PictureLine> lines_, similar_;
  std::vector<int64_t> chosen_;
  Steps steps_;
  std::optional<StoredPicture> shown_;
  GalleryFilter filter_;
  int total_ = 0, in_trash_ = 0;
  bool listed_ = false, carry_tokens_ = true;
  uint64_t asked_ = 0;  // number of the newest list that was asked for
  QString error_;
  Phrase message_;
  struct Incoming {
    QStringList files;  // not read yet
    int all = 0, strange = 0;
    std::vector<int64_t> taken = {};
  } incoming_;
  QCache<qint64, QImage> thumbnails_;
  std::vector<int64_t> wanted_;  // thumbnails, the most urgent last
  QSet<qint64> loading_, missing_, chosen_set_;
};

}  // namespace b3o
