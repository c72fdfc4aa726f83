// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/connection.h"
#include "common/runtime/retry_policy.h"

namespace fails::bus {

struct OutgoingMessage {
  std::string subject;
  std::string payload;
  std::string id{};  // Nats-Msg-Id: the server drops a repeat within the stream's duplicate window
  std::vector<std::pair<std::string, std::string>> headers{};
};

struct PublishAck {
  std::uint64_t sequence = 0;
  bool duplicate = false;
};

// Publishes into JetStream. Adds the thread's `traceparent` as a header. Thread-safe.
class Publisher {
 public:
  explicit Publisher(Connection& connection, runtime::RetryPolicy retry = {});

  // Blocks until the server has stored the message; retries with the same id until `deadline`.
  // UNAVAILABLE when it could not be confirmed by then (it may still have been stored: send again
  // with the same id); RESOURCE_EXHAUSTED when it is larger than the stream or the server takes;
  // FAILED_PRECONDITION when no stream took the subject until then.
  absl::StatusOr<PublishAck> Publish(const OutgoingMessage& message, absl::Time deadline);

 private:
  Connection& connection_;
  runtime::RetryPolicy retry_;
};

}  // namespace fails::bus
