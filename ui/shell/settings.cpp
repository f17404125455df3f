#include "ui/shell/settings.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>

namespace b3o {
namespace {

constexpr int kMostRecent = 5;
constexpr int kLeastScale = 100, kMostScale = 300;  // below 100 Qt 6.4 leaves parts of a window unpainted
constexpr const char* kScaleVariable = "QT_SCALE_FACTOR";
constexpr const char* kThemeNames[] = {"system", "dark", "light"};

}  // namespace

ThemeChoice Settings::theme() const {
  const QString name = store_.value("theme").toString();
  for (int i = 0; i < 3; ++i)
    if (name == QLatin1String(kThemeNames[i])) return ThemeChoice(i);
  return ThemeChoice::system;
}

void Settings::setTheme(ThemeChoice choice) { store_.setValue("theme", QLatin1String(kThemeNames[int(choice)])); }

int Settings::scale() const { return std::clamp(store_.value("scale", 100).toInt(), kLeastScale, kMostScale); }

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

void applyScale(const Settings& settings) {
  if (settings.scale() != 100 && !qEnvironmentVariableIsSet(kScaleVariable))
    qputenv(kScaleVariable, QByteArray::number(settings.scale() / 100.0));
}

int appliedScale() {
  const double factor = qEnvironmentVariable(kScaleVariable).toDouble();
  return factor > 0 ? int(std::lround(factor * 100)) : 100;
}

}  // namespace b3o
