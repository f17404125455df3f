#include "ui/shell/languages.h"

#include <QApplication>
#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <QWidget>
#include <array>

// Outside any namespace, as the resource compiler declares it.
static void loadTranslations() { Q_INIT_RESOURCE(i18n); }

namespace b3o {
namespace {

struct Row {
  const char* code;
  const char* title;
  QLocale::Language language;
  QLocale::Country country;
};
constexpr std::array<Row, kLanguages> kTable{{
    {"system", QT_TRANSLATE_NOOP("Languages", "As the system"), QLocale::AnyLanguage, QLocale::AnyCountry},
    {"en", "English", QLocale::English, QLocale::UnitedStates},
    {"de", "Deutsch", QLocale::German, QLocale::Germany},
    {"zh_CN", "简体中文", QLocale::Chinese, QLocale::China},
}};

Language applied = Language::system;  // nothing yet

const Row& rowOf(Language language) { return kTable[size_t(language)]; }

void install(const QString& name, const QString& folder) {
  auto* translator = new QTranslator(qApp);
  if (!translator->load(name, folder) || !QCoreApplication::installTranslator(translator)) delete translator;
}

// English needs a file too: the one that knows "1 picture" from "2 pictures".
void applyEnglish() { applyLanguage(Language::english); }
Q_COREAPP_STARTUP_FUNCTION(applyEnglish)

}  // namespace

const char* codeOf(Language language) { return rowOf(language).code; }

QString titleOf(Language language) {
  const char* title = rowOf(language).title;
  return language == Language::system ? QCoreApplication::translate("Languages", title) : QString::fromUtf8(title);
}

Language languageOf(const QString& code) {
  for (size_t i = 0; i < kTable.size(); ++i)
    if (code == QLatin1String(kTable[i].code)) return Language(i);
  return Language::system;
}

Language languageOfSystem() {
  for (const auto& name : QLocale::system().uiLanguages())
    for (size_t i = 1; i < kTable.size(); ++i)
      if (QLocale(name).language() == kTable[i].language) return Language(i);
  return Language::english;
}

Language appliedLanguage() { return applied; }

void applyLanguage(Language wanted) {
  loadTranslations();
  const Language language = wanted == Language::system ? languageOfSystem() : wanted;
  if (language == applied && !qApp->findChildren<QTranslator*>().isEmpty()) return;
  applied = language;
  const Row& row = rowOf(language);
  const QLocale locale(row.language, row.country);
  QLocale::setDefault(locale);
  if (qobject_cast<QApplication*>(qApp))
    for (auto* window : QApplication::topLevelWidgets()) window->setLocale(locale);  // numbers in fields
  const auto old = qApp->findChildren<QTranslator*>(QString(), Qt::FindDirectChildrenOnly);
  const QString code = QString::fromLatin1(row.code);
  install(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  install(QStringLiteral("studio_") + code, QStringLiteral(":/i18n"));
  for (auto* translator : old) {
    QCoreApplication::removeTranslator(translator);
    delete translator;
  }
}

}  // namespace b3o
