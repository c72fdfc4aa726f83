// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace fails::bus {

struct Session;  // session.h, for this folder only

struct ConnectOptions {
  std::string
      url;  // nats://host:port; credentials in it (nats://user:password@host:port) win over these
  std::string user{};  // empty: no credentials
  std::string password{};
  std::string client_name{};  // shown by the server
};

// A connection that comes and goes with the server and never gives up: it need not be there yet,
// nor stay. Thread-safe.
class Connection {
 public:
  // INVALID_ARGUMENT for a malformed URL; an absent server is no error.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const ConnectOptions& options);
  ~Connection();

  // OK while connected, else UNAVAILABLE in words.
  absl::Status Probe() const;
  // Waits for a server: OK, or what Probe() says at `deadline`.
  absl::Status AwaitConnected(absl::Time deadline) const;

  // Another number for every connection made to a server, 0 without one yet: what was set up under
  // an older number and lives as long as a connection (an ephemeral consumer) may be gone, and the
  // server may have come back empty.
  std::uint64_t epoch() const;

  // What to talk through now. UNAVAILABLE while there is no server.
  absl::StatusOr<std::shared_ptr<const Session>> Acquire() const;

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::bus
