// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::runtime {

// SIGINT and SIGTERM as something to wait for. The constructor blocks them for this thread and all
// that it starts, for good: one that comes later (a second SIGTERM while the process stops) changes
// nothing. SIGPIPE is ignored.
class Signals {
 public:
  Signals();  // throws std::system_error
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Blocks until a signal (its number) or Wake (0), also one from before the call.
  int Wait();
  // Thread-safe.
  void Wake();

 private:
  int signal_fd_ = -1;
  int wake_fd_ = -1;
};

}  // namespace fails::runtime
