#include "ui/state/report.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QScreen>
#include <QSysInfo>
#include <QThread>
#include <algorithm>

#include "ui/state/memory_meter.h"

namespace b3o {
namespace {

constexpr int kMostErrors = 20;
constexpr int kLeastWord = 3;  // shorter ones would take the report apart

void cut(QString& text, const char* pattern, const QString& by) {
  text.replace(QRegularExpression(QString::fromLatin1(pattern), QRegularExpression::UseUnicodePropertiesOption), by);
}

// A name stands by itself: "ada" is no part of "adapter".
void cutName(QString& text, const QString& name, const QString& by) {
  if (name.isEmpty()) return;
  text.replace(QRegularExpression(
                   QStringLiteral("(?<![\\p{L}\\p{N}])%1(?![\\p{L}\\p{N}])").arg(QRegularExpression::escape(name)),
                   QRegularExpression::CaseInsensitiveOption),
               by);
}

}  // namespace

QString withoutSecrets(QString text, const Secrets& secrets) {
  QStringList words = secrets.words;
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const auto& word : words)
    if (word.trimmed().size() >= kLeastWord)
      text.replace(word.trimmed(), QStringLiteral("<words>"), Qt::CaseInsensitive);
  cut(text, "\"[^\"\n]*\"", QStringLiteral("\"...\""));
  if (!secrets.home.isEmpty()) text.replace(secrets.home, QStringLiteral("/home"));  // a path like any other now
  cut(text, "(?<![\\w<.])(?:~|[A-Za-z]:|file://)?[/\\\\][^\\s/\\\\][^:'\"\n]*", QStringLiteral("<path>"));
  cut(text, "[^\\s/'(]+\\.(png|jpe?g|webp|bmp|gif|md|html)\\b", QStringLiteral("<file>.\\1"));
  cutName(text, secrets.user, QStringLiteral("<user>"));
  cutName(text, secrets.machine, QStringLiteral("<machine>"));
  return text;
}

QString reportText(const Report& report, const Secrets& secrets) {
  QStringList out{QStringLiteral("BLIP3-o Studio: diagnostics")};
  for (const auto& part : report.parts) {
    out << QString() << part.title;
    for (const auto& [name, value] : part.lines)
      if (!value.isEmpty()) out << QStringLiteral("  %1: %2").arg(name, withoutSecrets(value, secrets).simplified());
  }
  out << QString() << QStringLiteral("Last errors and warnings");
  if (report.errors.isEmpty()) out << QStringLiteral("  none");
  for (const auto& line : report.errors.mid(std::max<qsizetype>(0, report.errors.size() - kMostErrors)))
    out << QStringLiteral("  ") + withoutSecrets(line, secrets).simplified();
  return out.join(u'\n') + u'\n';
}

Report::Part systemPart() {
  Report::Part part{QStringLiteral("Program and system"), {}};
  const auto add = [&](const char* name, const QString& value) { part.lines.emplace_back(QLatin1String(name), value); };
  add("program", QCoreApplication::applicationVersion());
  add("libtorch", QStringLiteral(B3O_TORCH_VERSION));
  add("Qt", QStringLiteral("%1, built with %2").arg(QLatin1String(qVersion()), QLatin1String(QT_VERSION_STR)));
  add("platform", QGuiApplication::platformName());
  add("system", QStringLiteral("%1, kernel %2").arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion()));
  add("processor",
      QStringLiteral("%1, %2 threads").arg(QSysInfo::currentCpuArchitecture()).arg(QThread::idealThreadCount()));
  for (const auto* screen : QGuiApplication::screens())
    add("screen", QStringLiteral("%1 x %2, factor %3")
                      .arg(screen->size().width())
                      .arg(screen->size().height())
                      .arg(screen->devicePixelRatio()));
  return part;
}

Report::Part sizesPart(const QString& library, const QString& log) {
  Report::Part part{QStringLiteral("Sizes"), {}};
  const QDir folder(library);
  if (!library.isEmpty()) {
    for (const char* name : {"library.sqlite", "cache.sqlite"})
      part.lines.emplace_back(QLatin1String(name),
                              bytesText(uint64_t(QFileInfo(folder.filePath(QLatin1String(name))).size())));
    for (const char* name : {"pictures", "attachments"}) {
      qint64 bytes = 0, files = 0;
      QDirIterator it(folder.filePath(QLatin1String(name)), QDir::Files);
      while (it.hasNext()) {
        it.next();
        bytes += it.fileInfo().size();
        ++files;
      }
      part.lines.emplace_back(QLatin1String(name),
                              QStringLiteral("%1 files, %2").arg(files).arg(bytesText(uint64_t(bytes))));
    }
  }
  if (!log.isEmpty()) part.lines.emplace_back(QStringLiteral("log"), bytesText(uint64_t(QFileInfo(log).size())));
  return part;
}

Secrets ownSecrets() {
  QString user = qEnvironmentVariable("USER");
  if (user.isEmpty()) user = qEnvironmentVariable("USERNAME", QDir::home().dirName());
  return {QDir::homePath(), user, QSysInfo::machineHostName(), {}};
}

}  // namespace b3o
