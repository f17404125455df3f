// Makes the pictures of docs/guide: the real window with the model that ships, driven like a user. Arguments: the
// folder the pictures go to, then names of the ones wanted (all without). packaging/guide_screenshots.sh calls it.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPainter>
#include <QTest>
#include <iostream>

#include "core/base/process.h"
#include "core/families/default_model.h"
#include "core/families/fit.h"
#include "core/families/hash_list.h"
#include "core/families/model_folders.h"
#include "tests/ui/support.h"

using namespace b3o;

namespace {

constexpr QSize kSize(1180, 740);
constexpr int kLongestMs = 300000;

// The window as a newcomer has it: an empty library, the shipped model.
struct Guide {
  QTemporaryDir folder;
  QSettings store{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
  Studio studio{{open_family, need_of_load}, openStore(folder.filePath(QStringLiteral("library")))};
  MainWindow window{studio,
                    Settings(store),
                    {.tools = {find_model_folders, [](const std::filesystem::path& at) { return look_at_folder(at); },
                               fit_folder, verify_hashes},
                     .places = {model(), {}, {}, {}},
                     .theme = Theme::dark}};
  QDir out;
  QStringList wanted;
  bool good = true;

  Guide(const QString& to, QStringList names) : out(to), wanted(std::move(names)) {
    out.mkpath(QStringLiteral("."));
    window.resize(kSize);
    window.show();
    studio.model.load(fromPath(model()));
    idle();
  }

  // The model that ships, at a place that looks the same on every machine.
  static std::filesystem::path model() {
    const std::filesystem::path program = toPath(QDir::homePath()) / "blip3o-studio/resources/model/paper-world";
    if (std::filesystem::exists(program)) return program;
    std::filesystem::create_directories(program.parent_path());
    std::filesystem::create_directory_symlink(default_model_folder(B3O_SOURCE_PROGRAM), program);
    return program;
  }

  template <class Condition>
  void until(Condition condition, const char* what) {
    if (QTest::qWaitFor(condition, kLongestMs)) return;
    std::cerr << "Waited in vain for " << what << ".\n";
    good = false;
  }
  void idle() {
    until([this] { return studio.model.ready() && !studio.line.running(); }, "the model");
  }
  void say(const char* words) {
    studio.conversation.send(QString::fromUtf8(words));
    idle();
  }
  void draw(const char* prompt, const char* seed, int count = 1) {
    auto* panel = window.create()->panel();
    panel->setPrompt(QString::fromUtf8(prompt));
    panel->setSeed(QString::fromLatin1(seed));
    panel->setCount(count);
    window.create()->run();
  }

  bool wants(const char* name) const { return wanted.isEmpty() || wanted.contains(QLatin1String(name)); }
  void save(const QImage& image, const char* name) {
    if (!wants(name)) return;
    const QString file = out.filePath(QLatin1String(name) + QStringLiteral(".png"));
    const bool saved = image.convertToFormat(QImage::Format_RGB888).save(file, "PNG", 0);  // 0: the smallest file
    std::cout << (saved ? "" : "could not write ") << file.toStdString() << std::endl;
    good = good && saved;
  }
  QImage grabbed() { return window.grab().toImage(); }
  void shoot(const char* name) {
    QTest::qWait(300);  // everything that moves by itself has come to rest
    save(grabbed(), name);
  }

  void conversation();
  void creation();
  void gallery();
  void editing();
  void models();

  // A drag of the left button over the Edit page's canvas, in pixels of the picture.
  void drag(const std::vector<QPointF>& points);
  void ask(EditMode mode, const char* words, const char* seed, int count = 1);
  void propose(EditMode mode, const char* words, const char* seed, int count = 1);
  void apply() {
    studio.editing.apply();
    until([this] { return !studio.editing.picture().isNull() && studio.editing.proposals() == 0; }, "the new picture");
  }
};

void Guide::conversation() {
  window.showPage(Page::chat);
  say("draw a red fish left of a blue star at night");
  say("what color is the star?");
  studio.conversation.send(QStringLiteral("make the star yellow"));
  until([this] { return !studio.conversation.turns().back().preview.isNull() || !studio.line.running(); }, "a preview");
  save(grabbed(), "chat");
  idle();
}

void Guide::creation() {
  window.showPage(Page::create);
  draw("a big green house by the sea", "7");
  idle();
  shoot("create-done");
  draw("three yellow hearts in a meadow", "4127", 4);
  const auto& job = studio.drawing;
  until([&] { return job.picture() && !job.picture()->plan_map.isNull() && job.fraction() > 0.5; }, "a plan");
  window.create()->view()->button(1)->click();
  save(grabbed(), "plan-map");
  window.create()->view()->button(0)->click();
  until([&] { return job.pictures().size() >= 3 && job.pictures()[2].state == Picture::State::done; }, "two pictures");
  until([&] { return !job.drawing() || (job.doing() == u"painting" && job.fraction() > 0.4); }, "the third");
  save(grabbed(), "create");
  idle();
}

void Guide::gallery() {
  const std::pair<const char*, const char*> drawings[] = {
      {"a pink flower above a yellow moon", "3"}, {"two blue circles", "5"},
      {"a red house in a meadow", "8"},           {"a purple heart at night", "11"},
      {"four orange fishes in the sea", "2"},     {"a black tree right of a red star", "6"}};
  window.showPage(Page::create);
  for (const auto& [prompt, seed] : drawings) {
    draw(prompt, seed, 4);
    idle();
  }
  window.showPage(Page::gallery);
  auto& gallery = studio.gallery;
  until([&] { return gallery.lines().size() >= 24 && gallery.listed(); }, "the pictures");
  window.gallery()->view()->choose(gallery.lines()[5].id);
  until([&] { return gallery.shown() && !gallery.similar().empty(); }, "what is alike");
  QTest::qWait(1500);  // thumbnails
  shoot("gallery");
}

void Guide::drag(const std::vector<QPointF>& points) {
  auto* canvas = window.edit()->canvas();
  const auto send = [&](QEvent::Type type, QPointF pixel) {
    const QPointF at = canvas->zoom().toView(pixel);
    const bool moves = type == QEvent::MouseMove;
    QMouseEvent event(type, at, canvas->mapToGlobal(at), moves ? Qt::NoButton : Qt::LeftButton,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
    QCoreApplication::sendEvent(canvas, &event);
  };
  send(QEvent::MouseButtonPress, points.front());
  for (const QPointF& point : points) send(QEvent::MouseMove, point);
  send(QEvent::MouseButtonRelease, points.back());
}

void Guide::ask(EditMode mode, const char* words, const char* seed, int count) {
  EditForm form = studio.editing.form();
  form.settings.mode = mode;
  form = withDefaults(form, studio.model.can());
  form.words = QString::fromUtf8(words);
  form.seed = QString::fromLatin1(seed);
  form.count = count;
  studio.editing.setForm(form);
  until([this] { return studio.editing.problem().isEmpty(); }, "what the edit needs");
}

void Guide::propose(EditMode mode, const char* words, const char* seed, int count) {
  ask(mode, words, seed, count);
  window.edit()->run();
}

void Guide::editing() {
  auto& session = studio.editing;
  window.showPage(Page::create);
  draw("a red fish left of a blue star at night", "7");
  idle();
  window.create()->recipe()->editButton()->click();
  until([&] { return session.roundTrip().state == RoundTrip::State::ready; }, "the round trip");
  idle();
  shoot("edit-open");
  window.edit()->options()->size()->setValue(brushPosition(34));
  drag({{84, 40}, {92, 56}, {100, 70}, {84, 70}, {100, 48}});
  ask(EditMode::repaint, "make the star yellow", "3", 4);
  until([this] { return !window.edit()->canvas()->cellRect(0).isEmpty(); }, "the locks");
  shoot("edit-marked");
  window.edit()->run();
  until([&] { return !session.preview().isNull() && session.fraction() > 0.4; }, "a preview");
  save(grabbed(), "edit-running");
  idle();
  until([&] { return !session.running() && session.proposals() == 4; }, "the proposals");
  shoot("edit-proposals");
  apply();
  propose(EditMode::words, "remove the fish", "5");
  idle();
  until([&] { return !session.running() && session.proposals() == 1; }, "the change by words");
  apply();
  session.goTo(session.document().source());
  until([&] { return !session.picture().isNull(); }, "the source");
  session.clearMask();
  propose(EditMode::vary, "", "9");
  idle();
  until([&] { return !session.running() && session.proposals() == 1; }, "the variation");
  apply();
  shoot("edit-history");
  Q_EMIT window.edit()->history()->row()->compareWanted(session.document().source());
  until([&] { return studio.compare.ready() && studio.compare.difference().pixels > 0; }, "the comparison");
  shoot("compare");
}

void Guide::models() {
  window.showPage(Page::chat);
  window.showLoadDialog();
  auto* dialog = window.loadDialog();
  until([&] { return dialog->list()->count() > 0; }, "the folders");
  dialog->list()->setCurrentIndex(dialog->list()->model()->index(0, 0));
  until([&] { return !dialog->facts()->fitVerdict().isEmpty(); }, "the estimate");
  QTest::qWait(300);
  QImage image = grabbed();
  QPainter painter(&image);
  painter.fillRect(image.rect(), QColor(0, 0, 0, 96));
  dialog->QWidget::render(&painter,
                          QPoint((kSize.width() - dialog->width()) / 2, (kSize.height() - dialog->height()) / 2));
  painter.end();
  save(image, "load");
  dialog->close();
}

}  // namespace

int main(int argc, char** argv) {
  start_with_sleeping_threads(argv);
  QApplication app(argc, argv);
  const QStringList arguments = app.arguments();
  if (arguments.size() < 2) {
    std::cerr << "Usage: guide_pictures FOLDER [NAME...]\n";
    return 2;
  }
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  Guide guide(arguments[1], arguments.mid(2));
  guide.models();
  guide.conversation();
  guide.creation();
  guide.editing();
  guide.gallery();
  return guide.good ? 0 : 1;
}
