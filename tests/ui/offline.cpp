// Nothing is sent anywhere: the window and both programs load, chat and draw while the kernel refuses every socket, and
// ends whoever asks for an internet socket or calls connect at all. What the window would have between programs of this
// machine (the first instance, the desktop's theme) is refused as well, and is done without.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <cerrno>
#include <csignal>
#include <cstddef>

#include "core/families/default_model.h"
#include "tests/ui/support.h"
#include "ui/shell/single_instance.h"

using namespace b3o;

namespace {

#if defined(__x86_64__)
constexpr uint32_t kMachine = AUDIT_ARCH_X86_64;
#else
constexpr uint32_t kMachine = AUDIT_ARCH_AARCH64;
#endif

// For this process and all that it starts, for good. False where the kernel cannot do it.
bool refuseSockets() {
  const auto read = [](size_t offset) { return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, uint32_t(offset)); };
  const auto end = [](uint32_t what) { return sock_filter BPF_STMT(BPF_RET | BPF_K, what); };
  // What does not equal the value passes over so many lines.
  const auto only = [](uint32_t value, uint8_t lines) {
    return sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, lines);
  };
  sock_filter lines[] = {
      read(offsetof(seccomp_data, arch)),
      only(kMachine, 12),
      read(offsetof(seccomp_data, nr)),
      only(__NR_connect, 1),
      end(SECCOMP_RET_KILL_PROCESS),
      only(__NR_io_uring_setup, 1),
      end(SECCOMP_RET_ERRNO | ENOSYS),
      only(__NR_socket, 6),
      read(offsetof(seccomp_data, args)),
      only(AF_INET, 1),
      end(SECCOMP_RET_KILL_PROCESS),
      only(AF_INET6, 1),
      end(SECCOMP_RET_KILL_PROCESS),
      end(SECCOMP_RET_ERRNO | EACCES),
      end(SECCOMP_RET_ALLOW),
  };
  sock_fprog program{uint16_t(std::size(lines)), lines};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// The signal that ended a child which did this; 0: it ended well.
template <class Act>
int signalOf(Act act) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(act() ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) == 0 ? 0 : -1;
}

QString demonstration() { return fromPath(default_model_folder(B3O_SOURCE_PROGRAM)); }

}  // namespace

class Offline : public QObject {
  Q_OBJECT

  QTemporaryDir home_;

  void runs(const QStringList& arguments, QByteArray& out) {
    QProcess process;
    process.start(QStringLiteral(B3O_PROGRAM), arguments);
    QVERIFY(process.waitForFinished(120000));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit, "it asked for the internet");
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    out = process.readAllStandardOutput();
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY2(blocked, "This kernel cannot refuse system calls (seccomp), so nothing here would show what is sent.");
  }

  void the_block_holds() {
    QCOMPARE(signalOf([] { return ::socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EACCES; }), 0);
    QCOMPARE(signalOf([] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }), SIGSYS);
    QCOMPARE(signalOf([] { return ::socket(AF_INET6, SOCK_DGRAM, 0) >= 0; }), SIGSYS);
    QCOMPARE(signalOf([] {
               const sockaddr_un address{AF_UNIX, "x"};
               return ::connect(0, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
             }),
             SIGSYS);
  }

  void the_window_loads_chats_and_draws() {
    QTemporaryDir folder;
    SingleInstance instance(folder.path());
    QVERIFY(!instance.handOver({}));
    instance.listen();
    QSettings store(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Studio studio({open_family}, openStore(folder.filePath(QStringLiteral("library"))));
    MainWindow window(studio, Settings(store), {.theme = Theme::dark});
    window.show();
    const auto idle = [&] {
      return QTest::qWaitFor([&] { return studio.model.ready() && !studio.line.running(); }, 120000);
    };
    studio.model.load(demonstration());
    QVERIFY(idle());
    studio.conversation.send(QStringLiteral("draw a red fish left of a blue star at night"));
    QVERIFY(idle());
    studio.conversation.send(QStringLiteral("what color is the star?"));
    QVERIFY(idle());
    const auto& turns = studio.conversation.turns();
    QCOMPARE(turns.size(), size_t(4));
    QCOMPARE(turns[1].pictures.size(), size_t(1));
    QCOMPARE(turns[3].state, Turn::State::done);
    QVERIFY(!turns[3].text.isEmpty());
    window.showPage(Page::create);
    window.create()->panel()->setPrompt(QStringLiteral("a big green house by the sea"));
    window.create()->run();
    QVERIFY(idle());
    QCOMPARE(studio.drawing.pictures().size(), size_t(1));
    QTRY_COMPARE(studio.gallery.total(), 2);
  }

  void the_command_line_loads_chats_and_draws() {
    QByteArray out;
    runs({QStringLiteral("chat"), QStringLiteral("what can you draw?"), QStringLiteral("--model"), demonstration()},
         out);
    QVERIFY(!out.trimmed().isEmpty());
    const QString file = home_.filePath(QStringLiteral("a.png"));
    runs({QStringLiteral("generate"), QStringLiteral("a red fish"), QStringLiteral("--model"), demonstration(),
          QStringLiteral("--out"), file},
         out);
    QVERIFY(!QImage(file).isNull());
  }

  void the_program_starts_loads_its_model_and_ends() {
    QProcess studio;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* place : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
      environment.insert(QString::fromLatin1(place), home_.path());
    studio.setProcessEnvironment(environment);
    studio.start(QStringLiteral(B3O_STUDIO), QStringList());
    // What was loaded is remembered there.
    const auto remembered = [&] {
      QFile file(home_.filePath(QStringLiteral("blip3o-studio/blip3o-studio.conf")));
      return file.open(QIODevice::ReadOnly) && file.readAll().contains("recent");
    };
    const bool loaded = QTest::qWaitFor(remembered, 60000);
    studio.terminate();
    QVERIFY(studio.waitForFinished(30000));
    QVERIFY2(studio.exitStatus() == QProcess::NormalExit, "it asked for the internet");
    QCOMPARE(studio.exitCode(), 0);
    QVERIFY(loaded);
  }

 public:
  bool blocked = false;
};

int main(int argc, char** argv) {
  Offline tests;
  tests.blocked = refuseSockets();  // before any thread
  QApplication app(argc, argv);
  return QTest::qExec(&tests, argc, argv);
}
#include "offline.moc"
