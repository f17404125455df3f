// A window on its Edit page over the fake model, with what a hand does there.
#pragma once

#include <QComboBox>
#include <QTabletEvent>
#include <QTest>
#include <QWheelEvent>

#include "tests/ui/drawing.h"
#include "tests/ui/editing.h"

namespace b3o::test {

// A window on its Edit page, with a picture in it.
struct EditWindow : FakeWindow {
  explicit EditWindow(bool keep = false) : FakeWindow({}, keep) { window.showPage(Page::edit); }
  EditPage& page() { return *window.edit(); }
  EditCanvas* canvas() { return window.edit()->canvas(); }
  EditSession& edit() { return studio.editing; }
  ModeForm* form() { return window.edit()->panel()->form(); }

  bool ready(int width = 90, int height = 70) {
    return load() && open(Editing::source(width, height)) && activate(*this);
  }
  bool open(const QImage& image, const char* name = "beach.png") {
    studio.editing.openImage(image, QString::fromLatin1(name));
    return QTest::qWaitFor([this] {
             return edit().isOpen() && !edit().opening() && !edit().picture().isNull() && canvas()->isVisible();
           }) &&
           idle();
  }
  QPoint at(double x, double y) { return canvas()->zoom().toView({x, y}).toPoint(); }
  void drag(QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) {
    QTest::mousePress(canvas(), button, keys, at(from.x(), from.y()));
    move((at(from.x(), from.y()) + at(to.x(), to.y())) / 2, button, keys);
    move(at(to.x(), to.y()), button, keys);
    QTest::mouseRelease(canvas(), button, keys, at(to.x(), to.y()));
  }
  // QTest::mouseMove has no buttons.
  void move(QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers keys = {}) {
    QMouseEvent event(QEvent::MouseMove, to, canvas()->mapToGlobal(to), Qt::NoButton, button, keys);
    QCoreApplication::sendEvent(canvas(), &event);
  }
  void wheel(QPointF pixel, int delta) {
    const QPointF here = canvas()->zoom().toView(pixel);
    QWheelEvent event(here, canvas()->mapToGlobal(here), {}, {0, delta}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(canvas(), &event);
  }
  void pen(QEvent::Type type, QPointF pixel, double pressure, bool eraser = false) {
    static const QPointingDevice tip(QStringLiteral("pen"), 1, QInputDevice::DeviceType::Stylus,
                                     QPointingDevice::PointerType::Pen, QInputDevice::Capability::Pressure, 1, 1);
    static const QPointingDevice end(QStringLiteral("pen"), 1, QInputDevice::DeviceType::Stylus,
                                     QPointingDevice::PointerType::Eraser, QInputDevice::Capability::Pressure, 1, 1);
    const QPointF here = canvas()->zoom().toView(pixel);
    const Qt::MouseButton button = type == QEvent::TabletMove ? Qt::NoButton : Qt::LeftButton;
    QTabletEvent event(type, eraser ? &end : &tip, here, canvas()->mapToGlobal(here), pressure, 0, 0, 0, 0, 0, {},
                       button, Qt::LeftButton);
    QCoreApplication::sendEvent(canvas(), &event);
  }
  void key(int key, Qt::KeyboardModifiers keys = {}) { QTest::keyClick(canvas(), Qt::Key(key), keys); }
  void brush(int pixels) {
    page().options()->size()->setValue(brushPosition(pixels));
    page().options()->hardness()->setValue(100);
  }
  bool choose(EditMode mode) {
    const int at = form()->modes()->findData(int(mode));
    if (at < 0) return false;
    form()->modes()->setCurrentIndex(at);
    Q_EMIT form()->modes()->activated(at);
    return edit().form().settings.mode == mode;
  }
  bool propose() {
    page().run();
    return edit().running() && idle() && QTest::qWaitFor([this] { return !edit().running(); });
  }
  EditRequest last() const {
    const auto all = control->asked();
    for (auto it = all.rbegin(); it != all.rend(); ++it)
      if (const auto* request = std::get_if<EditRequest>(&*it)) return *request;
    return {};
  }
  QColor colourAt(double x, double y) { return canvas()->grab().toImage().pixelColor(at(x, y)); }
};

inline QImage plain(QColor colour, int width = 64, int height = 64) {
  QImage image(width, height, QImage::Format_RGB32);
  image.fill(colour);
  return image;
}

}  // namespace b3o::test
