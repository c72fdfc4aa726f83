// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http/limits.h"
#include "services/gateway/http/message.h"
#include "services/gateway/http/task.h"

namespace fails::gateway::http {

// A request that came to no handler, since it is malformed, too large, too slow, or one connection
// too many.
struct Refusal {
  int status = 400;
  std::string detail;
  std::string client;
};

// What the body of a request may be.
struct BodyRule {
  std::uint64_t max_bytes = 0;
  std::optional<Refusal> refusal{};  // it is not read at all
};

// What answers. Called on the connections' threads, several at once; outlives the server.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  // `request` lives until the task ends.
  virtual Task<Response> Handle(const Request& request) = 0;
  virtual Response Refuse(const Refusal& refusal) = 0;
  // Asked before a body is read; `head` has none yet. Absent: as Limits say.
  virtual std::optional<BodyRule> RuleForBody(const Request&) { return std::nullopt; }
};

// HTTP/1.1 with keep-alive, pipelining and streamed bodies. One acceptor deals the connections to
// `threads` event loops; a connection stays on its thread.
class Server {
 public:
  struct Options {
    std::string address;  // "host:port"; port 0 picks one
    int threads = 2;
    Limits limits;
  };

  // UNAVAILABLE, naming the address, when it cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options,
                                                       RequestHandler& handler);
  ~Server();

  int port() const;
  // Connections that are open now.
  int connections() const;
  // Accepts no more, ends streams and idle connections, lets running requests finish until
  // `deadline`, then cancels them. Idempotent.
  void Stop(absl::Time deadline);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::gateway::http
