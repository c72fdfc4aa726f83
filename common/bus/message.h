// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/handles.h"
#include "common/bus/publisher.h"

// natsMsg in the words of this project. For this folder only.
namespace fails::bus {

inline constexpr char kMessageIdHeader[] = "Nats-Msg-Id";
inline constexpr char kTraceparentHeader[] = "traceparent";

using Headers = std::vector<std::pair<std::string, std::string>>;

// With the headers of `message` and the thread's traceparent unless it brings its own. The id is
// not among them: it is an option of the publication.
absl::StatusOr<MsgHandle> ToNats(const OutgoingMessage& message);

std::string_view PayloadOf(natsMsg* message);
// The first value, empty when there is none; valid as long as the message.
std::string_view HeaderOf(natsMsg* message, const char* name);
Headers HeadersOf(natsMsg* message);

// Header values end with the line: whatever would end it becomes a space.
std::string OneLine(std::string_view text);

// What JetStream says about one delivery.
struct DeliveryInfo {
  std::uint64_t stream_sequence = 0;
  std::uint64_t consumer_sequence = 0;
  std::uint64_t pending = 0;  // waiting behind this one
  int delivered = 1;
  absl::Time stored_at;
};
absl::StatusOr<DeliveryInfo> InfoOf(natsMsg* message);

}  // namespace fails::bus
