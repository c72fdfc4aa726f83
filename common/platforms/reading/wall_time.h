// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

// Times as people and feeds write them. Whatever is ambiguous is refused, never guessed.
namespace fails::platforms {

// 1 to 12 of an English month: "August", "Aug", "Sept.", any case.
std::optional<int> MonthOf(std::string_view name);

// Seconds east of UTC of a zone as text: "Z", "UTC", "GMT", "+0530", "-07:00", "+02", and the
// labels of the zones in which status pages are written ("PDT" is -7 h all year). "PT", "ET", "CT"
// and "MT" mean whichever of the two holds at `local`. Absent for any other label.
std::optional<int> ZoneOffset(std::string_view zone, absl::CivilSecond local);

// The moment that clocks of the zone show as `local`. Absent for a label that we do not know.
std::optional<absl::Time> TimeInZone(absl::CivilSecond local, std::string_view zone);

// A time and how many seconds east of UTC its author counted.
struct ZonedTime {
  absl::Time at;
  int offset_seconds = 0;

  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

// "Thu, 23 Jul 2026 16:29:09 Z": RFC 822 and its heirs, with years of two digits, without weekday
// or seconds, with obsolete zones. INVALID_ARGUMENT quotes the text.
absl::StatusOr<ZonedTime> ParseRfc822(std::string_view text);

// "2026-07-23T16:29:09.5Z", "2026-07-23 16:29:09+00:00", "2026-07-23 16:29": ISO 8601 with 'T' or a
// space; without zone it is UTC. INVALID_ARGUMENT quotes the text.
absl::StatusOr<ZonedTime> ParseIsoTime(std::string_view text);

// Either of the two: what stands in feeds.
absl::StatusOr<ZonedTime> ParseFeedTime(std::string_view text);

}  // namespace fails::platforms
