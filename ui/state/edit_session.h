// The editing session that is open: a picture, what grew out of it, the mask, the run and its proposals. It is written
// into the library after every finished step.
#pragma once

#include <QImage>
#include <QObject>
#include <QPolygonF>
#include <QRect>
#include <QString>
#include <QStringList>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/library/edit_document.h"
#include "ui/state/background.h"
#include "ui/state/edit_form.h"
#include "ui/state/job_line.h"
#include "ui/state/library.h"
#include "ui/state/model_state.h"
#include "ui/state/phrase.h"

namespace b3o {

// The picture as the model's space keeps it, before anything is edited.
struct RoundTrip {
  enum class State { none, running, ready, failed };  // none: not asked for yet, or the model cannot
  State state = State::none;
  QImage picture;
  SharedImage image;  // ready: the picture's pixels
  std::optional<double> cosine;
  QString error;    // failed: one sentence
  SourceView view;  // how the picture was read
};

class EditSession : public QObject {
  Q_OBJECT
 public:
  EditSession(Library& library, EngineBridge& bridge, ModelState& model, QObject* parent = nullptr);
  ~EditSession() override;

  // --- what is open
  bool isOpen() const { return !document_.empty(); }
  bool opening() const { return opening_; }            // a picture or a session is being read
  QString error() const { return error_.text(); }      // why the last thing failed: one sentence
  QString message() const { return message_.text(); }  // what was done last
  void clearMessage() { say({}, {}); }
  const EditDocument& document() const { return document_; }
  int64_t id() const { return id_; }  // in the library; 0: not kept yet
  QString title() const;
  void setTitle(const QString& title);
  QString nameOf(int64_t node) const;  // the user's, else what made it
  // The source's file, bytes, a picture of the clipboard, of the Gallery, of the conversation. Each becomes a session
  // of its own, unless the library has one with this picture in its tree: that one is opened, at that picture.
  void openFile(const QString& path);
  void openBytes(const QByteArray& bytes, const QString& name);
  void openImage(const QImage& image, const QString& name);
  void openPicture(const SharedImage& image, const QString& name, const std::optional<Recipe>& recipe = {});
  void openGallery(int64_t picture);
  void openKept(int64_t session);
  void openLast();  // what was open when the program ended
  void close();
  bool saved() const { return saved_ == revision_; }  // everything is in the library

  // --- pictures; null while they are read
  SharedImage shared(int64_t node);
  QImage picture(int64_t node);
  QImage picture() { return picture(document_.current()); }
  QImage before() { return picture(beforeNode()); }  // what the current one, or the proposals, grew out of
  int64_t beforeNode() const;
  QImage thumbnail(int64_t node);

  const RoundTrip& roundTrip() const { return round_trip_; }
  void startRoundTrip();  // of the source; opening a picture does it when a model is there

  // --- the mask, in pixels of the current picture
  const MaskDocument& mask() const { return document_.mask(); }
  bool canMark() const;  // a picture is there and nothing else changes the mask just now
  void beginStroke(const Brush& brush, const BrushPoint& at);
  void strokeTo(const BrushPoint& to);
  void endStroke();
  void cancelStroke();
  void markRectangle(const QRect& area, Combine combine);
  void markPolygon(const QPolygonF& polygon, Combine combine);
  void invertMask();
  void clearMask();
  void growMask(int pixels);  // negative: shrinks; off this thread, as the next
  void featherMask(int pixels);
  void takeMaskOf(int64_t node);       // the one it was made with
  void openMask(const QString& path);  // a mask file of the picture's size
  bool maskBusy() const { return mask_busy_; }

  // --- the run
  const EditForm& form() const { return form_; }
  void setForm(const EditForm& form);
  // The other picture of a blend.
  void setSecondFile(const QString& path);
  void setSecond(const SharedImage& image, const QString& name);
  const SharedImage& second() const { return second_; }
  QString secondName() const { return second_name_; }
  QString problem() const;  // why the form cannot run now, as a sentence; empty when it can
  void start();
  void tryAgain() { start(); }  // the same with another seed, unless it is fixed; what waits is replaced by what comes
  void stop();
  bool running() const { return job_ != 0; }
  bool stopping() const { return stopping_; }
  QString stageText() const;
  QString timeText() const;
  double fraction() const;  // of the stage; negative: not known
  // What is being painted, and where it lies in the source (empty: everywhere). Null when nothing runs.
  QImage preview() const { return preview_; }
  QRect previewArea() const { return preview_area_; }

  // --- proposals: those of the current picture
  int proposals() const;
  QImage proposal(int k);
  QImage proposalThumbnail(int k);
  const EditProposal* proposalAt(int k) const;
  int chosen() const { return chosen_; }  // the one that the canvas shows; -1: none
  void choose(int k);                     // -1: the canvas shows the picture again
  void apply();                           // the chosen one
  void discard();
  const QStringList& warnings() const { return warnings_; }  // of the last run, sentences
  const SourceView& view() const { return view_; }           // of the last result

