#include "ui/state/model_state.h"

#include <QDir>

#include "ui/bridge/picture.h"

namespace b3o {

ModelState::ModelState(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(&bridge_, &EngineBridge::arrived, this, &ModelState::arrive);
}

void ModelState::load(const QString& folder, DeviceChoice device, NumberType number_type) {
  if (job_) bridge_.cancel(job_);
  folder_ = folder;
  error_.clear();
  progress_ = {};
  started_ = making_ = false;
  phase_ = Phase::loading;
  job_ = bridge_.submit(LoadModel{toPath(folder), device, number_type});
  Q_EMIT changed();
}

void ModelState::stopLoading() {
  if (job_) bridge_.cancel(job_);
}

void ModelState::rest() {
  if (ready() && !resting_ && rest_job_ == 0) rest_job_ = bridge_.submitUnseen(UnloadModel{});
}

void ModelState::makeAndLoad(const MakeModel& make, const QString& folder) {
  if (making_) return;
  if (job_) bridge_.cancel(job_);
  job_ = 0;
  if (QDir(folder).exists()) return load(folder);  // made earlier: the folder appears only when it is complete
  folder_ = folder;
  error_.clear();
  making_ = true;
  phase_ = Phase::loading;
  Q_EMIT changed();
  background_.run(
      [make, folder]() -> QString {
        const QString part = folder + QStringLiteral(".part");
        try {
          QDir(part).removeRecursively();
          if (!QDir().mkpath(QFileInfo(folder).absolutePath()))
            return tr("%1: the folder cannot be made.").arg(QFileInfo(folder).absolutePath());
          make(toPath(part));
          if (!QDir().rename(part, folder)) return tr("%1: cannot be renamed to %2.").arg(part, folder);
          return {};
        } catch (const std::exception& e) {
          return QString::fromUtf8(e.what());
        }
      },
      [this, folder](const QString& sentence) {
        if (!making_) return;  // another folder was asked for meanwhile
        making_ = false;
        if (sentence.isEmpty()) return load(folder);
        fail(sentence);
      });
}

QString ModelState::step() const {
  if (phase_ != Phase::loading) return {};
  if (making_) return tr("making a random tiny model");
  if (!started_) return tr("waiting for the running job");
  return progress_.what.empty() ? tr("reading the folder") : QString::fromUtf8(progress_.what);
}

double ModelState::fraction() const {
  if (phase_ != Phase::loading || progress_.total == 0) return -1;
  return std::min(1.0, double(progress_.done) / double(progress_.total));
}

void ModelState::fail(const QString& sentence) {
  error_ = sentence;
  job_ = 0;
  phase_ = info_.folder.empty() ? Phase::none : Phase::ready;
  Q_EMIT changed();
}

void ModelState::arrive(JobId id, const Event& event) {
  if (id == rest_job_ && is_terminal(event)) {
    rest_job_ = 0;
    resting_ = ready() && std::holds_alternative<Finished>(event);
    Q_EMIT changed();
  }
  if (const auto* ready = std::get_if<ModelReady>(&event); ready && id != job_) {  // loaded again for a request
    info_ = ready->info;
    resting_ = false;
    Q_EMIT changed();
  }
  if (id != job_) return;
  if (std::holds_alternative<Started>(event)) {
    started_ = true;
    resting_ = false;
    info_ = {};  // the engine lets the old model go before it reads the new one
  } else if (const auto* progress = std::get_if<LoadProgress>(&event)) {
    progress_ = *progress;
  } else if (const auto* ready = std::get_if<ModelReady>(&event)) {
    info_ = ready->info;
    phase_ = Phase::ready;
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    return fail(QString::fromUtf8(failed->message));
  } else if (std::holds_alternative<Cancelled>(event)) {
    return fail({});
  } else if (std::holds_alternative<Finished>(event)) {
    job_ = 0;
    Q_EMIT loaded();
  }
  Q_EMIT changed();
}

}  // namespace b3o
