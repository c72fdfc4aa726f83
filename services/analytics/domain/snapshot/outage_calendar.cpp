// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/outage_calendar.h"

namespace fails::analytics {

std::size_t OutageCalendar::MemoryBytes() const {
  std::size_t bytes = by_service_.capacity() * sizeof(by_service_.front());
  for (const auto& days : by_service_) {
    if (days) bytes += sizeof(Days) + days->capacity() * sizeof(CalendarDay);
  }
  return bytes;
}

}  // namespace fails::analytics
