// The window's edits with the model that ships, against those of the command line: the same values where nobody chose
// any, and the same bytes from the same recipe.
#include <QProcess>
#include <QTest>

#include "core/api/picture_file.h"
#include "core/families/default_model.h"
#include "core/image/codec.h"
#include "tests/ui/support.h"

using namespace b3o;

class EditRealTest : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  std::unique_ptr<Studio> studio_;
  QString picture_, second_, mask_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  EditSession& edit() { return studio_->editing; }
  bool quiet() {
    return QTest::qWaitFor([this] { return studio_->model.ready() && !studio_->line.running(); }, 120000);
  }
  // The model's own command line over the same files; what it says on failure.
  QString onTheCommandLine(EditMode mode, const QStringList& more, const QString& out) {
    QStringList words{QStringLiteral("edit"),
                      QStringLiteral("--model"),
                      fromPath(default_model_folder(B3O_SOURCE_PROGRAM)),
                      QStringLiteral("--mode"),
                      QString::fromLatin1(name(mode)),
                      QStringLiteral("--image"),
                      picture_,
                      QStringLiteral("--seed"),
                      QStringLiteral("7"),
                      QStringLiteral("--out"),
                      out,
                      QStringLiteral("--quiet")};
    QProcess program;
    program.start(QStringLiteral(B3O_PROGRAM), words + more);
    if (!program.waitForFinished(120000)) return QStringLiteral("it does not end");
    return QString::fromUtf8(program.readAllStandardError());
  }

 private Q_SLOTS:
  void initTestCase() {
    studio_ = std::make_unique<Studio>(EngineOptions{open_family});
    picture_ = path(QStringLiteral("source.png"));
    second_ = path(QStringLiteral("second.png"));
    mask_ = path(QStringLiteral("mask.png"));
    QVERIFY(savePng(picture_, test::fakeScene(3, 150, 0), Recipe()).isEmpty());
    QVERIFY(savePng(second_, test::fakeScene(5, 128, 0), Recipe()).isEmpty());
    QImage mask(150, 150, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int y = 40; y < 100; ++y)
      for (int x = 30; x < 90; ++x) mask.setPixel(x, y, qRgb(255, 255, 255));
    QVERIFY(mask.save(mask_));
    studio_->model.load(fromPath(default_model_folder(B3O_SOURCE_PROGRAM)));
    QVERIFY(quiet());
    edit().openFile(picture_);
    QVERIFY(QTest::qWaitFor([this] { return edit().isOpen() && !edit().opening(); }) && quiet());
    edit().openMask(mask_);
    QTRY_VERIFY(!edit().mask().blank());
    edit().setSecondFile(second_);
    QTRY_VERIFY(edit().second());
  }
  void nothing_chosen_is_the_same_in_the_window_and_on_the_command_line_data() {
    QTest::addColumn<int>("mode");
    for (const EditMode mode : kEditModes) QTest::newRow(name(mode)) << int(mode);
  }
  void nothing_chosen_is_the_same_in_the_window_and_on_the_command_line() {
    QFETCH(int, mode);
    const auto now = EditMode(mode);
    EditForm form;
    form.settings.mode = now;
    form = withDefaults(form, studio_->model.can());
    form.seed = QStringLiteral("7");
    QStringList more;
    if (now == EditMode::words || now == EditMode::repaint) {
      form.words = QStringLiteral("make the star blue");
      more << form.words;
    }
    if (takesMask(now)) more << QStringLiteral("--mask") << mask_;
    if (now == EditMode::blend) more << QStringLiteral("--second") << second_;
    if (now == EditMode::extend) {
      form.settings.right = 40;
      more << QStringLiteral("--extend") << QStringLiteral("0,0,40,0");
    }
    edit().setForm(form);
    QCOMPARE(edit().problem(), QString());
    edit().start();
    QVERIFY(quiet() && QTest::qWaitFor([this] { return !edit().running(); }));
    QCOMPARE(edit().error(), QString());
    QCOMPARE(edit().proposals(), 1);
    const EditProposal& mine = *edit().proposalAt(0);
    const QString out = path(QString::fromLatin1(name(now)) + QStringLiteral(".png"));
    const QString said = onTheCommandLine(now, more, out);
    QVERIFY2(QFileInfo::exists(out), qPrintable(said));
    const std::optional<Recipe> theirs = read_recipe(toPath(out));
    QVERIFY(theirs);
    const auto differ = differencesOf(mine.recipe, *theirs);
    for (const auto& field : differ)
      qWarning("%s: %s | %s", qPrintable(field.field), qPrintable(field.left), qPrintable(field.right));
    QVERIFY(differ.empty() && mine.recipe == *theirs);
    QVERIFY(load_image(toPath(out)) == *mine.picture->image);
    edit().discard();
  }
};

QTEST_MAIN(EditRealTest)
#include "edit_real.moc"
