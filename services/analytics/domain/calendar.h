// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace fails::analytics {

// The years that an RFC 3339 time, a google.protobuf.Timestamp and a timestamptz can all say: 1 …
// 9999.
inline absl::Time FirstTime() {
  return absl::FromCivil(absl::CivilYear(1), absl::UTCTimeZone());
}
inline bool IsCalendarTime(absl::Time time) {
  return time >= FirstTime() &&
         time < absl::FromCivil(absl::CivilYear(10'000), absl::UTCTimeZone());
}

inline bool IsCalendarDay(absl::CivilDay day) {
  return day.year() >= 1 && day.year() <= 9999;
}

}  // namespace fails::analytics
