// What the program remembers from one start to the next.
#pragma once

#include <QSettings>
#include <QSize>
#include <QStringList>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/shell/languages.h"

namespace b3o {

enum class ThemeChoice { system, dark, light };

constexpr QSize kLeastWindow(960, 600);

class Settings {
 public:
  explicit Settings(QSettings& store) : store_(store) {}

  ThemeChoice theme() const;
  void setTheme(ThemeChoice choice);
  int markColour() const { return store_.value("edit/mark", 0).toInt(); }  // of ToolOptions, as it counts them
  void setMarkColour(int index) { store_.setValue("edit/mark", index); }
  int scale() const;  // of everything that is drawn, in percent
  void setScale(int percent) { store_.setValue("scale", percent); }
  Language language() const { return languageOf(store_.value("language").toString()); }
  void setLanguage(Language language) { store_.setValue("language", QLatin1String(codeOf(language))); }
  // Whether the words choose between Ask, Draw and Edit.
  bool automaticIntent() const { return store_.value("chat/automatic", true).toBool(); }
  void setAutomaticIntent(bool on) { store_.setValue("chat/automatic", on); }
  // Minutes without work after which the model gives its memory back; 0: never.
  int idleUnloadMinutes() const { return std::clamp(store_.value("model/idle_unload", 30).toInt(), 0, 24 * 60); }
  void setIdleUnloadMinutes(int minutes) { store_.setValue("model/idle_unload", minutes); }
  QByteArray geometry() const { return store_.value("window/geometry").toByteArray(); }
  void setGeometry(const QByteArray& geometry) { store_.setValue("window/geometry", geometry); }
  int page() const { return store_.value("window/page", 0).toInt(); }  // as the rail counts them
  void setPage(int page) { store_.setValue("window/page", page); }
  QStringList recentModels() const { return store_.value("model/recent").toStringList(); }  // the newest first
  void addRecentModel(const QString& folder);
  // The demonstration model, unless another folder that is still there was loaded last; then nothing, and the user
  // chooses.
  QString folderToOpen(const QString& demonstration) const;

 private:
  QSettings& store_;
};

// Draws everything larger or smaller, fonts and spaces alike. Only before the QApplication is made; a factor that the
// environment names (QT_SCALE_FACTOR) wins.
void applyScale(const Settings& settings);
int appliedScale();

}  // namespace b3o
