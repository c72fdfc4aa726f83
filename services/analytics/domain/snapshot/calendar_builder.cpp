// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/calendar_builder.h"

#include <algorithm>
#include <utility>

namespace fails::analytics {
namespace {

CalendarDay DayOf(const OutageDay& day) {
  return {DayNumber(day.date), day.partial_seconds, day.major_seconds};
}

}  // namespace

void CalendarBuilder::Apply(ServiceIndex service, const OutageDayRow& row) {
  if (service >= services_.size()) services_.resize(service + 1);
  Service& calendar = services_[service];
  if (!calendar.draft) {
    calendar.draft = calendar.days ? std::make_shared<OutageCalendar::Days>(*calendar.days)
                                   : std::make_shared<OutageCalendar::Days>();
  }
  OutageCalendar::Days& days = *calendar.draft;
  const CalendarDay day = DayOf(row.day);
  // Calendars come in order: nearly always this is the end.
  const auto at = std::ranges::lower_bound(days, day.day, {}, &CalendarDay::day);
  const auto version = calendar.versions.begin() + (at - days.begin());
  if (at != days.end() && at->day == day.day) {
    version_sum_ += row.version - *version;
    *at = day;
    *version = row.version;
  } else {
    ++count_;
    version_sum_ += row.version;
    calendar.versions.insert(version, row.version);
    days.insert(at, day);
  }
}

bool CalendarBuilder::Holds(ServiceIndex service, const OutageDayRow& row) const {
  if (service >= services_.size() || !services_[service].newest()) return false;
  const OutageCalendar::Days& days = *services_[service].newest();
  const CalendarDay day = DayOf(row.day);
  const auto at = std::ranges::lower_bound(days, day.day, {}, &CalendarDay::day);
  return at != days.end() && *at == day &&
         services_[service].versions[static_cast<std::size_t>(at - days.begin())] == row.version;
}

OutageCalendar CalendarBuilder::Build() {
  std::vector<std::shared_ptr<const OutageCalendar::Days>> by_service;
  for (Service& service : services_) {
    if (service.draft) service.days = std::move(service.draft);
    by_service.push_back(service.days);
  }
  return OutageCalendar(std::move(by_service));
}

}  // namespace fails::analytics
