#include "ui/state/job_line.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace b3o {
namespace {

// A rise below this is noise of the measurement and not shown at all.
constexpr double kRiseSeconds = 2, kRiseShare = 0.25;

}  // namespace

void Remaining::update(double seconds) {
  if (seconds < 0) return;
  if (shown_ < 0 || seconds <= shown_) {
    shown_ = seconds;
    if (shown_ <= before_rise_) before_rise_ = -1;
  } else if (seconds > shown_ + std::max(kRiseSeconds, kRiseShare * shown_)) {
    if (before_rise_ < 0) before_rise_ = shown_;
    shown_ = seconds;
  }
}

QString Remaining::text() const {
  if (shown_ < 0) return {};
  const QString time = durationText(std::max(1.0, std::round(shown_)));
  return before_rise_ >= 0 ? JobLine::tr("slower now, about %1 left of this stage").arg(time)
                           : JobLine::tr("about %1 left of this stage").arg(time);
}

QString Remaining::shortText() const {
  if (shown_ < 0) return {};
  const QString time = QStringLiteral("~") + durationText(std::max(1.0, std::round(shown_)));
  return before_rise_ >= 0 ? JobLine::tr("slower, %1").arg(time) : time;
}

QString stageWord(Stage stage) {
  switch (stage) {
    case Stage::load:
      return JobLine::tr("load");
    case Stage::read:
      return JobLine::tr("read");
    case Stage::plan:
      return JobLine::tr("plan");
    case Stage::paint:
      return JobLine::tr("paint");
    case Stage::decode:
      return JobLine::tr("decode");
    case Stage::answer:
      return JobLine::tr("answer");
  }
  return {};
}

QString paceText(double seconds) {
  if (seconds <= 0) return {};
  return JobLine::tr("%1 s a step").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 2 : 0));
}

QString durationText(double seconds) {
  if (seconds < 10 && seconds != std::round(seconds))
    return JobLine::tr("%1 s").arg(QLocale().toString(std::max(seconds, 0.01), 'f', seconds < 0.1 ? 2 : 1));
  const auto whole = qint64(std::round(seconds));
  if (whole < 60) return JobLine::tr("%1 s").arg(whole);
  if (whole < 3600) return JobLine::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  return JobLine::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

JobLine::JobLine(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge), outcome_([] { return tr("idle"); }) {
  connect(&bridge_, &EngineBridge::submitted, this, [this](JobId id) {
    jobs_.push_back(id);
    if (jobs_.size() == 1) begin();
    Q_EMIT changed();
  });
  connect(&bridge_, &EngineBridge::arrived, this, &JobLine::arrive);
}

QString JobLine::stage() const {
  if (jobs_.empty()) return outcome_.text();
  if (stopping_) return tr("stopping");
  if (!again_.isEmpty() && !is_load_ && !has_progress_) return tr("starting again with less memory");
  if (is_load_) return load_.what.empty() ? tr("load") : tr("load %1").arg(QString::fromUtf8(load_.what));
  if (!has_progress_) return tr("starting");
  const QString bare = stageWord(progress_.stage);
  const QString word = again_.isEmpty() ? bare : tr("%1, with less memory").arg(bare);
  if (progress_.pictures <= 1) return word;
  return tr("picture %1 of %2 · %3").arg(progress_.picture + 1).arg(progress_.pictures).arg(word);
}

QString JobLine::count() const {
  if (jobs_.empty() || stopping_ || is_load_ || !has_progress_ || progress_.total <= 0) return {};
  if (progress_.stage == Stage::answer) return tr("%Ln token(s)", nullptr, progress_.done);
  return QStringLiteral("%1/%2").arg(progress_.done).arg(progress_.total);
}

QString JobLine::pace() const {
  if (jobs_.empty() || stopping_ || is_load_ || !has_progress_ || progress_.stage == Stage::answer) return {};
  return paceText(progress_.seconds_per_step);
}

QString JobLine::remaining() const { return jobs_.empty() || stopping_ ? QString() : remaining_.shortText(); }

double JobLine::fraction() const {
  if (jobs_.empty()) return -1;
  if (is_load_) return load_.total ? std::min(1.0, double(load_.done) / double(load_.total)) : -1;
  // The limit of an answer says nothing about its length.
  if (!has_progress_ || progress_.total <= 0 || progress_.stage == Stage::answer) return -1;
  return std::min(1.0, double(progress_.done) / progress_.total);
}

void JobLine::stop() {
  if (jobs_.empty() || stopping_) return;
  stopping_ = true;
  bridge_.cancel(jobs_.front());
  Q_EMIT changed();
}

void JobLine::begin() {
  progress_ = {};
  load_ = {};
  is_load_ = has_progress_ = stopping_ = false;
  again_.clear();
  remaining_.reset();
  clock_.start();
}

void JobLine::arrive(JobId id, const Event& event) {
  if (is_terminal(event)) {
    end(id, event);
  } else if (jobs_.empty() || id != jobs_.front()) {
    return;
  } else if (const auto* started = std::get_if<Started>(&event)) {
    clock_.start();
    again_ = QString::fromUtf8(started->again);
    if (!again_.isEmpty()) has_progress_ = is_load_ = false;
  } else if (const auto* load = std::get_if<LoadProgress>(&event)) {
    is_load_ = true;
    load_ = *load;
  } else if (const auto* now = std::get_if<StageProgress>(&event)) {
    if (now->stage != progress_.stage || now->picture != progress_.picture) remaining_.reset();
    has_progress_ = true;
    is_load_ = false;  // the model was loaded again for this job
    progress_ = *now;
    if (now->stage != Stage::answer && now->done >= 2) remaining_.update(now->seconds_remaining);
  } else {
    return;
  }
  Q_EMIT changed();
}

void JobLine::end(JobId id, const Event& event) {
  const bool ran = !jobs_.empty() && jobs_.front() == id;
  std::erase(jobs_, id);
  if (!ran) return;
  again_.clear();
  const double seconds = std::max(0.1, double(clock_.elapsed()) / 1000);
  const auto* failed = std::get_if<Failed>(&event);
  if (failed && failed->request)
    outcome_ = [] { return tr("refused"); };
  else if (failed)
    outcome_ = [] { return tr("failed"); };
  else if (std::holds_alternative<Cancelled>(event))
    outcome_ = [] { return tr("stopped"); };
  else
    outcome_ = [seconds] { return tr("done in %1").arg(durationText(seconds)); };
  if (!jobs_.empty()) begin();
}

}  // namespace b3o
