// What the engine says about a run and about the round trip.
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/state/edit_session_parts.h"

namespace b3o {

// --- the round trip

void EditSession::startRoundTrip() {
  if (!isOpen() || round_trip_job_ || round_trip_.state == RoundTrip::State::ready) return;
  round_trip_wanted_ = true;
  if (!model_.ready() || !model_.can().reconstruct) return;
  const SharedImage source = shared(document_.source());
  if (!source) return;
  round_trip_wanted_ = false;
  ReconstructRequest request;
  request.recipe.task = "reconstruct";
  request.source = source;
  round_trip_ = {};
  round_trip_.state = RoundTrip::State::running;
  round_trip_job_ = bridge_.submit(std::move(request));
  Q_EMIT roundTripChanged();
}

void EditSession::stopRoundTrip() {
  round_trip_wanted_ = false;
  if (!round_trip_job_) return;
  bridge_.cancel(std::exchange(round_trip_job_, 0));
  if (round_trip_.state == RoundTrip::State::ready) return;  // it only had to end
  round_trip_ = {};
  Q_EMIT roundTripChanged();
}

void EditSession::hearRoundTrip(const Event& event) {
  if (const auto* preview = std::get_if<Preview>(&event)) {
    if (preview->image.empty() || preview->kind == Preview::Kind::plan_map) return;
    round_trip_.picture = toQImage(std::make_shared<const Image>(preview->image));
  } else if (const auto* ready = std::get_if<ImageReady>(&event)) {
    round_trip_.image = bridge_.share(ready->image);
    round_trip_.picture = toQImage(round_trip_.image);
    round_trip_.cosine = ready->cosine;
    round_trip_.view = ready->view;
    round_trip_.state = RoundTrip::State::ready;
    if (id_ && library_.canWrite()) library_.run([id = id_](Store& store) { setUnseen(store, id, false); });
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    round_trip_ = {};
    round_trip_.state = RoundTrip::State::failed;
    round_trip_.error = QString::fromUtf8(failed->message);
  } else if (is_terminal(event) && round_trip_.state != RoundTrip::State::ready) {
    round_trip_ = {};
  }
  if (is_terminal(event)) round_trip_job_ = 0;
  Q_EMIT roundTripChanged();
}

// --- the run

void EditSession::setForm(const EditForm& form) {
  if (form == form_) return;
  form_changed_ = true;
  form_ = form;
  Q_EMIT changed();
}

void EditSession::setSecondFile(const QString& path) {
  background_.run([path] { return readPicture(path); },
                  [this, key = key_, path](const BroughtPicture& brought) {
                    if (key != key_) return;
                    if (!brought.image) return say({}, brought.error);
                    setSecond(brought.image, QFileInfo(path).fileName());
                  });
}

void EditSession::setSecond(const SharedImage& image, const QString& name) {
  second_ = image;
  second_name_ = image ? name : QString();
  Q_EMIT changed();
}

QString EditSession::problem() const {
  if (!model_.ready()) return tr("Load a model first.");
  if (!isOpen()) return tr("Open a picture first.");
  if (running()) return tr("The results are still being painted.");
  const EditPicture& now = *document_.node(document_.current()).picture;
  if (!now.image) return tr("The picture is still being read.");
  if (mask_busy_) return tr("The mask is still being changed.");
  return b3o::problem(form_, mask().blank(), bool(second_), QSize(now.width, now.height), model_.can());
}

void EditSession::start() {
  if (!problem().isEmpty() || document_.stroking()) return;
  stopRoundTrip();  // nobody waits for it any more
  run_base_ = document_.current();
  EditRequest request = toRequest(form_, shared(run_base_), mask(), second_);
  run_mask_ = request.mask ? std::make_shared<EditMask>(EditMask{mask(), {}, {}}) : nullptr;
  ++last_run_;
  started_ = stopping_ = has_progress_ = ended_ = false;
  results_.clear();
  progress_ = {};
  remaining_.reset();
  run_error_.clear();
  warnings_.clear();
  view_ = {};
  preview_ = {};
  job_ = bridge_.submit(std::move(request));
  say({});
  Q_EMIT previewChanged();
}

void EditSession::stop() {
  if (!running() || stopping_) return;
  bridge_.cancel(job_);
  stopping_ = true;
  if (!started_) ended_ = true;  // it only waits; the engine drops it when its turn comes
  endRun();
  Q_EMIT changed();
}

QString EditSession::stageText() const {
  if (!running()) return {};
  if (stopping_) return tr("Stopping");
  if (!started_) return tr("Waiting for the running job");
  if (!has_progress_) return tr("Starting");
  const QString which =
      progress_.pictures > 1 ? tr("Result %1 of %2 · ").arg(progress_.picture + 1).arg(progress_.pictures) : QString();
  const QString stage = which + stageWord(progress_.stage);
  return progress_.total > 1 ? tr("%1 %2 of %3").arg(stage).arg(progress_.done).arg(progress_.total) : stage;
}

QString EditSession::timeText() const {
  if (!running() || !has_progress_ || stopping_) return {};
  QStringList parts{paceText(progress_.seconds_per_step), remaining_.text()};
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

double EditSession::fraction() const {
  if (!running() || !has_progress_ || progress_.total <= 0) return -1;
  return std::min(1.0, double(progress_.done) / progress_.total);
}

void EditSession::arrive(JobId id, const Event& event) {
  if (id == 0) return;
  if (id == round_trip_job_) hearRoundTrip(event);
  if (id == job_) hearRun(event);
}

void EditSession::hearRun(const Event& event) {
  if (const auto* started = std::get_if<Started>(&event)) {
    started_ = true;
    if (!started->again.empty()) message_ = QString::fromUtf8(started->again);
    preview_ = {};
    Q_EMIT previewChanged();
  } else if (const auto* now = std::get_if<StageProgress>(&event)) {
    if (now->picture != progress_.picture || now->stage != progress_.stage) remaining_.reset();
    progress_ = *now;
    has_progress_ = true;
    if (now->done >= 2) remaining_.update(now->seconds_remaining);
  } else if (const auto* preview = std::get_if<Preview>(&event)) {
    // The map of the plan is no picture.
    if (preview->image.empty() || preview->kind == Preview::Kind::plan_map) return;
    preview_ = toQImage(std::make_shared<const Image>(preview->image));
    preview_area_ = QRect(preview->x, preview->y, preview->width, preview->height);
    return Q_EMIT previewChanged();
  } else if (const auto* ready = std::get_if<ImageReady>(&event)) {
    keepResult(*ready);
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    run_error_ = QString::fromUtf8(failed->message);
  }
  if (is_terminal(event)) {
    ended_ = true;
    return endRun();
  }
  Q_EMIT changed();
}

// The picture is hashed off this thread before it is part of the document.
void EditSession::keepResult(const ImageReady& ready) {
  struct Seen {
    std::shared_ptr<EditPicture> picture;
    std::string mask_hash;
  };
  EditProposal result;
  result.recipe = ready.recipe;
  result.seconds = ready.seconds;
  result.notice = model_.info().notice;
  for (const auto& sentence : ready.warnings)
    if (const QString text = QString::fromUtf8(sentence); !warnings_.contains(text)) warnings_ << text;
  view_ = ready.view;
  const int number = ++last_result_;
  results_[number] = {};
  std::optional<MaskDocument> mask;
  if (run_mask_ && run_mask_->hash.empty()) mask = run_mask_->mask;
  background_.run([image = bridge_.share(ready.image),
                   mask]() -> Seen { return {edit_picture(image), mask ? mask->hash() : std::string()}; },
                  [this, key = key_, run = last_run_, number, result = std::move(result)](const Seen& seen) mutable {
                    if (key != key_ || run != last_run_) return;
                    if (run_mask_ && run_mask_->hash.empty()) run_mask_->hash = seen.mask_hash;
                    result.picture = seen.picture;
                    results_[number] = std::move(result);
                    takeResults();
                  });
}

// In the order of their seeds, whichever was hashed first. A stroke that is being drawn is finished before.
void EditSession::takeResults() {
  if (document_.stroking()) return;
  while (!results_.empty() && results_.begin()->second) {
    EditProposal result = std::move(*results_.begin()->second);
    results_.erase(results_.begin());
    addResult(std::move(result));
  }
  endRun();
}

void EditSession::addResult(EditProposal result) {
  if (!document_.has(run_base_))
    return say({}, [] { return tr("The picture that was changed is deleted; the result is in the Gallery."); });
  const bool first = !document_.proposals() || document_.proposals()->run != last_run_;
  if (first) chosen_ = 0;
  document_.propose(last_run_, run_base_, run_mask_, std::move(result));
  preview_ = {};
  Q_EMIT previewChanged();
  EditEffect effect;
  effect.proposals = true;
  step(effect);
}

void EditSession::endRun() {
  if (!job_ || !ended_ || !results_.empty()) return;
  job_ = 0;
  started_ = stopping_ = has_progress_ = ended_ = false;
  preview_ = {};
  Q_EMIT previewChanged();
  say({}, run_error_);
}

// --- proposals

int EditSession::proposals() const {
  const EditProposals* waiting = document_.proposals();
  return waiting && waiting->base == document_.current() ? int(waiting->items.size()) : 0;
}

const EditProposal* EditSession::proposalAt(int k) const {
  return k >= 0 && k < proposals() ? &document_.proposals()->items[size_t(k)] : nullptr;
}

QImage EditSession::proposal(int k) {
  const EditProposal* item = proposalAt(k);
  return item ? shown(item->picture) : QImage();
}

QImage EditSession::proposalThumbnail(int k) {
  const EditProposal* item = proposalAt(k);
  return item ? small(item->picture) : QImage();
}

void EditSession::choose(int k) {
  if (k < -1 || k >= proposals() || k == chosen_) return;
  chosen_ = k;
  Q_EMIT proposalsChanged();
}

void EditSession::apply() {
  if (!canChange() || chosen_ < 0 || running()) return;
  forgetSides();
  act([&] { document_.apply(size_t(chosen_), milliseconds_now()); });
}

void EditSession::forgetSides() {
  EditSettings& s = form_.settings;
  s.left = s.top = s.right = s.bottom = 0;
}

void EditSession::discard() {
  if (canChange() && document_.proposals() && !running()) act([&] { document_.discard(); });
}

bool EditSession::grow(const std::string& source_sha256, const std::shared_ptr<EditPicture>& result,
                       const Recipe& recipe, const QString& notice, double seconds) {
  if (!isOpen()) return false;
  const auto parent = document_.find(source_sha256);
  if (!parent) return false;
  if (document_.stroking()) endStroke();
  act([&] { document_.add(*parent, result, recipe, notice.toStdString(), seconds, milliseconds_now()); });
  return true;
}

}  // namespace b3o
