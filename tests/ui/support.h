// A studio over the fake model, and a window over the studio, for the tests of the ui.
#pragma once

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/fake_family.h"
#include "ui/shell/main_window.h"

namespace b3o::test {

struct FakeStudio {
  std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
  QTemporaryDir folder;
  Studio studio;

  // keep: with a library in the test's folder.
  explicit FakeStudio(bool keep = false)
      : studio(fakeEngine(control), keep ? openStore(path("library")) : OpenedStore()) {}
  explicit FakeStudio(OpenedStore opened) : studio(fakeEngine(control), std::move(opened)) {}

  QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
  // Loads the fake and waits for it.
  bool load() {
    studio.model.load(path("paper-world"));
    return QTest::qWaitFor([this] { return studio.model.ready() && !studio.line.running(); });
  }
  // Steps the running job up to here and waits until the window knows.
  bool advance(int steps) {
    control->allow(steps);
    return QTest::qWaitFor([this] { return control->taken >= control->allowed; }) && (QTest::qWait(80), true);
  }
  bool idle() {
    control->allowAll();
    return QTest::qWaitFor([this] { return !studio.line.running(); }, 20000);
  }
  // A PNG of the given side in the test's folder.
  QString picture(const char* name, int side = 64) {
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(QColor(200, 80, 40));
    const QString file = path(name);
    return image.save(file) ? file : QString();
  }
};

struct FakeWindow : FakeStudio {
  QSettings store{path("settings.ini"), QSettings::IniFormat};
  MainWindow window;

  explicit FakeWindow(WindowOptions options = {}, bool keep = false)
      : FakeStudio(keep),
        window(studio, Settings(store), options.theme ? options : (options.theme = Theme::dark, options)) {
    window.resize(1280, 800);
    window.show();
  }
};

}  // namespace b3o::test
