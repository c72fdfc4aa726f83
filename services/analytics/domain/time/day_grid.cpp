// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/time/day_grid.h"

#include "services/analytics/domain/snapshot/outage_calendar.h"

namespace fails::analytics {

DayGrid::DayGrid(const absl::TimeZone& tz, std::int32_t first, std::int32_t last) : first_(first) {
  begins_.reserve(static_cast<std::size_t>(last - first + 2));
  absl::CivilDay day = DayOfNumber(first);
  for (std::int32_t number = first; number <= last + 1; ++number, ++day) {
    begins_.push_back(absl::ToUnixSeconds(absl::FromCivil(day, tz)));
  }
}

DayGrid DayGrid::Of(const Query& query) {
  const DayRange days = DaysOf(query);
  return {query.tz, days.first, days.last};
}

DayRange DaysOf(const Query& query) {
  const auto day_of = [&](absl::Time time) { return DayNumber(absl::ToCivilDay(time, query.tz)); };
  const std::int32_t first = day_of(query.from);
  // A range shorter than a second may hold none.
  return {first, std::max(first, day_of(absl::FromUnixSeconds(query.to_second - 1)))};
}

}  // namespace fails::analytics
