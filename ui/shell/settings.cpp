#include "ui/shell/settings.h"

#include <QFileInfo>

namespace b3o {
namespace {

constexpr int kMostRecent = 5;
constexpr const char* kThemeNames[] = {"system", "dark", "light"};

}  // namespace

ThemeChoice Settings::theme() const {
  const QString name = store_.value("theme").toString();
  for (int i = 0; i < 3; ++i)
    if (name == QLatin1String(kThemeNames[i])) return ThemeChoice(i);
  return ThemeChoice::system;
}

void Settings::setTheme(ThemeChoice choice) { store_.setValue("theme", QLatin1String(kThemeNames[int(choice)])); }

void Settings::addRecentModel(const QString& folder) {
  QStringList recent = recentModels();
  recent.removeAll(folder);
  recent.prepend(folder);
  store_.setValue("model/recent", recent.mid(0, kMostRecent));
}

QString Settings::folderToOpen(const QString& demonstration) const {
  const QStringList recent = recentModels();
  if (recent.isEmpty()) return demonstration;
  const QFileInfo last(recent.front());
  const bool other = last.exists() && last.canonicalFilePath() != QFileInfo(demonstration).canonicalFilePath();
  return other ? QString() : demonstration;
}

}  // namespace b3o
