// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/simulator/http.h"

namespace fails::simulator {

// An HTTP server of its own threads; the only place that knows the HTTP library.
class HttpServer {
 public:
  // Called from several threads at once.
  using Handler = std::function<Response(const Request&)>;

  HttpServer();
  ~HttpServer();  // stops

  // Binds (port 0: a free one) and serves until Stop(); returns the port. UNAVAILABLE when the
  // address is not to be had. Call once.
  absl::StatusOr<int> Start(const std::string& address, int port, Handler handler);

  // Lets requests under way finish, their pauses cut short. Idempotent.
  void Stop();

  // Waits inside a handler, at most until Stop().
  void Pause(absl::Duration delay);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The parts of a request target: "/host/a/b" is host "host", path "/a/b".
void SplitTarget(const std::string& target, Request& request);

}  // namespace fails::simulator
