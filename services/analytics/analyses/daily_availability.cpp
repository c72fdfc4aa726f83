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
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/shares.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/day_grid.h"

namespace fails::analytics {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();
constexpr Demands kDowntime = {.downtime = true, .service = true};

bool FromCalendars(const Query& query) {
  return query.basis == "outages";
}

// The downtime of every chosen service, by ServiceIndex.
std::vector<std::vector<Span>> SpansByService(const AnalysisInput& input) {
  std::vector<std::vector<Span>> spans(input.snapshot.names().service_count());
  for (const Snapshot::Row row : input.selection.rows) {
    const IncidentView incident = input.snapshot.at(row);
    const Span down = DowntimeOf(incident, input.query);
    for (const ServiceIndex service : incident.services()) {
      if (input.query.chosen[service]) spans[service].push_back(down);
    }
  }
  return spans;
}

// The first day on which anything is known of the service. `disjoint`: its downtime; with the
// impact basis that may begin before the first report.
std::int32_t FirstDay(const AnalysisInput& input, ServiceIndex service,
                      std::span<const Span> disjoint) {
  const auto day_of = [&](std::int64_t second) {
    return DayNumber(absl::ToCivilDay(absl::FromUnixSeconds(second), input.query.tz));
  };
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  const std::int64_t started = input.snapshot.first_started(service);
  if (started != kNoTime) first = day_of(started);
  if (!disjoint.empty()) first = std::min(first, day_of(disjoint.front().begin));
  const auto calendar = input.snapshot.calendar().days(service);
  if (!calendar.empty()) first = std::min(first, calendar.front().day);
  return first;
}

std::vector<double> FromIncidents(const AnalysisInput& input, const DayGrid& grid,
                                  ServiceIndex service, std::vector<Span> spans) {
  const std::vector<Span> disjoint = UnionOf(std::move(spans));
  std::vector<std::int64_t> down(grid.size());
  for (const Span& span : disjoint) {
    std::int64_t at = std::max(span.begin, grid.begin());
    const std::int64_t end = std::min(span.end, grid.end());
    if (at >= end) continue;
    for (std::size_t i = grid.IndexOfSecond(at); at < end; ++i) {
      const std::int64_t until = std::min(end, grid.end(i));
      down[i] += until - at;
      at = until;
    }
  }
  const std::int32_t first = FirstDay(input, service, disjoint);
  std::vector<double> values(grid.size(), kNoValue);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (grid.day(i) < first || grid.length(i) == 0) continue;
    if (grid.begin(i) >= input.query.now_second) break;  // still to come
    // (length - down) / length is exact at both ends, unlike 1 - down / length.
    values[i] =
        100.0 * static_cast<double>(grid.length(i) - down[i]) / static_cast<double>(grid.length(i));
  }
  return values;
}

std::vector<double> FromCalendar(const AnalysisInput& input, const DayRange& days,
                                 ServiceIndex service) {
  std::vector<double> values(days.size(), kNoValue);
  for (const CalendarDay& day : input.snapshot.calendar().days(service)) {
    if (day.day < days.first || day.day > days.last) continue;
    values[static_cast<std::size_t>(day.day - days.first)] =
        std::max(0.0, 100.0 * (1 - day.scaled_minutes() / 1440));
  }
  return values;
}

void Fill(const std::vector<double>& values, v1::AvailabilityGroup& group) {
  group.mutable_availability()->Add(values.begin(), values.end());
  std::vector<double> known;
  for (const double value : values) {
    if (!std::isnan(value)) known.push_back(value);
  }
  group.set_days(static_cast<std::int64_t>(known.size()));
  if (known.empty()) return;
  std::ranges::sort(known);
  group.set_min(known.front());
  group.set_mean(*stats::Mean(known));
  group.set_median(stats::Quantile(known, 0.5));
  const auto at_least = [&](double limit) {
    const auto count = known.end() - std::ranges::lower_bound(known, limit);
    return *stats::Share(static_cast<double>(count), static_cast<double>(known.size()));
  };
  group.set_share_100(at_least(100));
  group.set_share_99_999(at_least(99.999));
  group.set_share_99_99(at_least(99.99));
  group.set_share_99_9(at_least(99.9));
  group.set_share_99(at_least(99));
  group.set_share_90(at_least(90));
  group.set_share_below_90(
      *stats::Share(static_cast<double>(std::ranges::lower_bound(known, 90.0) - known.begin()),
                    static_cast<double>(known.size())));
}

class DailyAvailabilityAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "daily-availability"; }
  std::string_view title() const override { return "Daily availability"; }
  std::string_view description() const override {
    return "The share of each day that each service was up, from its incidents or from the "
           "provider's own uptime calendar, and how many days reached which level.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_AVAILABILITY; }
  std::vector<std::string_view> bases() const override { return {"incidents", "outages"}; }
  Demands demands(const Query& query) const override {
    if (FromCalendars(query)) return {.incidents = false};
    return kDowntime;
  }

  std::string Method(const Query& query) const override {
    const std::string summary =
        "Minimum, mean, median (linear interpolation between order statistics) and the shares of "
        "days at or above each level are over the days that have a value.";
    if (FromCalendars(query)) {
      return "Availability of a day is 100 x (1 - scaled minutes / 1440) by the provider's own "
             "uptime calendar, where scaled minutes are those of major outages plus 0.3 x those of "
             "partial ones. The calendar's dates are labels in the provider's own zone and are not "
             "shifted into the zone of the query; days without a record have no value. No incident "
             "is used. " +
             summary;
    }
    return fmt::format(
        "Availability of a day, a calendar day in {}, is 100 x (1 - downtime / length of that "
        "day); "
        "a day of a clock change has 23 or 25 hours. Downtime of a service is the union of the "
        "intervals from the start of each incident that affects it ({}) to its last stage, up to "
        "'now' while it is ongoing, so that time in which several overlap counts once; the level "
        "of "
        "impact makes no difference. Incidents that began before 'from' and were still going on "
        "count. Days are whole, also the first and the last. A service has values from the day of "
        "its first incident or first calendar record on, and none for days after 'now'. {} Left "
        "out "
        "and counted: maintenance and incidents with stages in the wrong order unless included, "
        "and "
        "incidents that name no service.",
        query.tz_name,
        query.start == StartBasis::kImpact
            ? "the start of the impact where the provider states one, else the first stage"
            : "the first of its stages",
        summary);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const DayRange days = DaysOf(input.query);
    FAILS_RETURN_IF_ERROR(CheckSize(input.query, days.size(), input.query.services.size() + 1));
    v1::AvailabilityResult& result = *answer.mutable_availability();
    for (std::int32_t day = days.first; day <= days.last; ++day) result.add_dates(DayLabel(day));
    const bool calendars = FromCalendars(input.query);
    std::vector<std::vector<Span>> spans;
    if (!calendars) spans = SpansByService(input);
    const DayGrid grid(input.query.tz, days.first, days.last);
    for (const ServiceIndex service : input.query.services) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      v1::AvailabilityGroup& group = *result.add_groups();
      group.set_group(input.snapshot.names().service(service).str());
      Fill(calendars ? FromCalendar(input, days, service)
                     : FromIncidents(input, grid, service, std::move(spans[service])),
           group);
    }
    return absl::OkStatus();
  }

  // group, and for one day its date: whatever was down then, whichever the basis.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "date"}));
    FAILS_ASSIGN_OR_RETURN(const ServiceIndex service,
                           cell.Service("group", input.snapshot.names(), input.query));
    FAILS_ASSIGN_OR_RETURN(const std::optional<std::int32_t> day,
                           CellDay(cell, "date", input.query));
    FAILS_ASSIGN_OR_RETURN(const Selection selection,
                           Select(input.snapshot, input.query, kDowntime, input.cancelled));
    const DayGrid grid(input.query.tz, day.value_or(0), day.value_or(0));
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (!Affects(incident, service)) continue;
      const Span down = DowntimeOf(incident, input.query);
      if (day && std::max(down.begin, grid.begin()) >= std::min(down.end, grid.end())) continue;
      rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& DailyAvailability() {
  static const DailyAvailabilityAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
