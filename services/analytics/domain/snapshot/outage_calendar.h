// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/analytics/domain/snapshot/names.h"

namespace fails::analytics {

// A day of a service's uptime calendar; `day` counts from 1970-01-01. The date is a label, whatever
// the zone of a query.
struct CalendarDay {
  std::int32_t day = 0;
  std::int32_t partial_seconds = 0;
  std::int32_t major_seconds = 0;

  // Major outages count in full, partial ones 0.3 (analyses.md, section 1).
  double scaled_minutes() const { return (major_seconds + 0.3 * partial_seconds) / 60.0; }
  bool out() const { return partial_seconds + major_seconds > 0; }

  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

inline std::int32_t DayNumber(absl::CivilDay day) {
  return static_cast<std::int32_t>(day - absl::CivilDay(1970, 1, 1));
}
inline absl::CivilDay DayOfNumber(std::int32_t day) {
  return absl::CivilDay(1970, 1, 1) + day;
}

// The uptime calendars of all services. Immutable; versions share the calendars that did not
// change.
class OutageCalendar {
 public:
  using Days = std::vector<CalendarDay>;  // ascending, one a date

  OutageCalendar() = default;
  explicit OutageCalendar(std::vector<std::shared_ptr<const Days>> by_service)
      : by_service_(std::move(by_service)) {}

  // Empty for a service without a calendar.
  std::span<const CalendarDay> days(ServiceIndex service) const {
    if (service >= by_service_.size() || !by_service_[service]) return {};
    return *by_service_[service];
  }
  std::size_t MemoryBytes() const;

 private:
  std::vector<std::shared_ptr<const Days>> by_service_;
};

}  // namespace fails::analytics
