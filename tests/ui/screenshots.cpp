// Renders both pages and the load dialog in their states, dark and light, in two sizes, into build/screenshots.
#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QTest>

#include "tests/ui/support.h"
#include "ui/shell/key_sheet.h"

using namespace b3o;
using b3o::test::FakeWindow;

namespace {

// Everything that moves by itself has come to rest.
void settle() {
  for (int i = 0; i < 4; ++i) QTest::qWait(40);
}

void type(FakeWindow& fake, const char* prompt) { fake.window.create()->panel()->setPrompt(QString::fromUtf8(prompt)); }

}  // namespace

class Screenshots : public QObject {
  Q_OBJECT

  QDir out_{QStringLiteral(B3O_SCREENSHOTS)};

  void shoot(FakeWindow& fake, const QString& name) {
    for (const Theme theme : {Theme::dark, Theme::light}) {
      applyTheme(theme);
      for (const QSize size : {QSize(1280, 800), QSize(960, 600)}) {
        fake.window.resize(size);
        settle();
        QImage image = fake.window.grab().toImage();
        QVERIFY(image.size() == size * image.devicePixelRatio());
        auto* dialog = fake.window.loadDialog();
        if (dialog->isVisible()) {
          QPainter painter(&image);
          painter.fillRect(image.rect(), QColor(0, 0, 0, 96));
          dialog->QWidget::render(&painter,
                                  QPoint((size.width() - dialog->width()) / 2, (size.height() - dialog->height()) / 2));
        }
        const QString file = QStringLiteral("%1-%2-%3.png")
                                 .arg(name, theme == Theme::dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                      QString::number(size.width()));
        QVERIFY(image.save(out_.filePath(file)));
      }
    }
    applyTheme(Theme::dark);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(out_.mkpath(QStringLiteral(".")));
    QCursor::setPos(500, 5);  // over nothing that lights up
  }

  void load_dialog() {
    FakeWindow fake({.make_model = [](const std::filesystem::path&) {}, .tiny_folder = {}, .theme = {}});
    Settings(fake.store).addRecentModel(QStringLiteral("/home/ada/models/BLIP3o-Model-8B"));
    Settings(fake.store).addRecentModel(QStringLiteral("/home/ada/models/BLIP3o-Model-4B"));
    fake.window.start({});
    shoot(fake, QStringLiteral("load-empty"));
    fake.control->allow(13);
    fake.window.loadDialog()->folder()->setText(QStringLiteral("/home/ada/models/BLIP3o-Model-8B"));
    QTest::mouseClick(fake.window.loadDialog()->loadButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.control->taken.load(), 13);
    shoot(fake, QStringLiteral("load-working"));
    fake.window.loadDialog()->close();
    shoot(fake, QStringLiteral("chat-loading"));
    fake.window.showLoadDialog();
    fake.studio.model.stopLoading();
    QVERIFY(fake.idle());
    fake.window.loadDialog()->folder()->setText(QStringLiteral("/home/ada/models/broken"));
    QTest::mouseClick(fake.window.loadDialog()->loadButton(), Qt::LeftButton);
    QTRY_VERIFY(!fake.studio.model.error().isEmpty());
    shoot(fake, QStringLiteral("load-error"));
    fake.window.loadDialog()->close();
    shoot(fake, QStringLiteral("chat-no-model"));
    fake.window.showPage(1);
    shoot(fake, QStringLiteral("create-no-model"));
  }

  void chat() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    auto& conversation = fake.studio.conversation;
    shoot(fake, QStringLiteral("chat-empty"));
    conversation.attachFile(fake.picture("beach.png", 300));
    conversation.attachFile(fake.path("missing.png"));
    QTRY_VERIFY(!conversation.attachments()[1].reading);
    shoot(fake, QStringLiteral("chat-attached"));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.path("beach.png"))});
    QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &enter);
    shoot(fake, QStringLiteral("chat-drop"));
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&fake.window, &leave);
    conversation.removeAttachment(conversation.attachments()[1].key);
    fake.window.chat()->composer()->setText(QStringLiteral("What is in this picture?"));
    fake.window.chat()->run();
    QVERIFY(fake.idle());
    conversation.send(
        QStringLiteral("And what would be right of it, if the picture went on for another hundred metres "
                       "along the coast, past the houses and the old harbour wall?"));
    QVERIFY(fake.idle());
    fake.control->tokens = 400;
    fake.control->allow(180);
    fake.window.chat()->composer()->setText({});
    conversation.send(QStringLiteral("Tell me a long story about it."));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    fake.window.chat()->composer()->setText(QStringLiteral("and the sky a little darker"));
    shoot(fake, QStringLiteral("chat-answering"));
    conversation.stop();
    QVERIFY(fake.idle());
    fake.control->tokens = 0;
    conversation.send(QStringLiteral("impossible"));
    QVERIFY(fake.idle());
    shoot(fake, QStringLiteral("chat-stopped-and-error"));
  }

  void create() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    fake.window.showPage(1);
    shoot(fake, QStringLiteral("create-empty"));
    type(fake, "a green flower left of a yellow fish at night");
    fake.window.create()->run();
    QVERIFY(fake.idle());
    shoot(fake, QStringLiteral("create-done"));

    fake.window.create()->panel()->setPrompt(QStringLiteral("a low sun over the sea"));
    fake.window.create()->panel()->setCount(4);
    fake.window.create()->panel()->setSeed(QStringLiteral("4127"));
    fake.control->allow(4);
    fake.window.create()->run();
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    shoot(fake, QStringLiteral("create-planning"));
    fake.window.create()->view()->button(1)->click();
    shoot(fake, QStringLiteral("create-plan-map"));
    fake.window.create()->view()->button(0)->click();
    fake.studio.conversation.send(QStringLiteral("hello"));
    QVERIFY(fake.advance(16 + 3 + 6));
    shoot(fake, QStringLiteral("create-painting"));
    fake.studio.drawing.stop();
    QVERIFY(fake.idle());
    shoot(fake, QStringLiteral("create-stopped"));
    type(fake, "impossible");
    fake.window.create()->run();
    QVERIFY(fake.idle());
    fake.window.create()->canvas()->actualSize();
    shoot(fake, QStringLiteral("create-error"));
  }

  void keys() {
    FakeWindow fake;
    KeySheet sheet(&fake.window);
    for (const Theme theme : {Theme::dark, Theme::light}) {
      applyTheme(theme);
      QVERIFY(sheet.grab().save(
          out_.filePath(theme == Theme::dark ? QStringLiteral("keys-dark.png") : QStringLiteral("keys-light.png"))));
    }
  }
};

QTEST_MAIN(Screenshots)
#include "screenshots.moc"
