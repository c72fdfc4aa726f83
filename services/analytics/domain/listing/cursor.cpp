// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/listing/cursor.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "common/base/hash.h"
#include "common/base/text.h"
#include "services/analytics/domain/calendar.h"

namespace fails::analytics {
namespace {

constexpr std::size_t kCheckBytes = 9;  // a multiple of 3: base64 without left-over bits
constexpr std::size_t kLongestCursor = 2048;

std::string CheckSum(std::string_view list, std::string_view payload) {
  return Sha256(fmt::format("{}\n{}", list, payload)).substr(0, kCheckBytes);
}

std::string ListOf(const IncidentFilter& filter) {
  return fmt::format("incidents/1\n{}", filter.Fingerprint());
}

}  // namespace

std::string EncodeListCursor(std::string_view list, const ListPosition& position) {
  const std::string payload = fmt::format("{} {}", absl::ToUnixMicros(position.at), position.id);
  std::string cursor;
  absl::WebSafeBase64Escape(CheckSum(list, payload) + payload, &cursor);
  return cursor;
}

absl::StatusOr<ListPosition> DecodeListCursor(std::string_view list, std::string_view cursor) {
  const auto refuse = [&] {
    return absl::InvalidArgumentError(
        fmt::format("cursor: '{}' is not a cursor of this list", cursor.substr(0, 64)));
  };
  std::string bytes;
  if (cursor.size() > kLongestCursor || !absl::WebSafeBase64Unescape(Absl(cursor), &bytes) ||
      bytes.size() <= kCheckBytes) {
    return refuse();
  }
  const std::string_view payload = std::string_view(bytes).substr(kCheckBytes);
  if (bytes.substr(0, kCheckBytes) != CheckSum(list, payload)) return refuse();
  std::int64_t micros = 0;
  const auto [end, error] =
      std::from_chars(payload.data(), payload.data() + payload.size(), micros);
  if (error != std::errc() || end == payload.data() + payload.size() || *end != ' ')
    return refuse();
  ListPosition position{absl::FromUnixMicros(micros),
                        std::string(end + 1, payload.data() + payload.size())};
  if (!IsCalendarTime(position.at)) return refuse();
  // Base64 has more than one spelling of the same bytes; ours is the one.
  if (EncodeListCursor(list, position) != cursor) return refuse();
  return position;
}

std::string EncodeCursor(const IncidentFilter& filter, const ListPosition& position) {
  return EncodeListCursor(ListOf(filter), position);
}

absl::StatusOr<ListPosition> DecodeCursor(const IncidentFilter& filter, std::string_view cursor) {
  return DecodeListCursor(ListOf(filter), cursor);
}

}  // namespace fails::analytics
