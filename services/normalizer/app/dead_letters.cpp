// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/dead_letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "absl/strings/numbers.h"
#include "common/base/status_macros.h"
#include "common/base/utf8.h"
#include "common/bus/dead_letter.h"
#include "common/bus/stored.h"
#include "common/bus/stream_reader.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "fails/v1/document.pb.h"

namespace fails::normalizer {
namespace {

constexpr char kStream[] = "FAILS_DEAD";
constexpr char kRawStream[] = "FAILS_RAW";
constexpr char kSubjects[] = "fails.dead.v1.>";
constexpr int kDefaultLimit = 50;
constexpr int kMaxLimit = 200;
constexpr std::size_t kMostShown = 64 * 1024;

std::string HeaderOf(const bus::StoredMessage& message, std::string_view name) {
  const auto it =
      std::ranges::find(message.headers, name, [](const auto& header) { return header.first; });
  return it == message.headers.end() ? "" : it->second;
}

v1::DeadLetter FromMessage(const bus::StoredMessage& message) {
  v1::DeadLetter letter;
  letter.set_sequence(message.sequence);
  letter.set_subject(RepairUtf8(HeaderOf(message, bus::dead_letter::kSubject)));
  letter.set_reason(RepairUtf8(HeaderOf(message, bus::dead_letter::kReason)));
  const std::string deliveries = HeaderOf(message, bus::dead_letter::kDeliveries);
  int count = 0;
  std::from_chars(deliveries.data(), deliveries.data() + deliveries.size(), count);
  letter.set_deliveries(count);
  *letter.mutable_at() = wire::ToProto(message.stored_at);
  v1::RawDocument document;
  if (document.ParseFromString(message.payload)) {  // a letter may be dead for being no document
    letter.set_page(RepairUtf8(document.page()));
    letter.set_url(RepairUtf8(document.url()));
  }
  return letter;
}

// As it was given up. A payload that left no room for the headers is still in its own stream.
absl::StatusOr<std::string> PayloadOf(bus::Connection& connection,
                                      const bus::StoredMessage& letter) {
  if (HeaderOf(letter, bus::dead_letter::kPayload) != "dropped") return letter.payload;
  std::uint64_t sequence = 0;
  if (!absl::SimpleAtoi(HeaderOf(letter, bus::dead_letter::kSequence), &sequence)) {
    return absl::DataLossError(
        fmt::format("dead letter {} does not say where its payload is", letter.sequence));
  }
  FAILS_ASSIGN_OR_RETURN(bus::StoredMessage original,
                         bus::GetStored(connection, kRawStream, sequence));
  return std::move(original.payload);
}

std::string BodyShown(const v1::RawDocument& document) {
  const auto body = wire::Body(document);
  if (!body.ok()) return "";  // it may be dead for just that; the reason says so
  std::string_view shown(*body);
  shown = shown.substr(0, kMostShown);
  return RepairUtf8(shown);
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
  if (bounds.messages == 0 || request.after_sequence() >= bounds.last) return response;
  const std::uint64_t first = std::max(bounds.first, request.after_sequence() + 1);
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

absl::StatusOr<v1::GetDeadLetterResponse> GetDeadLetter(bus::Connection& connection,
                                                        const v1::GetDeadLetterRequest& request) {
  FAILS_ASSIGN_OR_RETURN(const bus::StoredMessage letter,
                         bus::GetStored(connection, kStream, request.sequence()));
  v1::GetDeadLetterResponse response;
  *response.mutable_dead_letter() = FromMessage(letter);
  for (const auto& [name, value] : letter.headers) {
    (*response.mutable_headers())[RepairUtf8(name)] = RepairUtf8(value);
  }
  FAILS_ASSIGN_OR_RETURN(std::string payload, PayloadOf(connection, letter));
  v1::RawDocument document;
  if (document.ParseFromString(payload)) response.set_body(BodyShown(document));
  response.set_payload(std::move(payload));
  return response;
}

absl::StatusOr<v1::RetryDeadLetterResponse> RetryDeadLetter(
    bus::Connection& connection, DocumentHandler& handler,
    const v1::RetryDeadLetterRequest& request) {
  FAILS_ASSIGN_OR_RETURN(const bus::StoredMessage letter,
                         bus::GetStored(connection, kStream, request.sequence()));
  FAILS_ASSIGN_OR_RETURN(const std::string payload, PayloadOf(connection, letter));
  FAILS_ASSIGN_OR_RETURN(const UpdateResult result, handler.Handle("", payload));
  FAILS_RETURN_IF_ERROR(bus::DeleteStored(connection, kStream, request.sequence()));
  v1::RetryDeadLetterResponse response;
  response.set_incidents_changed(result.incidents);
  return response;
}

}  // namespace fails::normalizer
