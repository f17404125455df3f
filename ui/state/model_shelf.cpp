#include "ui/state/model_shelf.h"

#include <algorithm>
#include <exception>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int kTickMs = 100;

struct Answer {
  std::optional<ModelFolder> facts;
  std::optional<Fit> fit;
  QString error;
};

struct Compared {
  HashReport report;
  QString error;
  bool stopped = false;
};

template <class Work>
QString sentenceOf(Work work) {
  try {
    work();
    return {};
  } catch (const std::exception& e) {
    return QString::fromUtf8(e.what());
  }
}

}  // namespace

ModelShelf::ModelShelf(ModelTools tools, ModelPlaces places, QObject* parent)
    : QObject(parent), tools_(std::move(tools)), places_(std::move(places)) {
  pool_.setMaxThreadCount(2);  // a long comparison beside a short look
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, &ModelShelf::changed);
}

ModelShelf::~ModelShelf() {
  stopVerifying();
  pool_.waitForDone();
}

void ModelShelf::refresh(const QStringList& recent) {
  places_.recent.clear();
  for (const auto& folder : recent) places_.recent.push_back(toPath(folder));
  if (!tools_.find) return;
  ++looking_;
  background_.run(
      [find = tools_.find, places = places_] {
        std::vector<ModelFolder> found;
        const QString ignored = sentenceOf([&] { found = find(places); });
        return found;
      },
      [this](std::vector<ModelFolder> found) {
        --looking_;
        folders_ = std::move(found);
        Q_EMIT foldersChanged();
      });
  Q_EMIT changed();
}

void ModelShelf::choose(const QString& folder) {
  if (folder == chosen_) return;
  chosen_ = folder;
  facts_.reset();
  forgetCheck();
  look();
}

void ModelShelf::setCompute(DeviceChoice device, NumberType numbers) {
  if (device == device_ && numbers == numbers_) return;
  device_ = device;
  numbers_ = numbers;
  look();
}

void ModelShelf::look() {
  fit_.reset();
  fit_error_.clear();
  const uint64_t question = ++asked_;
  Q_EMIT changed();
  if (chosen_.isEmpty() || !tools_.look || !tools_.fit) return;
  LoadModel load{toPath(chosen_), device_, numbers_};
  background_.run(
      [look = tools_.look, fit = tools_.fit, load] {
        Answer answer;
        answer.error = sentenceOf([&] {
          answer.facts = look(load.folder);
          if (answer.facts->complete()) answer.fit = fit(load);
        });
        return answer;
      },
      [this, question](Answer answer) {
        if (question != asked_) return;
        facts_ = std::move(answer.facts);
        fit_ = std::move(answer.fit);
        fit_error_ = answer.error;
        Q_EMIT changed();
      });
}

std::optional<Fit> ModelShelf::fit(uint64_t given_back) const {
  std::optional<Fit> fit = fit_;
  if (fit) fit->free = std::min(fit->total, fit->free + given_back);
  return fit;
}

void ModelShelf::verify() {
  if (check_ == Check::running || chosen_.isEmpty() || !tools_.verify) return;
  forgetCheck();
  check_ = Check::running;
  progress_ = std::make_shared<Progress>();
  tick_.start();
  background_.run(
      [verify = tools_.verify, folder = toPath(chosen_), progress = progress_] {
        Compared out;
        try {
          out.error = sentenceOf([&] {
            out.report = verify(folder, [&](uint64_t done, uint64_t total) {
              progress->done = done;
              progress->total = total;
              if (progress->stop) throw Stop();
            });
          });
        } catch (const Stop&) {
          out.stopped = true;
        }
        return out;
      },
      [this, progress = progress_](Compared compared) {
        if (progress != progress_) return;  // another folder was chosen meanwhile
        tick_.stop();
        progress_.reset();
        report_ = std::move(compared.report);
        check_error_ = compared.error;
        check_ = compared.stopped ? Check::stopped : compared.error.isEmpty() ? Check::done : Check::failed;
        Q_EMIT changed();
      });
  Q_EMIT changed();
}

void ModelShelf::stopVerifying() {
  if (progress_) progress_->stop = true;
}

double ModelShelf::checked() const {
  if (!progress_ || progress_->total == 0) return 0;
  return std::min(1.0, double(progress_->done) / double(progress_->total));
}

void ModelShelf::forgetCheck() {
  stopVerifying();
  tick_.stop();
  progress_.reset();
  report_ = {};
  check_error_.clear();
  check_ = Check::none;
}

}  // namespace b3o