  // --- the tree
  void goTo(int64_t node);
  void rename(int64_t node, const QString& name);
  void remove(int64_t node);  // with what grew out of it
  bool canUndo() const { return !document_.stroking() && document_.undo_step().has_value(); }
  bool canRedo() const { return !document_.stroking() && document_.redo_step().has_value(); }
  QString undoText() const;  // "Undo stroke"
  QString redoText() const;
  void undo();
  void redo();

  // --- out of the program. Neither writes over a file unless told to: exists() asks instead.
  void exportPicture(const QString& path, bool overwrite = false);  // of the current one
  void exportSession(const QString& path, bool overwrite = false);  // .b3o
  void importSession(const QString& path);
  // A picture that was made out of a picture of this session elsewhere, as in the conversation. False: it is no part.
  bool grow(const std::string& source_sha256, const std::shared_ptr<EditPicture>& result, const Recipe& recipe,
            const QString& notice, double seconds);
  // A session that is not open and lives in memory only, because there is no place to keep it.
  struct Aside {
    EditDocument document;
    QString title;
    bool seen = false;  // its round trip was shown
  };
  void putAside(Aside session);
  std::optional<Aside> takeAside(const std::string& sha256);  // the one that has this picture

 Q_SIGNALS:
  void opened();                        // another session, or none
  void maskChanged(const QRect& area);  // must be shown again
  void treeChanged();                   // nodes, their names, or which is current
  void pictureReady(qint64 node);       // picture(node) or thumbnail(node) is there now
  void proposalsChanged();
  void previewChanged();
  void roundTripChanged();
  void changed();                    // all else: run, form, message, error, what can be undone
  void exists(const QString& path);  // an export would write over this file
  void kept(qint64 id);              // written into the library

 private:
  struct Opened;
  void followModel();
  void forgetSides();  // new canvas is asked for once; it was counted in the last picture's pixels
  template <class Work, class Then>
  void later(Work work, Then then);
  void bring(std::function<BroughtPicture()> read, const QString& name, const std::optional<Recipe>& recipe = {});
  void lookUp(std::shared_ptr<EditPicture> picture, const QString& name, const std::optional<Recipe>& recipe);
  static Opened readKept(Store& store, int64_t id);
  void show(Opened opened);
  void putAside();  // what is open
  QImage shown(const std::shared_ptr<EditPicture>& picture);
  QImage small(const std::shared_ptr<EditPicture>& picture);
  void load(const std::shared_ptr<EditPicture>& picture);
  void thumb(const std::shared_ptr<EditPicture>& picture);
  void ready(const std::string& sha256);
  void unload();
  void fitChoice();
  bool canChange() const { return isOpen() && !document_.stroking(); }
  void step(const EditEffect& effect);
  void act(const std::function<void()>& change);  // a step of the tree
  void marked(const MaskRect& rect);              // a selection, as one step
  void workOnMask(std::function<MaskDocument(const MaskDocument&)> work);
  void save();
  void write();
  void flush();  // before another one is shown
  void remember();
  void say(Phrase message, Phrase error = {});
  bool mayWrite(const QString& path, bool overwrite);
  void arrive(JobId id, const Event& event);
  void hearRun(const Event& event);
  void hearRoundTrip(const Event& event);
  void stopRoundTrip();
  void keepResult(const ImageReady& ready);
  void takeResults();
  void addResult(EditProposal result);
  void endRun();

  Library& library_;
  EngineBridge& bridge_;
  ModelState& model_;
  Background background_;
  EditDocument document_;
  int64_t id_ = 0;
  uint64_t key_ = 0;  // of what is open; results of work for another one are dropped
  QString title_;
  Phrase error_, message_;
  bool opening_ = false, mask_busy_ = false;
  uint64_t asked_ = 0;                 // number of the newest opening
  uint64_t revision_ = 0, saved_ = 0;  // of the document, and what the library has of it
  uint64_t queued_ = 0;                // the revision that is written last, as far as is decided
  std::shared_ptr<int64_t> written_ = std::make_shared<int64_t>(0);  // its id; only the writing thread looks at it
  std::vector<Aside> aside_;                                         // the newest last
  std::map<std::string, QImage> thumbnails_;                         // by the picture's sha256, as the next
  std::map<std::string, QImage> shown_;  // one QImage a picture, so that its key tells whether it is another one
  std::set<std::string> loading_, thumbing_;

  RoundTrip round_trip_;
  JobId round_trip_job_ = 0;
  bool round_trip_wanted_ = false;  // as soon as there is a model, and the source is in memory

  EditForm form_;
  bool form_changed_ = false;  // by the user; else it follows the model
  SharedImage second_;
  QString second_name_;
  JobId job_ = 0;
  uint64_t last_run_ = 0;
  int64_t run_base_ = 0;
  std::shared_ptr<EditMask> run_mask_;
  // Results that came and are not in the document yet, in their order; empty: not hashed yet.
  std::map<int, std::optional<EditProposal>> results_;
  int last_result_ = 0;
  bool ended_ = false;  // the engine has said so
  QString run_error_;
  bool started_ = false, stopping_ = false, has_progress_ = false;
  StageProgress progress_;
  Remaining remaining_;
  QImage preview_;
  QRect preview_area_;
  int chosen_ = -1;
  QStringList warnings_;
  SourceView view_;
};

}  // namespace b3o
