// Every setting of the program in one table: the settings dialog, its search and the report come from it.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

#include "ui/shell/settings.h"
#include "ui/shell/studio.h"

namespace b3o {

struct Setting {
  const char* id;     // as the report names it
  const char* group;  // its heading; this and the next three are words of the context "Settings"
  const char* label;
  const char* words;                     // further words that find it
  const char* note;                      // one sentence under it; may be empty
  std::function<QStringList()> choices;  // of the language of the moment; empty: on or off
  std::function<int()> value;            // a place in the choices; 0 or 1
  std::function<void(int)> set;
};

// What changing a setting does beside remembering it.
struct SettingTargets {
  Settings settings;
  Studio& studio;
  std::function<ThemeChoice()> theme;
  std::function<void(ThemeChoice)> chooseTheme;
  std::function<void(bool)> setAutomatic;
};
std::vector<Setting> settingsTable(const SettingTargets& targets);

QString wordsOf(const char* text);  // in the language of the moment
// Whether label, note, words, heading or a choice hold every word of the text, in the language of the moment or in
// English.
bool isFoundBy(const Setting& setting, const QString& text);

}  // namespace b3o
