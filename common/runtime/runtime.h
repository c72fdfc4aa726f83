// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace fails::runtime {

// What a process waits for before it can work: OK, or a status that says what is missing.
using ReadinessCheck = std::function<absl::Status()>;

// The life of a process: blocks SIGINT and SIGTERM from construction on (construct it before any
// thread), serves the admin port, and stops everything in reverse.
//
//   runtime::Runtime rt({.process = "scraper", .admin_address = …});
//   rt.AddReadiness("nats", [&] { return nats.Probe(); });
//   rt.OnStop("grpc server", [&](absl::Time deadline) { server.Stop(deadline); });
//   return rt.RunUntilSignal();
//
// Stop: readiness answers 503, then the named steps run in reverse order of registration (the
// intake is registered last and therefore stops first), each logged by name, all within one
// deadline; a step that throws is logged and the others still run. Stop is idempotent.
//
// Checks run between RunUntilSignal and Stop only, on one thread, once a second; steps run in Stop
// only. So parts that are declared after the Runtime, as they must be, may be captured by
// reference. A start that fails halfway throws: the parts' own destructors unwind it, and ~Runtime
// touches none of them.
class Runtime {
 public:
  struct Options {
    std::string process;
    std::string admin_address;  // "host:port"; port 0 picks one
    absl::Duration stop_deadline = absl::Seconds(10);
  };

  // Throws std::runtime_error when the admin port cannot be bound (the message names the address).
  explicit Runtime(Options options);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  void AddReadiness(std::string name, ReadinessCheck check);
  void OnStop(std::string name, std::function<void(absl::Time deadline)> step);

  // Waits for SIGINT or SIGTERM (or RequestStop), stops, returns the exit status: 0, or 1 when a
  // step failed.
  int RunUntilSignal();
  // Thread-safe.
  void RequestStop();
  void Stop();
  bool stopping() const;
  std::string admin_address() const;  // with the port that was bound

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Runs `body` for main(): logs an escaped std::exception, flushes the log, and returns 1.
int Main(const std::function<int()>& body);

}  // namespace fails::runtime
