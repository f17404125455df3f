// Renders both pages and the load dialog in their states, dark and light, in two sizes, into build/screenshots.
#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QTest>

#include "core/base/file.h"
#include "tests/ui/fake_models.h"
#include "tests/ui/support.h"
#include "ui/shell/key_sheet.h"

using namespace b3o;
using b3o::test::FakeModels;
using b3o::test::fakeTools;
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
        if (auto* queue = fake.window.statusLine()->queueList(); queue->isVisible()) {
          QPainter painter(&image);
          queue->showAbove(fake.window.statusLine()->queueButton());
          queue->QWidget::render(&painter, fake.window.mapFromGlobal(queue->pos()));
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
    auto models = std::make_shared<FakeModels>();
    FakeWindow fake({.tools = fakeTools(models),
                     .places = {},
                     .make_model = [](const std::filesystem::path&) {},
                     .tiny_folder = {},
                     .theme = {}});
    auto* dialog = fake.window.loadDialog();
    auto* facts = dialog->facts();
    const auto choose = [&](int row) {
      dialog->list()->setCurrentIndex(dialog->list()->model()->index(row, 0));
      return QTest::qWaitFor([&] { return !facts->fitVerdict().isEmpty() || !facts->problem().isEmpty(); });
    };
    fake.window.start({});
    QTRY_COMPARE(dialog->list()->count(), 3);
    QVERIFY(choose(0));
    shoot(fake, QStringLiteral("load-fits"));
    models->free = 9'000'000'000;
    QVERIFY(choose(1));
    shoot(fake, QStringLiteral("load-slow"));
    models->free = 2'000'000'000;
    QVERIFY(choose(0));
    QVERIFY(choose(1));
    shoot(fake, QStringLiteral("load-too-large"));
    QVERIFY(choose(2));
    shoot(fake, QStringLiteral("load-missing"));
    models->free = 22'900'000'000;
    QVERIFY(choose(0));
    models->hold = true;
    QTest::mouseClick(facts->verifyButton(), Qt::LeftButton);
    QTRY_VERIFY(facts->findChild<QProgressBar*>()->value() > 0);
    shoot(fake, QStringLiteral("load-checking"));
    models->hold = false;
    QTRY_VERIFY(!facts->verifyResult().isEmpty());
    shoot(fake, QStringLiteral("load-checked"));
    models->report.wrong = {"diffusion-decoder/unet/diffusion_pytorch_model.bf16.safetensors"};
    QTest::mouseClick(facts->verifyButton(), Qt::LeftButton);
    QTRY_VERIFY(facts->verifyResult().contains(QStringLiteral("differ")));
    shoot(fake, QStringLiteral("load-differs"));
    dialog->device()->setCurrentIndex(2);
    QTRY_VERIFY(!facts->problem().isEmpty());
    shoot(fake, QStringLiteral("load-no-device"));
    dialog->device()->setCurrentIndex(0);
    fake.control->allow(13);
    QVERIFY(choose(1));
    QTest::mouseClick(dialog->loadButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.control->taken.load(), 13);
    shoot(fake, QStringLiteral("load-working"));
    dialog->close();
    shoot(fake, QStringLiteral("chat-loading"));
    fake.window.showLoadDialog();
    fake.studio.model.stopLoading();
    QVERIFY(fake.idle());
    dialog->folder()->setText(QStringLiteral("/home/ada/models/broken"));
    QTest::mouseClick(dialog->loadButton(), Qt::LeftButton);
    QTRY_VERIFY(!fake.studio.model.error().isEmpty());
    QTRY_VERIFY(!facts->problem().isEmpty());
    shoot(fake, QStringLiteral("load-error"));
    dialog->close();
    shoot(fake, QStringLiteral("chat-no-model"));
    fake.window.showPage(Page::create);
    shoot(fake, QStringLiteral("create-no-model"));
  }

  void memory() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.control->short_in = 12;
    fake.control->allow(13);
    type(fake, "a low sun over the sea");
    fake.window.showPage(Page::create);
    fake.window.create()->run();
    QTRY_VERIFY(!fake.studio.line.again().isEmpty());
    shoot(fake, QStringLiteral("create-less-memory"));
    QVERIFY(fake.idle());
    fake.studio.idle.setAfter(std::chrono::milliseconds(50));
    QTRY_VERIFY(fake.studio.model.resting());
    fake.studio.idle.setAfter(std::chrono::milliseconds(0));
    shoot(fake, QStringLiteral("create-resting"));
  }

  void chat() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    auto& conversation = fake.studio.conversation;
    auto* composer = fake.window.chat()->composer();
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
    composer->setText(QStringLiteral("What is in this picture?"));
    fake.window.chat()->run();
    QVERIFY(fake.idle());
    fake.control->answer =
        "## The coast\nIt would go on like this:\n\n- first **houses**, then\n- the old *harbour wall*\n\n"
        "```python\nfor house in coast:\n    print(house)\n```\nand behind it the sea, with `3` boats, ";
    for (int i = 0; i < 20; ++i) fake.control->answer += "which you can see from far away, ";
    fake.control->allow(55);
    conversation.send(
        QStringLiteral("And what would be right of it, if the picture went on for another hundred metres?"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    composer->setText(QStringLiteral("and the sky a little darker"));
    shoot(fake, QStringLiteral("chat-answering"));
    conversation.stop();
    QVERIFY(fake.idle());
    fake.control->answer.clear();
    composer->setText({});
    conversation.send(QStringLiteral("is it impossible?"));
    QVERIFY(fake.idle());
    fake.window.chat()->thread()->turn(2)->actions()->setShown(true);
    conversation.regenerate(3);
    QVERIFY(fake.idle());
    conversation.send(QStringLiteral("is it impossible?"));
    QVERIFY(fake.idle());
    shoot(fake, QStringLiteral("chat-stopped-and-error"));
    fake.window.chat()->thread()->turn(2)->question()->edit();
    shoot(fake, QStringLiteral("chat-editing-a-question"));
  }

  void chat_draws() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    auto& conversation = fake.studio.conversation;
    auto* composer = fake.window.chat()->composer();
    for (const char* text : {"what is a lighthouse?", "draw houses by the sea"}) {
      conversation.send(QString::fromLatin1(text));
      QVERIFY(fake.idle());
      QTRY_VERIFY(fake.studio.conversations.current() > 0);
      fake.studio.conversations.newChat();
    }
    conversation.send(QStringLiteral("draw a green flower left of a yellow fish at night"));
    QVERIFY(fake.idle());
    composer->setText(QStringLiteral("what is right of the flower?"));
    shoot(fake, QStringLiteral("chat-drawn"));
    fake.window.chat()->run();
    QVERIFY(fake.idle());
    fake.control->allow(12);
    conversation.send(QStringLiteral("make the fish red, and keep the rest"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    composer->setText(QStringLiteral("and the sky a little darker"));
    shoot(fake, QStringLiteral("chat-painting"));
    QVERIFY(fake.idle());
    conversation.bringPicture(int64_t(conversation.turns()[1].pictures[0].key), Intent::edit);
    conversation.remove(2);
    fake.window.chat()->thread()->turn(3)->picture()->recipe()->setChecked(true);
    composer->setText(QStringLiteral("and a moon"));
    shoot(fake, QStringLiteral("chat-change-it"));
  }

  void create() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
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

  void create_queue_and_offer() {
    FakeWindow fake({}, true);
    fake.control->info.can.samplers = {"euler", "dpmpp_2m"};
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    auto* panel = fake.window.create()->panel();
    panel->setCount(4);
    fake.control->allow(12);
    for (const char* prompt :
         {"a low sun over the sea", "a red house by the sea", "two blue circles above a black triangle",
          "a green flower left of a yellow fish at night, and a boat behind them"}) {
      type(fake, prompt);
      fake.window.create()->run();
    }
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    panel->preset()->button(int(Preset::fast))->click();
    shoot(fake, QStringLiteral("create-queued"));
    fake.window.statusLine()->queueButton()->click();
    shoot(fake, QStringLiteral("create-queue-open"));
    fake.window.statusLine()->queueList()->hide();
    Recipe recipe;
    recipe.prompt = "a purple heart under a starry sky";
    recipe.seed = 4127;
    recipe.paint.sampler = "ddim";
    write_picture_file(toPath(fake.path("heart.png")), test::fakeScene(1, 32, 0), recipe);
    fake.studio.offer.read(fake.path("heart.png"));
    QTRY_VERIFY(fake.studio.offer.recipe());
    shoot(fake, QStringLiteral("create-offer"));
    fake.window.create()->restoreButton()->click();
    QString words;
    for (int i = 0; i < 460; ++i) words += QStringLiteral("word ");
    QVERIFY(fake.idle());
    shoot(fake, QStringLiteral("create-restored"));
    panel->setPrompt(words);
    shoot(fake, QStringLiteral("create-over-the-mark"));
  }

  void gallery() {
    FakeWindow fake({}, true);
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    fake.window.showPage(Page::gallery);
    auto& gallery = fake.studio.gallery;
    auto* page = fake.window.gallery();
    QTRY_VERIFY(gallery.listed());
    shoot(fake, QStringLiteral("gallery-empty"));
    const char* prompts[] = {"a pink square and an orange flower by the sea", "a red house under a low sun",
                             "two yellow circles", "a blue triangle left of a green tree at night"};
    const int64_t hour = 3600 * 1000;
    std::vector<int64_t> stars;
    for (int i = 0; i < 44; ++i) {
      NewPicture picture;
      picture.image = test::fakeScene(uint64_t(i) * 7919 + 3, i % 9 == 4 ? 96 : 128, 0);
      picture.recipe.prompt = prompts[i % 4];
      picture.recipe.seed = uint64_t(91 + i);
      picture.recipe.plan.steps = 16;
      picture.recipe.paint.steps = 8;
      picture.recipe.model_name = "Paper World";
      picture.notice = fake.control->info.notice;
      picture.made = milliseconds_now() - int64_t(i) * i * hour / 9;
      picture.tokens = {std::vector<float>(64), 16, 4};
      for (size_t k = 0; k < 64; ++k) picture.tokens.values[k] = float((size_t(i) * 31 + k * 17) % 13);
      const auto line = fake.studio.library.store()->add_picture(picture);
      if (i % 7 == 1) stars.push_back(line.id);
    }
    fake.studio.library.store()->star(stars, true);
    gallery.setFilter({.words = QStringLiteral("nothing like it")});
    page->search()->setText(QStringLiteral("nothing like it"));
    QTest::qWait(300);
    shoot(fake, QStringLiteral("gallery-nothing-found"));
    page->search()->clear();
    QTRY_COMPARE(gallery.lines().size(), size_t(44));
    page->view()->choose(gallery.lines()[2].id);
    QTRY_VERIFY(gallery.shown());
    QTest::qWait(500);
    shoot(fake, QStringLiteral("gallery-full"));
    page->chooseAll();
    shoot(fake, QStringLiteral("gallery-all-chosen"));
    page->view()->choose(gallery.lines()[3].id);
    gallery.moveToTrash();
    QTest::qWait(200);
    shoot(fake, QStringLiteral("gallery-moved-to-trash"));
    page->trashButton()->click();
    QTRY_COMPARE(gallery.lines().size(), size_t(1));
    page->view()->choose(gallery.lines()[0].id);
    QTest::qWait(300);
    shoot(fake, QStringLiteral("gallery-trash"));
    page->trashButton()->click();
    QTRY_COMPARE(gallery.lines().size(), size_t(43));
    page->view()->choose(gallery.lines()[0].id);
    QTRY_VERIFY(gallery.shown());
    page->showMoreLike();
    QTRY_VERIFY(gallery.filter().like != 0);
    QTest::qWait(500);
    shoot(fake, QStringLiteral("gallery-more-like"));
  }

  void gallery_error() {
    FakeWindow fake({}, true);
    fake.window.showPage(Page::gallery);
    Q_EMIT fake.studio.library.failed(
        QStringLiteral("The library's database was broken and is now library-broken-2026-11-25-071041.sqlite; the "
                       "library was rebuilt from 44 pictures and 3 conversations that could still be read."));
    shoot(fake, QStringLiteral("gallery-error"));
  }

  void settings_and_log() {
    WindowOptions options;
    QTemporaryDir folder;
    options.log_file = folder.filePath(QStringLiteral("blip3o-studio.log"));
    write_file(toPath(options.log_file),
               "2026-11-30 21:04:17.310 info: the model is ready\n"
               "2026-11-30 21:09:02.118 warning: the cache of the library is made again: file is not a database\n"
               "2026-11-30 21:12:44.902 error: model.safetensors: tensor 'x.to_k.weight' has shape [16, 24]\n");
    FakeWindow fake(options);
    for (const Language language : {Language::english, Language::german, Language::chinese}) {
      applyLanguage(language);
      QCoreApplication::sendPostedEvents();
      for (const Theme theme : {Theme::dark, Theme::light}) {
        applyTheme(theme);
        const QString end = QStringLiteral("-%1-%2.png")
                                .arg(QLatin1String(codeOf(language)),
                                     theme == Theme::dark ? QStringLiteral("dark") : QStringLiteral("light"));
        for (const auto& [dialog, name] :
             {std::pair<QDialog*, QString>(fake.window.settingsDialog(), QStringLiteral("settings")),
              std::pair<QDialog*, QString>(fake.window.logPage(), QStringLiteral("log"))}) {
          dialog->show();
          settle();
          QVERIFY(dialog->grab().save(out_.filePath(name + end)));
          dialog->hide();
        }
      }
    }
    applyTheme(Theme::dark);
    applyLanguage(Language::english);
  }

  void languages() {
    FakeWindow fake({}, true);
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    auto& conversation = fake.studio.conversation;
    conversation.send(QStringLiteral("draw a green flower left of a yellow fish at night"));
    QVERIFY(fake.idle());
    fake.window.create()->panel()->setPrompt(QStringLiteral("a low sun over the sea"));
    fake.window.create()->run();
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.studio.gallery.lines().size(), size_t(2));
    fake.window.gallery()->view()->choose(fake.studio.gallery.lines()[0].id);
    for (const Language language : {Language::german, Language::chinese}) {
      applyLanguage(language);
      QCoreApplication::sendPostedEvents();
      for (const auto& [page, name] :
           {std::pair(Page::chat, "chat"), std::pair(Page::create, "create"), std::pair(Page::edit, "edit"),
            std::pair(Page::gallery, "gallery"), std::pair(Page::compare, "compare")}) {
        fake.window.showPage(page);
        shoot(fake, QStringLiteral("%1-%2").arg(QLatin1String(name), QLatin1String(codeOf(language))));
      }
    }
    applyLanguage(Language::english);
  }

  void keys() {
    FakeWindow fake;
    KeySheet sheet(&fake.window);
    for (const Theme theme : {Theme::dark, Theme::light}) {
      applyTheme(theme);
      sheet.show();
      for (const QSize room : {QSize(1600, 1000), QSize(1024, 700)}) {
        sheet.fitInto(room);
        QTest::qWait(50);
        const QString name = QStringLiteral("keys-%1-%2.png")
                                 .arg(theme == Theme::dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                 .arg(room.width());
        QVERIFY(sheet.grab().save(out_.filePath(name)));
      }
    }
  }
};

QTEST_MAIN(Screenshots)
#include "screenshots.moc"
