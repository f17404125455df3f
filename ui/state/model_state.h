// The loaded model as the window sees it: none, loading or ready, and why the last load failed.
#pragma once

#include <QObject>
#include <QString>

#include "ui/bridge/engine_bridge.h"
#include "ui/state/background.h"

namespace b3o {

class ModelState : public QObject {
  Q_OBJECT
 public:
  enum class Phase { none, loading, ready };
  explicit ModelState(EngineBridge& bridge, QObject* parent = nullptr);

  // Replaces the model; a load that is still running is stopped.
  void load(const QString& folder, DeviceChoice device = DeviceChoice::automatic,
            NumberType number_type = NumberType::automatic);
  void stopLoading();
  // Gives the model's memory back. It stays the loaded one: the next request loads it again.
  void rest();
  bool resting() const { return resting_; }
  // make(path) writes a model folder, off this thread, at the named place, which is loaded afterwards. What it throws
  // becomes error().
  using MakeModel = std::function<void(const std::filesystem::path&)>;
  void makeAndLoad(const MakeModel& make, const QString& folder);

  Phase phase() const { return phase_; }
  bool ready() const { return phase_ == Phase::ready; }
  const ModelInfo& info() const { return info_; }        // of the loaded model; empty without one
  const Capabilities& can() const { return info_.can; }  // nothing without a model
  QString folder() const { return folder_; }             // the one last asked for
  QString error() const { return error_; }               // of the last load; empty when it worked or was stopped
  QString step() const;                                  // "unet" or "waiting for the running job"
  double fraction() const;                               // of the load; negative: not known yet

 Q_SIGNALS:
  void changed();
  void loaded();

 private:
  void arrive(JobId id, const Event& event);
  void fail(const QString& sentence);

  EngineBridge& bridge_;
  Background background_;
  Phase phase_ = Phase::none;
  JobId job_ = 0;       // the load that counts; 0: none
  JobId rest_job_ = 0;  // what lets the model go
  bool started_ = false, making_ = false, resting_ = false;
  ModelInfo info_;
  LoadProgress progress_;
  QString folder_, error_;
};

}  // namespace b3o
