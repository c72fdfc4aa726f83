// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "services/analytics/domain/snapshot/outage_calendar.h"
#include "services/analytics/domain/snapshot/row.h"

namespace fails::analytics {

// Turns stored days into calendars; only those of services whose days changed are made anew. Not
// thread-safe.
class CalendarBuilder {
 public:
  // Adds the day, or replaces what was known of it.
  void Apply(ServiceIndex service, const OutageDayRow& row);
  OutageCalendar Build();

  std::int64_t count() const { return count_; }
  std::int64_t version_sum() const { return version_sum_; }
  // Whether exactly this is known of the day.
  bool Holds(ServiceIndex service, const OutageDayRow& row) const;

 private:
  struct Service {
    std::shared_ptr<OutageCalendar::Days> draft;  // null: nothing changed since the last Build
    std::shared_ptr<const OutageCalendar::Days> days;
    std::vector<std::int64_t> versions;  // of the draft's days, or of `days`

    const OutageCalendar::Days* newest() const { return draft ? draft.get() : days.get(); }
  };

  std::vector<Service> services_;  // by ServiceIndex
  std::int64_t count_ = 0;
  std::int64_t version_sum_ = 0;
};

}  // namespace fails::analytics
