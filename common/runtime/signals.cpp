// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/signals.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace fails::runtime {
namespace {

int CheckFd(int fd, const char* call) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), call);
  return fd;
}

}  // namespace

Signals::Signals() {
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed connection is an error of its write, not the end of the process
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal_fd_ = CheckFd(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd");
  wake_fd_ = CheckFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
}

Signals::~Signals() {
  close(wake_fd_);
  close(signal_fd_);
}

int Signals::Wait() {
  for (;;) {
    std::array<pollfd, 2> fds = {{{.fd = signal_fd_, .events = POLLIN, .revents = 0},
                                  {.fd = wake_fd_, .events = POLLIN, .revents = 0}}};
    if (poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) CheckFd(-1, "poll");
    signalfd_siginfo info;
    if (read(signal_fd_, &info, sizeof info) == sizeof info)
      return static_cast<int>(info.ssi_signo);
    eventfd_t count;
    if (eventfd_read(wake_fd_, &count) == 0) return 0;
  }
}

void Signals::Wake() {
  eventfd_write(wake_fd_, 1);
}

}  // namespace fails::runtime
