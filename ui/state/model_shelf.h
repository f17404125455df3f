// The model folders that can be chosen, what is known of the chosen one, and the comparison of its files with their
// hashes. Everything is looked up off this thread.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "ui/bridge/model_tools.h"
#include "ui/bridge/picture.h"
#include "ui/state/background.h"

namespace b3o {

class ModelShelf : public QObject {
  Q_OBJECT
 public:
  ModelShelf(ModelTools tools, ModelPlaces places, QObject* parent = nullptr);
  ~ModelShelf() override;

  // Looks through the places again. recent: folders, the newest first.
  void refresh(const QStringList& recent);
  bool looking() const { return looking_ > 0; }
  const std::vector<ModelFolder>& folders() const { return folders_; }

  // The folder that is thought about, listed or not; empty: none. Its facts and its fit follow.
  void choose(const QString& folder);
  void setCompute(DeviceChoice device, NumberType numbers);
  QString chosen() const { return chosen_; }
  const ModelFolder* facts() const { return facts_ ? &*facts_ : nullptr; }  // null: none yet
  // None yet, or see fitError. given_back: bytes that the loaded model will have left by then.
  std::optional<Fit> fit(uint64_t given_back = 0) const;
  QString fitError() const { return fit_error_; }  // such as a device that is not there

  // Compares the chosen folder's files with the hashes it lists.
  enum class Check { none, running, done, stopped, failed };
  void verify();
  void stopVerifying();
  Check check() const { return check_; }
  double checked() const;  // 0 to 1
  const HashReport& report() const { return report_; }
  QString checkError() const { return check_error_; }

 Q_SIGNALS:
  void foldersChanged();
  void changed();

 private:
  struct Progress {
    std::atomic<bool> stop{false};
    std::atomic<uint64_t> done{0}, total{0};
  };
  void look();
  void forgetCheck();

  ModelTools tools_;
  ModelPlaces places_;
  int looking_ = 0;
  std::vector<ModelFolder> folders_;
  QString chosen_;
  DeviceChoice device_ = DeviceChoice::automatic;
  NumberType numbers_ = NumberType::automatic;
  uint64_t asked_ = 0;  // the question whose answer counts
  std::optional<ModelFolder> facts_;
  std::optional<Fit> fit_;
  QString fit_error_;
  Check check_ = Check::none;
  HashReport report_;
  QString check_error_;
  std::shared_ptr<Progress> progress_;  // of the running comparison
  QTimer tick_;
  QThreadPool pool_;
  Background background_{&pool_};
};

}  // namespace b3o
