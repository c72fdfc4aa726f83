// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {

// What the calendar in a zone says of very many instants: the zone's offsets over a span of time,
// looked up once. Immutable.
class ZoneClock {
 public:
  // Right for first … last, in seconds since the epoch; outside, the offset at the end holds on.
  ZoneClock(const absl::TimeZone& tz, std::int64_t first, std::int64_t last);

  // The same instant as seconds of a clock that shows local time as if it were UTC.
  std::int64_t Local(std::int64_t second) const {
    const auto after = std::ranges::upper_bound(pieces_, second, {}, &Piece::begin);
    return second + (after == pieces_.begin() ? after : after - 1)->offset;
  }
  std::int32_t Day(std::int64_t second) const {
    return static_cast<std::int32_t>(FloorDivide(Local(second), kDaySeconds));
  }

 private:
  struct Piece {
    std::int64_t begin = 0;
    std::int64_t offset = 0;
  };
  std::vector<Piece> pieces_;  // ascending, at least one
};

}  // namespace fails::analytics
