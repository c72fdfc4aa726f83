// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace grpc {
class Service;
}

namespace fails::rpc {

// A gRPC server with the standard health service, reflection, call metrics
// (fails_rpc_server_calls_total{method,code}, fails_rpc_server_seconds{method}), message limits,
// and `traceparent` taken from the metadata into the log scope of synchronous handlers.
class Server {
 public:
  // UNAVAILABLE, naming the address, when it cannot be bound. `services` must outlive the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address,
                                                       const std::vector<grpc::Service*>& services);
  ~Server();

  int port() const;
  void SetServing(bool serving);
  // Health NOT_SERVING, no new calls, waits for the running ones until `deadline`. Idempotent.
  void Stop(absl::Time deadline);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::rpc
