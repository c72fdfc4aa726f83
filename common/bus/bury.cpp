// SPDX-License-Identifier: Apache-2.0
#include "common/bus/bury.h"

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/bus/dead_letter.h"

namespace fails::bus {
namespace {

constexpr std::size_t kMaxReason = 1000;

std::string ReasonText(const absl::Status& reason) {
  return OneLine(
      fmt::format("{}: {}", absl::StatusCodeToString(reason.code()), std::string(reason.message()))
          .substr(0, kMaxReason));
}

}  // namespace

absl::Status Bury(Publisher& publisher, const std::string& stream, const std::string& consumer,
                  natsMsg* message, const DeliveryInfo& info, const absl::Status& reason,
                  absl::Time deadline) {
  OutgoingMessage letter = {
      .subject = fmt::format("fails.dead.v1.{}.{}", stream, consumer),
      .payload = std::string(PayloadOf(message)),
      // The same for a repeat, another one for a stream that began anew with its sequences.
      .id = fmt::format("dead:{}:{}:{}:{}", stream, consumer, info.stream_sequence,
                        absl::ToUnixNanos(info.stored_at)),
      .headers = {{dead_letter::kSubject, natsMsg_GetSubject(message)},
                  {dead_letter::kSequence, fmt::format("{}", info.stream_sequence)},
                  {dead_letter::kReason, ReasonText(reason)},
                  {dead_letter::kDeliveries, fmt::format("{}", info.delivered)},
                  {dead_letter::kStoredAt, FormatTime(info.stored_at)},
                  {dead_letter::kTime, FormatTime(absl::Now())}},
  };
  const std::string_view id = HeaderOf(message, kMessageIdHeader);
  if (!id.empty()) letter.headers.emplace_back(dead_letter::kMessageId, id);
  for (auto& [name, value] : HeadersOf(message)) {
    if (!name.starts_with("Nats-")) letter.headers.emplace_back(name, std::move(value));
  }
  absl::Status stored = publisher.Publish(letter, deadline).status();
  if (!absl::IsResourceExhausted(stored) || letter.payload.empty()) return stored;
  letter.payload.clear();
  letter.headers.emplace_back(dead_letter::kPayload, "dropped");
  return publisher.Publish(letter, deadline).status();
}

}  // namespace fails::bus
