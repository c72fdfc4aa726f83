// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace fails {

// Parses RFC 3339 / ISO 8601 with `Z` or a numeric offset, with or without a fraction; in UTC the
// year is one from 0000 to 9999. INVALID_ARGUMENT quotes the text.
absl::StatusOr<absl::Time> ParseTime(std::string_view text);

// RFC 3339 in UTC; whole seconds print no fraction: "2024-08-28T18:16:00Z". Of what ParseTime
// gives, ParseTime reads it back.
std::string ToRfc3339(absl::Time time);

// Floors to whole seconds, the precision of stages (analyses.md, section 1).
absl::Time TruncateToSeconds(absl::Time time);

// Floors to microseconds, the precision of PostgreSQL: what was stored equals what is said again.
absl::Time ToMicroseconds(absl::Time time);

// Loads an IANA zone. INVALID_ARGUMENT quotes the name.
absl::StatusOr<absl::TimeZone> LoadZone(std::string_view name);

}  // namespace fails
