// The desktop program: arguments, settings, log, and the window over one engine.
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>

#include "app/studio/interrupt.h"
#include "app/studio/tiny_model.h"
#include "core/base/log.h"
#include "core/base/process.h"
#include "core/families/default_model.h"
#include "core/families/fit.h"
#include "core/families/hash_list.h"
#include "core/families/model_folders.h"
#include "ui/shell/main_window.h"
#include "ui/shell/single_instance.h"

namespace {

constexpr const char* kThemes[] = {"dark", "light"};

void writeToLog(QtMsgType type, const QMessageLogContext&, const QString& text) {
  const auto level = type == QtDebugMsg || type == QtInfoMsg ? b3o::LogLevel::info
                     : type == QtWarningMsg                  ? b3o::LogLevel::warning
                                                             : b3o::LogLevel::error;
  b3o::log_line(level, text.toStdString());
}

struct Arguments {
  QString folder;
  QStringList pictures;  // for the chat
  std::optional<b3o::Theme> theme;
};

// Ends the program after --help, --version and what it does not understand.
Arguments readArguments() {
  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("Chat about pictures and draw them with a BLIP3-o model."));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark or light"), QStringLiteral("name"));
  parser.addOption(theme);
  parser.addPositionalArgument(QStringLiteral("DIR"),
                               QStringLiteral("The model folder to load; without it the demonstration model, or a "
                                              "choice where another one was loaded last."),
                               QStringLiteral("[DIR]"));
  parser.addPositionalArgument(QStringLiteral("PICTURE"), QStringLiteral("Pictures to ask about."),
                               QStringLiteral("[PICTURE...]"));
  parser.process(*QCoreApplication::instance());
  Arguments arguments;
  bool folders_left = true;
  for (const auto& argument : parser.positionalArguments()) {
    const QString path = QDir(argument).absolutePath();
    if (QFileInfo(path).isFile())
      arguments.pictures << path;
    else if (!std::exchange(folders_left, false))
      parser.showHelp(2);
    else
      arguments.folder = path;
  }
  for (int i = 0; i < 2; ++i)
    if (parser.value(theme) == QLatin1String(kThemes[i])) arguments.theme = b3o::Theme(i);
  if (parser.isSet(theme) && !arguments.theme) parser.showHelp(2);
  return arguments;
}

bool wantsNoWindow(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    for (const char* word : {"-h", "--help", "--help-all", "-v", "--version"})
      if (qstrcmp(argv[i], word) == 0) return true;
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  b3o::start_with_sleeping_threads(argv);
  QCoreApplication::setApplicationName(QStringLiteral("blip3o-studio"));
  QCoreApplication::setOrganizationName(QStringLiteral("blip3o-studio"));
  QCoreApplication::setApplicationVersion(QStringLiteral(B3O_VERSION));
  if (wantsNoWindow(argc, argv)) {  // must work without a display
    QCoreApplication app(argc, argv);
    readArguments();
    return 0;
  }
  QSettings store;
  const b3o::Settings settings(store);
  b3o::applyScale(settings);
  QApplication app(argc, argv);
  const Arguments arguments = readArguments();
  QGuiApplication::setDesktopFileName(QStringLiteral("blip3o-studio"));
  QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));

  const QDir data(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
  data.mkpath(QStringLiteral("."));
  b3o::SingleInstance instance(data.absolutePath());
  QStringList files = arguments.pictures;
  if (!arguments.folder.isEmpty()) files.prepend(arguments.folder);
  if (instance.handOver(files)) return 0;
  instance.listen();
  const QString log = data.filePath(QStringLiteral("blip3o-studio.log"));
  b3o::log_to_file(b3o::toPath(log));
  qInstallMessageHandler(writeToLog);

  b3o::applyLanguage(settings.language());
  b3o::Studio studio({b3o::open_family, b3o::need_of_load}, b3o::openStore(data.filePath(QStringLiteral("library"))));
  b3o::MainWindow window(studio, settings,
                         {.tools = {b3o::find_model_folders,
                                    [](const std::filesystem::path& folder) { return b3o::look_at_folder(folder); },
                                    b3o::fit_folder, b3o::verify_hashes},
                          .places = {b3o::default_model_folder(),
                                     b3o::toPath(data.filePath(QStringLiteral("models"))),
                                     b3o::hub_caches(),
                                     {}},
                          .make_model = b3o::makeTinyModel,
                          .tiny_folder = data.filePath(QStringLiteral("models/random-tiny-model")),
                          .theme = arguments.theme,
                          .log_file = log});
  b3o::Interrupt interrupt;
  QObject::connect(&interrupt, &b3o::Interrupt::caught, &window, &QWidget::close);
  QObject::connect(&instance, &b3o::SingleInstance::received, &window, &b3o::MainWindow::receive);
  window.show();
  if (!arguments.pictures.isEmpty()) window.receive(arguments.pictures);
  const QString demonstration =
      arguments.folder.isEmpty() ? settings.folderToOpen(b3o::fromPath(b3o::default_model_folder())) : QString();
  if (demonstration.isEmpty())
    window.start(arguments.folder);
  else
    studio.model.load(demonstration);  // small enough to be there at once: no dialog
  return QApplication::exec();
}
