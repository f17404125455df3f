#include "ui/state/memory_meter.h"

#include <QFile>
#include <QLocale>
#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace b3o {
namespace {

uint64_t residentBytes() {
#ifdef Q_OS_LINUX
  QFile file(QStringLiteral("/proc/self/statm"));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  const auto fields = file.readAll().split(' ');
  return fields.size() > 1 ? fields[1].toULongLong() * uint64_t(::sysconf(_SC_PAGESIZE)) : 0;
#else
  return 0;
#endif
}

}  // namespace

QString bytesText(uint64_t bytes) {
  const double mega = double(bytes) / 1e6;
  if (mega < 1000) return MemoryMeter::tr("%1 MB").arg(QLocale().toString(mega, 'f', mega < 10 ? 1 : 0));
  return MemoryMeter::tr("%1 GB").arg(QLocale().toString(mega / 1000, 'f', 1));
}

MemoryMeter::MemoryMeter(QObject* parent) : QObject(parent) {
  connect(&timer_, &QTimer::timeout, this, &MemoryMeter::look);
  timer_.start(1000);
  look();
}

void MemoryMeter::look() {
  const uint64_t now = residentBytes();
  if (bytesText(now) == bytesText(bytes_)) return;
  bytes_ = now;
  Q_EMIT changed();
}

}  // namespace b3o
