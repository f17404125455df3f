// The memory this process holds, looked at once a second.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace b3o {

QString bytesText(uint64_t bytes);  // "112 MB", "1.9 GB"

class MemoryMeter : public QObject {
  Q_OBJECT
 public:
  explicit MemoryMeter(QObject* parent = nullptr);
  uint64_t bytes() const { return bytes_; }  // 0: this system does not tell

 Q_SIGNALS:
  void changed();

 private:
  void look();

  QTimer timer_;
  uint64_t bytes_ = 0;
};

}  // namespace b3o
