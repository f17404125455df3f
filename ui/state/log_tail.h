// The last lines of the program's log, read from its file; what is kept is bounded, however long the log is.
#pragma once

#include <QObject>
#include <QString>
#include <deque>

#include "core/base/log.h"

namespace b3o {

struct LogLine {
  LogLevel level = LogLevel::info;
  QString text;  // the whole line, with its time
};

class LogTail : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMostLines = 2000, kMostLength = 1000;  // characters a line
  static constexpr qint64 kMostBytes = 256 * 1024;             // read at a time

  // An empty name: there is no log.
  explicit LogTail(QString file, QObject* parent = nullptr);
  const QString& file() const { return file_; }
  const std::deque<LogLine>& lines() const { return lines_; }  // the newest last
  QString text(LogLevel from) const;                           // of the lines of this level and above
  void read();                                                 // what came since

 Q_SIGNALS:
  void changed();

 private:
  QString file_;
  qint64 read_ = 0;  // bytes of the file
  std::deque<LogLine> lines_;
};

}  // namespace b3o
