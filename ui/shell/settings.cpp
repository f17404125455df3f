#include "ui/shell/settings.h"

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

}  // namespace b3o
