// An editing session over the fake model, without a window.
#pragma once

#include <QSignalSpy>

#include "core/image/codec.h"
#include "tests/ui/support.h"

namespace b3o::test {

struct Editing : FakeStudio {
  using FakeStudio::FakeStudio;
  EditSession& edit = studio.editing;
  EditList& list = studio.edits;

  // A picture whose every pixel tells its place.
  static QImage source(int width = 90, int height = 70, int shade = 0) {
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y + shade) % 256));
    return image;
  }
  bool open(int width = 90, int height = 70, int shade = 0) {
    edit.openImage(source(width, height, shade), QStringLiteral("beach.png"));
    return opened();
  }
  bool opened() {
    return QTest::qWaitFor([this] { return edit.isOpen() && !edit.opening(); }) && idle() &&
           QTest::qWaitFor([this] { return edit.shared(edit.document().current()) != nullptr; });
  }
  // Everything is in the library.
  bool kept() {
    return QTest::qWaitFor([this] { return edit.saved() && edit.id() > 0; });
  }
  void mark() { edit.markRectangle({10, 10, 70, 50}, Combine::add); }
  void ask(EditMode mode, const char* words = "", int count = 1) {
    EditForm form = edit.form();
    form.settings.mode = mode;
    form.words = QString::fromUtf8(words);
    form.count = count;
    form.seed = QStringLiteral("7");
    edit.setForm(form);
  }
  bool run() {
    if (!edit.problem().isEmpty()) return false;
    edit.start();
    control->allowAll();
    return QTest::qWaitFor([this] { return !edit.running(); }, 20000);
  }
  EditRequest lastEdit() const {
    const auto all = control->asked();
    for (auto it = all.rbegin(); it != all.rend(); ++it)
      if (const auto* request = std::get_if<EditRequest>(&*it)) return *request;
    return {};
  }
  int64_t current() const { return studio.editing.document().current(); }
};

}  // namespace b3o::test
