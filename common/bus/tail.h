// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/connection.h"
#include "common/bus/message.h"
#include "common/bus/pull.h"

namespace fails::bus {

// Follows a stream through an ephemeral consumer of its own. What makes it lose its place
// (reconnect, the consumer gone, a message missed) detaches it; whoever uses it attaches again
// where it wants. Not thread-safe. For this folder only.
class Tail {
 public:
  struct Message {
    MsgHandle message;
    DeliveryInfo info;
  };

  Tail(Connection& connection, std::string stream, std::string filter_subject);
  ~Tail();

  // Returns how many messages are there to read already. UNAVAILABLE also while the stream does not
  // exist.
  absl::StatusOr<std::uint64_t> AttachAt(std::uint64_t sequence);
  absl::StatusOr<std::uint64_t> AttachAtTime(absl::Time stored_at);
  absl::StatusOr<std::uint64_t> AttachAtLastPerSubject();
  bool attached() const;
  void Detach();

  // In order, without a gap; empty when none came within `wait`. After an error it is detached.
  absl::StatusOr<std::vector<Message>> Next(int max, absl::Duration wait);

 private:
  absl::StatusOr<std::uint64_t> Attach(jsConsumerConfig& config);
  absl::StatusOr<std::vector<Message>> Fetch(int max, absl::Duration wait);

  Connection& connection_;
  const std::string stream_, filter_subject_;
  std::shared_ptr<const Session> session_;
  std::uint64_t epoch_ = 0;
  std::unique_ptr<Pull> pull_;
  std::string consumer_;
  std::uint64_t consumer_sequence_ = 0;  // of the last message handed out
};

// UNAVAILABLE also while the stream does not exist.
absl::StatusOr<jsStreamState> StateOf(const Session& session, const std::string& stream);

}  // namespace fails::bus
