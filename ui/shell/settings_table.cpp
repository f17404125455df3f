#include "ui/shell/settings_table.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QScreen>
#include <algorithm>

namespace b3o {
namespace {

constexpr const char* kLook = QT_TRANSLATE_NOOP("Settings", "Look");
constexpr const char* kChat = QT_TRANSLATE_NOOP("Settings", "Chat");
constexpr const char* kPictures = QT_TRANSLATE_NOOP("Settings", "Pictures");
constexpr const char* kModel = QT_TRANSLATE_NOOP("Settings", "Model");

constexpr int kScales[] = {100, 110, 125, 150, 175, 200};
constexpr int kIdleMinutes[] = {0, 5, 15, 30, 60, 240};

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Settings)
};

// The sizes at which the smallest window still fits on the screen, and the one that is set.
std::vector<int> scales(int now) {
  const auto* screen = QGuiApplication::primaryScreen();
  const QSizeF room = screen ? QSizeF(screen->size()) * appliedScale() / 100 : QSizeF(kLeastWindow);
  std::vector<int> out;
  for (const int percent : kScales) {
    const bool fits =
        kLeastWindow.width() * percent <= room.width() * 100 && kLeastWindow.height() * percent <= room.height() * 100;
    if (percent == 100 || fits || percent == now) out.push_back(percent);
  }
  if (std::find(out.begin(), out.end(), now) == out.end())
    out.insert(std::upper_bound(out.begin(), out.end(), now), now);
  return out;
}

std::vector<int> idleMinutes(int now) {
  std::vector<int> out(std::begin(kIdleMinutes), std::end(kIdleMinutes));
  if (std::find(out.begin(), out.end(), now) == out.end())
    out.insert(std::upper_bound(out.begin(), out.end(), now), now);
  return out;
}

int placeOf(const std::vector<int>& list, int value) {
  return int(std::find(list.begin(), list.end(), value) - list.begin());
}

QString idleText(int minutes) {
  if (minutes == 0) return Words::tr("Never");
  return minutes % 60 == 0 ? Words::tr("After %n hour(s)", nullptr, minutes / 60)
                           : Words::tr("After %n minute(s)", nullptr, minutes);
}

Setting themeSetting(const SettingTargets& to) {
  return {"theme",
          kLook,
          QT_TRANSLATE_NOOP("Settings", "Theme"),
          QT_TRANSLATE_NOOP("Settings", "dark light colours appearance night mode"),
          "",
          [] { return QStringList{Words::tr("As the system"), Words::tr("Dark"), Words::tr("Light")}; },
          [to] { return int(to.theme()); },
          [to](int place) { to.chooseTheme(ThemeChoice(place)); }};
}

Setting scaleSetting(const SettingTargets& to) {
  Settings settings = to.settings;
  return {"size",
          kLook,
          QT_TRANSLATE_NOOP("Settings", "Size of everything"),
          QT_TRANSLATE_NOOP("Settings", "scale zoom font text spacing larger smaller"),
          QT_TRANSLATE_NOOP("Settings", "Takes effect at the next start."),
          [settings] {
            QStringList out;
            for (const int percent : scales(settings.scale())) out << Words::tr("%1 %").arg(percent);
            return out;
          },
          [settings] { return placeOf(scales(settings.scale()), settings.scale()); },
          [settings](int place) mutable { settings.setScale(scales(settings.scale())[size_t(place)]); }};
}

Setting languageSetting(const SettingTargets& to) {
  Settings settings = to.settings;
  return {"language",
          kLook,
          QT_TRANSLATE_NOOP("Settings", "Language"),
          QT_TRANSLATE_NOOP("Settings", "language locale English German Chinese translation"),
          QT_TRANSLATE_NOOP("Settings", "Models answer in the languages they know."),
          [] {
            QStringList out;
            for (int i = 0; i < kLanguages; ++i) out << titleOf(Language(i));
            return out;
          },
          [settings] { return int(settings.language()); },
          [settings](int place) mutable {
            settings.setLanguage(Language(place));
            applyLanguage(Language(place));
          }};
}

Setting idleSetting(const SettingTargets& to) {
  Settings settings = to.settings;
  return {"idle",
          kModel,
          QT_TRANSLATE_NOOP("Settings", "Give memory back"),
          QT_TRANSLATE_NOOP("Settings", "idle unload RAM GPU minutes free"),
          QT_TRANSLATE_NOOP("Settings",
                            "Without work for so long, the model leaves the memory; the next job loads it again."),
          [settings] {
            QStringList out;
            for (const int minutes : idleMinutes(settings.idleUnloadMinutes())) out << idleText(minutes);
            return out;
          },
          [settings] { return placeOf(idleMinutes(settings.idleUnloadMinutes()), settings.idleUnloadMinutes()); },
          [settings, &studio = to.studio](int place) mutable {
            settings.setIdleUnloadMinutes(idleMinutes(settings.idleUnloadMinutes())[size_t(place)]);
            studio.idle.setAfter(std::chrono::minutes(settings.idleUnloadMinutes()));
          }};
}

}  // namespace

QString wordsOf(const char* text) { return *text ? QCoreApplication::translate("Settings", text) : QString(); }

std::vector<Setting> settingsTable(const SettingTargets& to) {
  return {themeSetting(to),
          scaleSetting(to),
          languageSetting(to),
          {"automatic",
           kChat,
           QT_TRANSLATE_NOOP("Settings", "Choose Ask, Draw or Edit by the words"),
           QT_TRANSLATE_NOOP("Settings", "automatic intent auto sending"),
           QT_TRANSLATE_NOOP("Settings", "The choice shows before it runs, and one click changes it."),
           {},
           [&studio = to.studio] { return int(studio.conversation.automatic()); },
           [to](int on) { to.setAutomatic(on); }},
          {"tokens",
           kPictures,
           QT_TRANSLATE_NOOP("Settings", "Keep tokens in new pictures"),
           QT_TRANSLATE_NOOP("Settings", "recipe metadata PNG repaint file size"),
           QT_TRANSLATE_NOOP("Settings", "With them a picture can be repainted, and its file is larger."),
           {},
           [&studio = to.studio] { return int(studio.gallery.carriesTokens()); },
           [&studio = to.studio](int on) { studio.gallery.setCarriesTokens(on); }},
          idleSetting(to)};
}

bool isFoundBy(const Setting& setting, const QString& text) {
  QStringList own;
  for (const char* part : {setting.group, setting.label, setting.words, setting.note})
    own << wordsOf(part) << QString::fromLatin1(part);
  if (setting.choices) own << setting.choices();
  const QString all = own.join(u' ');
  const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
  return std::all_of(words.begin(), words.end(),
                     [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

}  // namespace b3o
