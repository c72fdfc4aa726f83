// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/periods.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/query/recovery.h"
#include "services/analytics/domain/stats/change_points.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/sort.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/day_grid.h"
#include "services/analytics/domain/time/zone_clock.h"

namespace fails::analytics {
namespace {

// A value of a series and the place of its month.
struct Point {
  std::size_t month = 0;
  double value = 0;
};

double MeanOf(const std::vector<Point>& points, std::size_t begin, std::size_t end) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += points[i].value;
  return sum / static_cast<double>(end - begin);
}

// `scale` makes values comparable for the test; levels are said in the unit of the values.
void AddChanges(std::string_view series, const std::vector<Point>& points, double (*scale)(double),
                const v1::TrendResult& result, v1::TrendGroup& group) {
  std::vector<double> values;
  for (const Point& point : points) values.push_back(scale(point.value));
  const std::vector<stats::Change> changes = stats::FindChanges(values);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : changes[i - 1].at;
    const std::size_t end = i + 1 == changes.size() ? points.size() : changes[i + 1].at;
    v1::ChangePoint& change = *group.add_change_points();
    change.set_series(std::string(series));
    change.set_period(result.periods(static_cast<int>(points[changes[i].at].month)));
    change.set_before(MeanOf(points, begin, changes[i].at));
    change.set_after(MeanOf(points, changes[i].at, end));
    change.set_p_value(changes[i].p_value);
  }
}

// The months of the range that lie in it with all their days, as places: [first, last).
std::pair<std::size_t, std::size_t> WholeMonths(const Query& query, const MonthRange& months) {
  const auto begin = [&](std::size_t month) {
    const std::int32_t day = FirstDayOfMonth(months.first + static_cast<std::int32_t>(month));
    return absl::FromCivil(DayOfNumber(day), query.tz);
  };
  const std::size_t first = begin(0) < query.from ? 1 : 0;
  const std::size_t last = begin(months.count) > query.to ? months.count - 1 : months.count;
  return {first, std::max(first, last)};
}

struct Monthly {
  std::vector<std::int64_t> incidents;
  std::vector<std::vector<std::int64_t>> recovery;  // seconds
};

class TrendAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "trend"; }
  std::string_view title() const override { return "Trend by month"; }
  std::string_view description() const override {
    return "How many incidents each provider had in each month, how long they took, and when that "
           "changed.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_TREND; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query& query) const override {
    return fmt::format(
        "Incidents of each provider, each once, by the calendar month in {} in which they began, "
        "and "
        "the median time to recover of those that are resolved and have a stage before 'resolved'. "
        "Change points by binary segmentation (Vostrikova 1981), circular where one split explains "
        "nothing (Olshen et al. 2004): of a segment of m values that part of k at its beginning, "
        "or "
        "else in its middle, is split off for which (S - k x mean)^2 / (k (m - k)), S its sum, is "
        "largest, no part shorter than {}, if a permutation test of that maximum ({} random "
        "orders, "
        "fixed seed) gives p <= {}; all parts are then looked at in the same way. For counts this "
        "is "
        "the score test of a Poisson rate; the median time to recover enters by its logarithm. "
        "Only "
        "whole months of the range count there, from that of the provider's first incident on, for "
        "the median those that have one. before and after are means of the neighbouring segments. "
        "The test takes months to be exchangeable: where they depend on each other, p is too "
        "small. "
        "Left out and counted: maintenance and incidents with stages in the wrong order unless "
        "included.",
        query.tz_name, stats::kShortestSegment, stats::kPermutations, stats::kChangeLevel);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    const MonthRange months = MonthsOf(input.query);
    const std::vector<ProviderIndex> providers = ProvidersOf(input);
    FAILS_RETURN_IF_ERROR(CheckSize(input.query, months.count, 4 * providers.size() + 1));
    const MonthOfDays month_of(input.query);
    std::vector<Monthly> monthly(names.provider_count());
    for (const ProviderIndex provider : providers) {
      monthly[provider].incidents.resize(months.count);
      monthly[provider].recovery.resize(months.count);
    }
    const ZoneClock clock(input.query.tz, input.query.from_second, input.query.to_second);
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const std::size_t month = month_of(clock.Day(incident.started(input.query.start)));
      ++monthly[incident.provider()].incidents[month];
      if (RecoveryStart(incident, input.query.start) == kNoTime) continue;
      const Recovery recovery = RecoveryOf(incident, input.query);
      if (recovery.censored) continue;
      monthly[incident.provider()].recovery[month].push_back(recovery.seconds);
    }
    v1::TrendResult& result = *answer.mutable_trend();
    result.set_unit("seconds");
    result.set_period("month");
    for (std::size_t month = 0; month < months.count; ++month) {
      result.add_periods(MonthLabel(months.first + static_cast<std::int32_t>(month)));
    }
    for (const ProviderIndex provider : providers) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      v1::TrendGroup& group = *result.add_groups();
      group.set_group(names.provider(provider).str());
      Fill(std::move(monthly[provider]), WholeMonths(input.query, months), result, group);
    }
    return absl::OkStatus();
  }

  // group, and period.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "period"}));
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("group", input.snapshot.names(), input.query));
    FAILS_ASSIGN_OR_RETURN(const std::optional<std::int32_t> month,
                           CellMonth(cell, "period", input.query));
    const ZoneClock clock(input.query.tz, input.query.from_second, input.query.to_second);
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (incident.provider() != provider) continue;
      const std::int32_t day = clock.Day(incident.started(input.query.start));
      if (!month || MonthOfDay(day) == *month) rows.push_back(row);
    }
    return rows;
  }

 private:
  static void Fill(Monthly monthly, std::pair<std::size_t, std::size_t> whole,
                   const v1::TrendResult& result, v1::TrendGroup& group) {
    std::vector<Point> counts;
    std::vector<Point> medians;
    bool begun = false;
    for (std::size_t month = 0; month < monthly.incidents.size(); ++month) {
      const bool is_whole = month >= whole.first && month < whole.second;
      const auto count = static_cast<double>(monthly.incidents[month]);
      begun |= count > 0;
      group.add_incidents(monthly.incidents[month]);
      if (begun && is_whole) counts.push_back({month, count});
      const std::vector<double> recovery = stats::Sorted(std::move(monthly.recovery[month]));
      group.add_median_ttr(recovery.empty() ? std::numeric_limits<double>::quiet_NaN()
                                            : stats::Quantile(recovery, 0.5));
      if (!recovery.empty() && is_whole) medians.push_back({month, stats::Quantile(recovery, 0.5)});
    }
    AddChanges(
        "incidents", counts, [](double x) { return x; }, result, group);
    // Times that stages in the wrong order make negative count as a second.
    AddChanges(
        "median_ttr", medians, [](double x) { return std::log(std::max(x, 1.0)); }, result, group);
  }
};

}  // namespace

const Analysis& Trend() {
  static const TrendAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
