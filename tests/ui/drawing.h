// Drawing in tests, and what the library then holds.
#pragma once

#include "tests/ui/support.h"

namespace b3o::test {

inline CreateForm formOf(const Studio& studio, const char* prompt, int count = 1, const char* seed = "7") {
  CreateForm form = withDefaults(CreateForm(), studio.model.can());
  form.prompt = QString::fromUtf8(prompt);
  form.count = count;
  form.seed = QString::fromLatin1(seed);
  return form;
}

// Draws and waits until the library has it.
inline bool draw(FakeStudio& fake, const char* prompt, int count = 1, const char* seed = "7") {
  const int before = fake.studio.gallery.total();
  fake.studio.drawing.start(formOf(fake.studio, prompt, count, seed));
  return fake.idle() && QTest::qWaitFor([&] { return fake.studio.gallery.total() == before + count; });
}

inline QStringList promptsOf(const Gallery& gallery) {
  QStringList out;
  for (const auto& line : gallery.lines()) out << QString::fromStdString(line.prompt);
  return out;
}

inline bool activate(FakeWindow& fake) {
  fake.window.activateWindow();
  return QTest::qWaitForWindowActive(&fake.window);
}

}  // namespace b3o::test
