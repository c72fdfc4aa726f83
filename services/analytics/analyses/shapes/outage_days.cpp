// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/outage_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/shapes/periods.h"
#include "services/analytics/domain/query/downtime.h"
#include "services/analytics/domain/time/day_grid.h"

namespace fails::analytics {
namespace {

bool FromIncidents(const Query& query) {
  return query.basis == "incidents";
}

// Places of the grid's days of which the span has a second: [first, last).
std::pair<std::size_t, std::size_t> DaysOfSpan(const DayGrid& grid, Span span) {
  span.begin = std::max(span.begin, grid.begin());
  span.end = std::min(span.end, grid.end());
  if (span.begin >= span.end) return {0, 0};
  return {grid.IndexOfSecond(span.begin), grid.IndexOfSecond(span.end - 1) + 1};
}

std::size_t PlaceOf(const Query& query, ServiceIndex service) {
  return static_cast<std::size_t>(std::ranges::find(query.services, service) -
                                  query.services.begin());
}

}  // namespace

absl::StatusOr<OutageDays> OutageDays::Of(const AnalysisInput& input) {
  const DayRange range = DaysOf(input.query);
  FAILS_RETURN_IF_ERROR(CheckSize(input.query, range.size() / 64, input.query.services.size()));
  if (input.cancelled()) return absl::CancelledError("the client went away");
  OutageDays days(input.query.services.size(), range.size());
  if (FromIncidents(input.query)) {
    days.ReadIncidents(input);
  } else {
    days.ReadCalendars(input, range.first);
  }
  return days;
}

void OutageDays::ReadCalendars(const AnalysisInput& input, std::int32_t first_day) {
  for (std::size_t place = 0; place < known_.size(); ++place) {
    for (const CalendarDay& day : input.snapshot.calendar().days(input.query.services[place])) {
      const std::int64_t index = std::int64_t{day.day} - first_day;
      if (index < 0 || index >= static_cast<std::int64_t>(days_)) continue;
      known_[place] = true;
      if (day.out()) Set(place, static_cast<std::size_t>(index));
    }
  }
}

void OutageDays::ReadIncidents(const AnalysisInput& input) {
  known_.assign(known_.size(), true);
  const DayGrid grid = DayGrid::Of(input.query);
  std::vector<std::size_t> place_of(input.snapshot.names().service_count());
  for (std::size_t place = 0; place < known_.size(); ++place) {
    place_of[input.query.services[place]] = place;
  }
  for (const Snapshot::Row row : input.selection.rows) {
    const IncidentView incident = input.snapshot.at(row);
    const auto [first, last] = DaysOfSpan(grid, DowntimeOf(incident, input.query));
    for (const ServiceIndex service : incident.services()) {
      if (!input.query.chosen[service]) continue;
      for (std::size_t day = first; day < last; ++day) Set(place_of[service], day);
    }
  }
}

std::int64_t OutageDays::Both(std::size_t a, std::size_t b) const {
  std::int64_t days = 0;
  for (std::size_t word = 0; word < out_[a].size(); ++word) {
    days += std::popcount(out_[a][word] & out_[b][word]);
  }
  return days;
}

std::vector<bool> OutageDays::DaysOfBoth(std::size_t a, std::size_t b) const {
  std::vector<bool> days(days_);
  for (std::size_t day = 0; day < days_; ++day) {
    days[day] = ((out_[a][day / 64] & out_[b][day / 64]) >> (day % 64) & 1U) != 0;
  }
  return days;
}

std::vector<std::string_view> OutageDayBases() {
  return {"outages", "incidents"};
}

Demands OutageDayDemands(const Query& query) {
  if (!FromIncidents(query)) return {.incidents = false};
  return {.downtime = true, .service = true, .outage_impact = true};
}

std::string OutageDayMethod(const Query& query) {
  if (!FromIncidents(query)) {
    return "A service was out on a date if the provider's own uptime calendar has any minute of a "
           "partial or major outage there. The calendar's dates are labels in the provider's own "
           "zone and are not shifted into the zone of the query. A service without any record in "
           "the range has no values. No incident is used.";
  }
  return fmt::format(
      "A service was out on a calendar day in {} if the day has a second of the downtime of an "
      "incident of impact minor, major or critical that affects it: from {} to its last stage, up "
      "to 'now' while it is ongoing. Incidents that began before 'from' and were still going on "
      "count. Left out and counted: maintenance and incidents with stages in the wrong order "
      "unless "
      "included, incidents that name no service, and those of no or unknown impact.",
      query.tz_name,
      query.start == StartBasis::kImpact
          ? "the start of the impact where the provider states one, else its first stage,"
          : "its first stage");
}

absl::StatusOr<std::vector<Snapshot::Row>> OutageDayCell(const AnalysisInput& input,
                                                         const CellKey& cell) {
  FAILS_RETURN_IF_ERROR(cell.Only({"row", "column"}));
  FAILS_ASSIGN_OR_RETURN(const ServiceIndex row,
                         cell.Service("row", input.snapshot.names(), input.query));
  FAILS_ASSIGN_OR_RETURN(const ServiceIndex column,
                         cell.Service("column", input.snapshot.names(), input.query));
  FAILS_ASSIGN_OR_RETURN(const OutageDays days, OutageDays::Of(input));
  const std::vector<bool> both =
      days.DaysOfBoth(PlaceOf(input.query, row), PlaceOf(input.query, column));
  // A day that a calendar calls out is explained by any incident of it.
  const Demands demands = {
      .downtime = true, .service = true, .outage_impact = FromIncidents(input.query)};
  FAILS_ASSIGN_OR_RETURN(const Selection selection,
                         Select(input.snapshot, input.query, demands, input.cancelled));
  const DayGrid grid = DayGrid::Of(input.query);
  std::vector<Snapshot::Row> rows;
  for (const Snapshot::Row candidate : selection.rows) {
    const IncidentView incident = input.snapshot.at(candidate);
    if (!Affects(incident, row) && !Affects(incident, column)) continue;
    const auto [first, last] = DaysOfSpan(grid, DowntimeOf(incident, input.query));
    if (std::find(both.begin() + static_cast<std::ptrdiff_t>(first),
                  both.begin() + static_cast<std::ptrdiff_t>(last),
                  true) != both.begin() + static_cast<std::ptrdiff_t>(last)) {
      rows.push_back(candidate);
    }
  }
  return rows;
}

}  // namespace fails::analytics
