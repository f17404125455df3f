#include "ui/state/image_job.h"

#include <algorithm>

namespace b3o {
namespace {

constexpr int kFilmSide = 160;  // twice the size in the film strip

}  // namespace

ImageJob::ImageJob(EngineBridge& bridge, ModelState& model, DrawQueue& queue, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model), queue_(queue) {
  connect(&bridge_, &EngineBridge::arrived, this, &ImageJob::arrive);
  connect(&model_, &ModelState::changed, this, &ImageJob::changed);
  connect(&model_, &ModelState::loaded, this, &ImageJob::beginNext);
  connect(&queue_, &DrawQueue::resumed, this, &ImageJob::beginNext);
}

void ImageJob::select(int row) {
  if (row < 0 || row >= int(pictures_.size())) return;
  following_ = drawing() && row == this->row(progress_.picture);
  if (row == selected_) return;
  selected_ = row;
  Q_EMIT selectionChanged();
}

void ImageJob::follow(int row) {
  if (!following_ || row < 0 || row == selected_) return;
  selected_ = row;
  Q_EMIT selectionChanged();
}

int ImageJob::row(int picture) const { return picture >= 0 && picture < count_ ? first_ + picture : -1; }

QString ImageJob::stageText() const {
  if (!drawing()) return {};
  const QString which = count_ > 1 ? tr("Picture %1 of %2 · ").arg(progress_.picture + 1).arg(count_) : QString();
  if (stopping_) return which + tr("stopping");
  if (!started_) return tr("Waiting for the running job");
  if (!has_progress_) return which + tr("starting");
  const QString stage = which + stageWord(progress_.stage);
  return progress_.total > 1 ? tr("%1 %2 of %3").arg(stage).arg(progress_.done).arg(progress_.total) : stage;
}

QString ImageJob::doing() const {
  if (!drawing() || !has_progress_) return {};
  switch (progress_.stage) {
    case Stage::load:
      return tr("loading");
    case Stage::read:
      return tr("reading");
    case Stage::plan:
      return tr("planning");
    case Stage::paint:
      return tr("painting");
    case Stage::decode:
      return tr("decoding");
    case Stage::answer:
      return tr("answering");
  }
  return {};
}

QString ImageJob::timeText() const {
  if (!drawing() || !has_progress_ || stopping_) return {};
  QStringList parts{paceText(progress_.seconds_per_step), remaining_.text()};
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

double ImageJob::fraction() const {
  if (!drawing() || !has_progress_ || progress_.total <= 0) return -1;
  return std::min(1.0, double(progress_.done) / progress_.total);
}

QString ImageJob::problem(const CreateForm& form) const {
  if (!model_.ready()) return tr("Load a model first.");
  return b3o::problem(form, model_.can());
}

void ImageJob::start(const CreateForm& form, bool first) {
  if (!problem(form).isEmpty()) return;
  draw(toRecipe(form), form.count, first);
}

int ImageJob::rowOf(uint64_t key) const {
  for (size_t row = 0; row < pictures_.size(); ++row)
    if (pictures_[row].key == key) return int(row);
  return -1;
}

void ImageJob::draw(const Recipe& recipe, int count, bool first) {
  const uint64_t key = queue_.add(recipe, count, first || !drawing());
  if (!drawing()) begin(*queue_.take(key));
}

void ImageJob::beginNext() {
  if (drawing() || !model_.ready()) return;
  if (const auto next = queue_.take()) begin(*next);
}

void ImageJob::begin(const QueuedDrawing& drawing) {
  GenerateRequest request;
  request.recipe = drawing.recipe;
  request.count = drawing.count;
  queued_ = drawing.key;
  first_ = int(pictures_.size());
  count_ = drawing.count;
  for (int k = 0; k < count_; ++k) {
    Picture picture;
    picture.key = ++last_key_;
    picture.number = k;
    picture.of = count_;
    picture.recipe = request.recipe;
    picture.recipe.seed += uint64_t(k);
    picture.recipe.model_name = model_.info().name;
    picture.notice = QString::fromUtf8(model_.info().notice);
    pictures_.push_back(std::move(picture));
  }
  started_ = stopping_ = has_progress_ = false;
  progress_ = {};
  remaining_.reset();
  error_.clear();
  refused_ = false;
  job_ = bridge_.submit(std::move(request));
  Q_EMIT picturesChanged();
  following_ = true;
  follow(first_);
  Q_EMIT changed();
}

void ImageJob::stop() {
  if (!drawing() || stopping_) return;
  bridge_.cancel(job_);
  stopping_ = true;
  if (!started_) return end(Picture::State::stopped, {});  // it only waits; the engine drops it when its turn comes
  Q_EMIT changed();
}

void ImageJob::showPreview(const Preview& preview) {
  const int at = row(preview.picture);
  if (at < 0 || preview.image.empty()) return;
  Picture& picture = pictures_[size_t(at)];
  const QImage image = toQImage(std::make_shared<const Image>(preview.image));
  if (preview.kind == Preview::Kind::plan_map) {
    picture.plan_map = image;
  } else {
    picture.shown = image;
    picture.thumbnail = image.scaled(kFilmSide, kFilmSide, Qt::KeepAspectRatio, Qt::FastTransformation);
  }
  picture.state = Picture::State::working;
  follow(at);
  Q_EMIT pictureChanged(at);
}

void ImageJob::keep(const ImageReady& ready) {
  const int at = row(ready.picture);
  if (at < 0) return;
  Picture& picture = pictures_[size_t(at)];
  picture.image = std::make_shared<const Image>(ready.image);
  picture.shown = toQImage(picture.image);
  picture.thumbnail = thumbnailOf(picture.shown, kFilmSide);
  picture.tokens = {ready.tokens, ready.token_count, ready.token_width};
  picture.recipe = ready.recipe;
  picture.seconds = ready.seconds;
  picture.state = Picture::State::done;
  follow(at);
  Q_EMIT pictureChanged(at);
}

// The last preview of an unfinished picture stays; a picture that nothing was seen of goes.
void ImageJob::end(Picture::State unfinished, const QString& error) {
  const size_t before = pictures_.size();
  for (int k = 0; k < count_; ++k) {
    Picture& picture = pictures_[size_t(first_ + k)];
    if (picture.state == Picture::State::done) continue;
    picture.state = unfinished;
    Q_EMIT pictureChanged(first_ + k);
  }
  std::erase_if(pictures_, [](const Picture& p) { return p.shown.isNull() && p.plan_map.isNull(); });
  error_ = error;
  job_ = 0;
  count_ = 0;
  started_ = stopping_ = following_ = false;
  const int selected = std::min(selected_, int(pictures_.size()) - 1);
  const bool moved = std::exchange(selected_, selected) != selected || pictures_.size() != before;
  if (pictures_.size() != before) Q_EMIT picturesChanged();
  if (moved) Q_EMIT selectionChanged();
  queue_.done(std::exchange(queued_, 0));
  beginNext();  // one that failed takes the others with it as little as one that is done
  Q_EMIT changed();
}

void ImageJob::arrive(JobId id, const Event& event) {
  if (id != job_) return;
  if (std::holds_alternative<Started>(event)) {
    started_ = true;
    Q_EMIT changed();
  } else if (const auto* now = std::get_if<StageProgress>(&event)) {
    if (now->picture != progress_.picture || now->stage != progress_.stage) {
      follow(row(now->picture));
      remaining_.reset();
    }
    progress_ = *now;
    has_progress_ = true;
    if (now->done >= 2) remaining_.update(now->seconds_remaining);
    Q_EMIT changed();
  } else if (const auto* preview = std::get_if<Preview>(&event)) {
    showPreview(*preview);
  } else if (const auto* ready = std::get_if<ImageReady>(&event)) {
    keep(*ready);
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    refused_ = failed->refusal;
    end(Picture::State::failed, QString::fromUtf8(failed->message));
  } else if (std::holds_alternative<Cancelled>(event)) {
    end(Picture::State::stopped, {});
  } else if (std::holds_alternative<Finished>(event)) {
    end(Picture::State::stopped, {});
  }
}

}  // namespace b3o
