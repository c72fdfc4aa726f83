// SPDX-License-Identifier: Apache-2.0
#include "common/base/time.h"

#include <fmt/format.h>

#include "common/base/text.h"

namespace fails {
namespace {

// absl also takes "infinite-future", signs, spaces and years of any length.
bool BeginsWithYear(std::string_view text) {
  constexpr std::size_t kDigits = 4;
  return text.find_first_not_of("0123456789") == kDigits && text[kDigits] == '-';
}

// An offset may lead out of the years that can be written.
bool IsWritable(absl::Time time) {
  static const absl::Time first = absl::FromCivil(absl::CivilYear(0), absl::UTCTimeZone());
  static const absl::Time end = absl::FromCivil(absl::CivilYear(10'000), absl::UTCTimeZone());
  return first <= time && time < end;
}

}  // namespace

absl::StatusOr<absl::Time> ParseTime(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!BeginsWithYear(text) || !absl::ParseTime(absl::RFC3339_full, Absl(text), &time, &error) ||
      !IsWritable(time)) {
    return absl::InvalidArgumentError(fmt::format("not an RFC 3339 time: '{}'", text));
  }
  return time;
}

std::string ToRfc3339(absl::Time time) {
  return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
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
