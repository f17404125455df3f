#include "ui/state/log_tail.h"

#include <QFile>
#include <QStringList>

namespace b3o {
namespace {

constexpr int kTimeLength = 24;  // "2026-11-30 22:23:08.123 "

// A line without a level goes on with what the line before it said.
LogLevel levelOf(const QString& line, LogLevel before) {
  const QString head = line.mid(kTimeLength, 9);
  if (head.startsWith(QLatin1String("debug:"))) return LogLevel::debug;
  if (head.startsWith(QLatin1String("info:"))) return LogLevel::info;
  if (head.startsWith(QLatin1String("warning:"))) return LogLevel::warning;
  if (head.startsWith(QLatin1String("error:"))) return LogLevel::error;
  return before;
}

}  // namespace

LogTail::LogTail(QString file, QObject* parent) : QObject(parent), file_(std::move(file)) {}

QString LogTail::text(LogLevel from) const {
  QStringList out;
  for (const auto& line : lines_)
    if (line.level >= from) out << line.text;
  return out.join(u'\n');
}

void LogTail::read() {
  QFile file(file_);
  if (file_.isEmpty() || !file.open(QIODevice::ReadOnly)) return;
  const qint64 size = file.size();
  if (size < read_) read_ = 0;  // another file has begun
  if (size == read_) return;
  const bool skips = size - read_ > kMostBytes;
  if (skips) read_ = size - kMostBytes;
  if (!file.seek(read_)) return;
  QByteArray bytes = file.read(kMostBytes);
  if (const auto end = bytes.lastIndexOf('\n'); end < kMostBytes - 1 && end >= 0) bytes.truncate(end + 1);
  read_ += bytes.size();
  if (skips) bytes.remove(0, bytes.indexOf('\n') + 1);
  for (const auto& line : bytes.split('\n')) {
    if (line.isEmpty()) continue;
    const QString text = QString::fromUtf8(line).left(kMostLength);
    lines_.push_back({levelOf(text, lines_.empty() ? LogLevel::info : lines_.back().level), text});
  }
  while (lines_.size() > size_t(kMostLines)) lines_.pop_front();
  Q_EMIT changed();
}

}  // namespace b3o
