// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {

// Consecutive civil days of a zone and the seconds between which each lies: 23 or 25 hours on a day
// of a clock change, none on a day that a zone skipped. Immutable.
class DayGrid {
 public:
  // The days first … last, numbered as in domain/time/civil.h.
  DayGrid(const absl::TimeZone& tz, std::int32_t first, std::int32_t last);
  // The days of which the query's range has a second.
  static DayGrid Of(const Query& query);

  std::size_t size() const { return begins_.size() - 1; }
  std::int32_t day(std::size_t index) const { return first_ + static_cast<std::int32_t>(index); }
  std::int64_t begin(std::size_t index) const { return begins_[index]; }
  std::int64_t end(std::size_t index) const { return begins_[index + 1]; }
  std::int64_t length(std::size_t index) const { return end(index) - begin(index); }
  std::int64_t begin() const { return begins_.front(); }
  std::int64_t end() const { return begins_.back(); }
  // Absent days are size().
  std::size_t IndexOfDay(std::int32_t day) const {
    return day < first_ || day >= first_ + static_cast<std::int64_t>(size())
               ? size()
               : static_cast<std::size_t>(day - first_);
  }
  // The day in which the second lies; begin() <= second < end().
  std::size_t IndexOfSecond(std::int64_t second) const {
    std::size_t index =
        std::min(static_cast<std::size_t>((second - begin()) / kDaySeconds), size() - 1);
    while (begins_[index] > second) --index;
    while (begins_[index + 1] <= second) ++index;
    return index;
  }

 private:
  std::int32_t first_;
  std::vector<std::int64_t> begins_;  // one more than days: the end of the last
};

// The first and last day of which the query's range has a second, without the grid between them.
struct DayRange {
  std::int32_t first = 0;
  std::int32_t last = 0;
  std::size_t size() const { return static_cast<std::size_t>(last - first + 1); }
};
DayRange DaysOf(const Query& query);

}  // namespace fails::analytics
