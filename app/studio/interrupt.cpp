#include "app/studio/interrupt.h"

#ifdef Q_OS_UNIX
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace b3o {

#ifdef Q_OS_UNIX
namespace {

int ends[2] = {-1, -1};  // a handler may do no more than write into a socket

void onSignal(int) {
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
}

}  // namespace

Interrupt::Interrupt(QObject* parent) : QObject(parent) {
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return;
  notifier_ = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
    char byte;
    [[maybe_unused]] const auto read = ::read(ends[0], &byte, 1);
    Q_EMIT caught();
  });
  struct sigaction action{};
  action.sa_handler = onSignal;
  action.sa_flags = int(SA_RESTART | SA_RESETHAND);  // a second Ctrl+C ends a program that hangs
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}
#else
Interrupt::Interrupt(QObject* parent) : QObject(parent) {}
#endif

}  // namespace b3o
