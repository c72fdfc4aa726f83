// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/connection.h"

namespace fails::bus {

struct StoredMessage {
  std::uint64_t sequence = 0;
  std::string subject;
  std::string payload;
  std::string message_id;
  std::vector<std::pair<std::string, std::string>> headers;
  absl::Time stored_at;
};

struct StreamBounds {
  std::uint64_t first = 0;  // first sequence still held
  std::uint64_t last = 0;   // 0: nothing was ever stored
  std::uint64_t messages = 0;
};

// Reads a stream without leaving a trace on it (no acknowledgement, ephemeral consumer that is made
// again after a reconnect, continuing behind the last message handed out). Not thread-safe.
class StreamReader {
 public:
  // Starts at `first_sequence` (or the first one still held after it); 0: only what comes from now
  // on. A sequence that the stream has not reached, as it is after the stream began anew, starts at
  // the first one held.
  StreamReader(Connection& connection, std::string stream, std::string filter_subject,
               std::uint64_t first_sequence);
  // Starts at the first message that was stored at `since` or later, or up to a tenth of a second
  // before.
  StreamReader(Connection& connection, std::string stream, std::string filter_subject,
               absl::Time since);
  ~StreamReader();

  // Up to `max` messages in order; empty when none came within `wait`. UNAVAILABLE without a
  // server.
  absl::StatusOr<std::vector<StoredMessage>> Next(int max, absl::Duration wait);

  // How many messages lie ahead at this moment. UNAVAILABLE without a server.
  absl::StatusOr<std::uint64_t> Ahead();

  static absl::StatusOr<StreamBounds> Bounds(Connection& connection, const std::string& stream);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::bus
