// Gathers the diagnostics report of a studio and puts it into the clipboard.
#pragma once

#include <QObject>

#include "ui/shell/settings_table.h"
#include "ui/shell/studio.h"
#include "ui/state/report.h"

namespace b3o {

class Diagnostics : public QObject {
  Q_OBJECT
 public:
  // log: the program's log file; empty: there is none.
  Diagnostics(Studio& studio, QString log, QObject* parent = nullptr);
  void copy(const std::vector<Setting>& settings);  // copied() follows: files are counted off this thread

 Q_SIGNALS:
  void copied(const QString& text);

 private:
  Report gather(const std::vector<Setting>& settings) const;
  Secrets secrets() const;

  Studio& studio_;
  QString log_;
  Background background_;
};

}  // namespace b3o
