// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/dead_letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/base/status_macros.h"
#include "common/bus/dead_letter.h"
#include "common/bus/stream_reader.h"
#include "common/wire/time_proto.h"
#include "fails/v1/document.pb.h"

namespace fails::normalizer {
namespace {

constexpr char kStream[] = "FAILS_DEAD";
constexpr char kSubjects[] = "fails.dead.v1.>";
constexpr int kDefaultLimit = 50;
constexpr int kMaxLimit = 200;

std::string HeaderOf(const bus::StoredMessage& message, std::string_view name) {
  const auto it =
      std::ranges::find(message.headers, name, [](const auto& header) { return header.first; });
  return it == message.headers.end() ? "" : it->second;
}

v1::DeadLetter FromMessage(const bus::StoredMessage& message) {
  v1::DeadLetter letter;
  letter.set_sequence(message.sequence);
  letter.set_subject(HeaderOf(message, bus::dead_letter::kSubject));
  letter.set_reason(HeaderOf(message, bus::dead_letter::kReason));
  const std::string deliveries = HeaderOf(message, bus::dead_letter::kDeliveries);
  int count = 0;
  std::from_chars(deliveries.data(), deliveries.data() + deliveries.size(), count);
  letter.set_deliveries(count);
  *letter.mutable_at() = wire::ToProto(message.stored_at);
  v1::RawDocument document;
  if (document.ParseFromString(message.payload)) {  // a letter may be dead for being no document
    letter.set_page(document.page());
    letter.set_url(document.url());
  }
  return letter;
}

}  // namespace

absl::StatusOr<v1::ListDeadLettersResponse> ListDeadLetters(
    bus::Connection& connection, const v1::ListDeadLettersRequest& request) {
  if (request.limit() < 0 || request.limit() > kMaxLimit) {
    return absl::InvalidArgumentError(
        fmt::format("limit: {} is not between 0 and {}", request.limit(), kMaxLimit));
  }
  FAILS_ASSIGN_OR_RETURN(const bus::StreamBounds bounds,
                         bus::StreamReader::Bounds(connection, kStream));
  v1::ListDeadLettersResponse response;
  response.set_total(static_cast<std::int64_t>(bounds.messages));
  const std::uint64_t first = std::max(bounds.first, request.after_sequence() + 1);
  if (bounds.messages == 0 || first > bounds.last) return response;
  bus::StreamReader reader(connection, kStream, kSubjects, first);
  const int limit = request.limit() == 0 ? kDefaultLimit : request.limit();
  while (response.dead_letters_size() < limit) {
    FAILS_ASSIGN_OR_RETURN(const auto messages,
                           reader.Next(limit - response.dead_letters_size(), absl::Seconds(2)));
    for (const bus::StoredMessage& message : messages) {
      *response.add_dead_letters() = FromMessage(message);
    }
    if (messages.empty() || messages.back().sequence >= bounds.last) break;
  }
  return response;
}

}  // namespace fails::normalizer
