// The languages of the program: which there are, and which one is applied.
#pragma once

#include <QString>

namespace b3o {

enum class Language { system, english, german, chinese };
constexpr int kLanguages = 4;

const char* codeOf(Language language);     // "system", "en", "de", "zh_CN": as settings and files name it
QString titleOf(Language language);        // in that language itself; "As the system" in the applied one
Language languageOfSystem();               // English where the system speaks none of them
Language languageOf(const QString& code);  // system where there is no such code

// Words of the program and of Qt, numbers and dates of the whole program. May be called again at any time: every widget
// hears of it (QEvent::LanguageChange). English is applied from the start.
void applyLanguage(Language language);
Language appliedLanguage();  // never system

}  // namespace b3o
