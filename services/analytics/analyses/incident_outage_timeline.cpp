// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/periods.h"
#include "services/analytics/domain/query/downtime.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/day_grid.h"
#include "services/analytics/domain/time/zone_clock.h"

namespace fails::analytics {
namespace {

class IncidentOutageTimelineAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "incident-outage-timeline"; }
  std::string_view title() const override { return "Incidents and outage days by month"; }
  std::string_view description() const override {
    return "How many incidents of each service began in each month, beside the days on which the "
           "provider's own uptime calendar has an outage.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_TIMELINE; }
  Demands demands(const Query&) const override { return {.service = true}; }

  std::string Method(const Query& query) const override {
    return fmt::format(
        "Incidents by the calendar month in {} in which they began ({}); an incident counts once "
        "for "
        "each chosen service that it affects. Outage days are the dates within the range on which "
        "the uptime calendar of the service has any minute of a partial or major outage; its dates "
        "are labels in the provider's own zone and are not shifted. A month without any record of "
        "the calendar within the range has no number of outage days. Left out and counted: "
        "maintenance and incidents with stages in the wrong order unless included, and incidents "
        "that name no service.",
        query.tz_name,
        query.start == StartBasis::kImpact
            ? "the start of the impact where the provider states one, else the first stage"
            : "the first of their stages");
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Query& query = input.query;
    const Names& names = input.snapshot.names();
    const DayRange days = DaysOf(query);
    const MonthRange months = MonthsOf(query);
    FAILS_RETURN_IF_ERROR(CheckSize(query, months.count, 2 * query.services.size() + 1));
    const MonthOfDays month_of(query);
    const ZoneClock clock(query.tz, query.from_second, query.to_second);
    std::vector<std::vector<std::int64_t>> incidents(names.service_count());
    for (const ServiceIndex service : query.services) incidents[service].resize(months.count);
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const std::size_t month = month_of(clock.Day(incident.started(query.start)));
      for (const ServiceIndex service : incident.services()) {
        if (query.chosen[service]) ++incidents[service][month];
      }
    }
    v1::TimelineResult& result = *answer.mutable_timeline();
    for (std::size_t month = 0; month < months.count; ++month) {
      result.add_months(MonthLabel(months.first + static_cast<std::int32_t>(month)));
    }
    for (const ServiceIndex service : query.services) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      std::vector<double> out(months.count, std::numeric_limits<double>::quiet_NaN());
      for (const CalendarDay& day : input.snapshot.calendar().days(service)) {
        if (day.day < days.first || day.day > days.last) continue;
        double& count = out[month_of(day.day)];
        if (std::isnan(count)) count = 0;
        if (day.out()) ++count;
      }
      v1::TimelineGroup& group = *result.add_groups();
      group.set_group(names.service(service).str());
      group.mutable_incidents()->Add(incidents[service].begin(), incidents[service].end());
      group.mutable_outage_days()->Add(out.begin(), out.end());
    }
    return absl::OkStatus();
  }

  // group, and month.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    const Query& query = input.query;
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "month"}));
    FAILS_ASSIGN_OR_RETURN(const ServiceIndex service,
                           cell.Service("group", input.snapshot.names(), query));
    FAILS_ASSIGN_OR_RETURN(const std::optional<std::int32_t> month,
                           CellMonth(cell, "month", query));
    const ZoneClock clock(query.tz, query.from_second, query.to_second);
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (!Affects(incident, service)) continue;
      if (month && MonthOfDay(clock.Day(incident.started(query.start))) != *month) continue;
      rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& IncidentOutageTimeline() {
  static const IncidentOutageTimelineAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
