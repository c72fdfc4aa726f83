// SPDX-License-Identifier: Apache-2.0
#include "common/base/time.h"

#include <fmt/format.h>

#include "common/base/text.h"

namespace fails {

absl::StatusOr<absl::Time> ParseTime(std::string_view text) {
  absl::Time time;
  std::string error;
  // absl also takes "infinite-future" here, which no client of ours means.
  if (text.empty() || text.front() == 'i' || text.front() == '-' || text.front() == ' ' ||
      !absl::ParseTime(absl::RFC3339_full, Absl(text), &time, &error)) {
    return absl::InvalidArgumentError(fmt::format("not an RFC 3339 time: '{}'", text));
  }
  return time;
}

std::string ToRfc3339(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

absl::Time TruncateToSeconds(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time));
}

absl::Time ToMicroseconds(absl::Time time) {
  if (time == absl::InfiniteFuture() || time == absl::InfinitePast()) return time;
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

absl::StatusOr<absl::TimeZone> LoadZone(std::string_view name) {
  absl::TimeZone zone;
  if (name.empty() || name.find("..") != std::string_view::npos || name.front() == '/' ||
      !absl::LoadTimeZone(std::string(name), &zone)) {
    return absl::InvalidArgumentError(fmt::format("unknown time zone: '{}'", name));
  }
  return zone;
}

}  // namespace fails
