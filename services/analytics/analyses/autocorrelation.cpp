// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/autocorrelation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/zone_clock.h"

namespace fails::analytics {
namespace {

std::int32_t SameDay(std::int32_t day) {
  return day;
}

struct Period {
  std::string_view name;
  std::int32_t (*of_day)(std::int32_t day);
  std::size_t max_lag;
};
constexpr std::array<Period, 3> kPeriods = {
    {{"month", MonthOfDay, 12}, {"week", WeekOfDay, 50}, {"day", SameDay, 80}}};

// Incidents by day, from the first that has any to the last.
struct DailyCounts {
  std::int32_t first = 0;
  std::vector<std::int64_t> counts;
};

DailyCounts CountByDay(const std::vector<std::int32_t>& days) {
  if (days.empty()) return {};
  const auto [first, last] = std::ranges::minmax(days);
  DailyCounts daily{first, std::vector<std::int64_t>(static_cast<std::size_t>(last - first) + 1)};
  for (const std::int32_t day : days) ++daily.counts[static_cast<std::size_t>(day - first)];
  return daily;
}

std::vector<double> CountBy(const Period& period, const DailyCounts& daily) {
  std::vector<double> series;
  std::int32_t present = 0;
  for (std::size_t i = 0; i < daily.counts.size(); ++i) {
    const std::int32_t at = period.of_day(daily.first + static_cast<std::int32_t>(i));
    if (series.empty() || at != present) series.push_back(0);
    present = at;
    series.back() += static_cast<double>(daily.counts[i]);
  }
  return series;
}

class AutocorrelationAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "autocorrelation"; }
  std::string_view title() const override { return "Autocorrelation of incidents"; }
  std::string_view description() const override {
    return "Whether months, weeks or days with many incidents of a provider follow each other at "
           "regular distances.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_CORRELATION; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query& query) const override {
    return fmt::format(
        "Incidents of each provider are counted, each once, by the calendar month, ISO week and "
        "day "
        "in {} in which they began; whole periods from the provider's first to its last incident "
        "of "
        "the query, with 0 for those without any. r_k = sum of (x_t - mean)(x_(t+k) - mean) over "
        "sum "
        "of (x_t - mean)^2, for lags k from 1 up to 12 months, 50 weeks and 80 days, and below the "
        "length of the series. The band is Bartlett's at 95 %: half-width z x sqrt((1 + 2 x the "
        "sum "
        "of r_i^2 over i < k) / length), z = 1.959964. A series that never changes has no values. "
        "Left out and counted: maintenance and incidents with stages in the wrong order unless "
        "included.",
        query.tz_name);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    const ZoneClock clock(input.query.tz, input.query.from_second, input.query.to_second);
    std::vector<std::vector<std::int32_t>> days(names.provider_count());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      days[incident.provider()].push_back(clock.Day(incident.started(input.query.start)));
    }
    v1::CorrelationResult& result = *answer.mutable_correlation();
    for (const ProviderIndex provider : ProvidersOf(input)) {
      v1::CorrelationGroup& group = *result.add_groups();
      group.set_provider(names.provider(provider).str());
      const DailyCounts daily = CountByDay(days[provider]);
      for (const Period& period : kPeriods) {
        if (input.cancelled()) return absl::CancelledError("the client went away");
        const std::vector<double> counts = CountBy(period, daily);
        const stats::Autocorrelation found = stats::AutocorrelationOf(counts, period.max_lag);
        v1::CorrelationSeries& series = *group.add_series();
        series.set_period(std::string(period.name));
        series.set_length(static_cast<std::int64_t>(counts.size()));
        for (std::size_t lag = 1; lag <= found.r.size(); ++lag) {
          series.add_lags(static_cast<std::int64_t>(lag));
        }
        series.mutable_acf()->Add(found.r.begin(), found.r.end());
        series.mutable_band95()->Add(found.band95.begin(), found.band95.end());
      }
    }
    return absl::OkStatus();
  }

  // provider: every number of its series comes from all of its incidents.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"provider"}));
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("provider", input.snapshot.names(), input.query));
    std::vector<Snapshot::Row> rows;
    std::ranges::copy_if(input.selection.rows, std::back_inserter(rows), [&](Snapshot::Row row) {
      return input.snapshot.at(row).provider() == provider;
    });
    return rows;
  }
};

}  // namespace

const Analysis& Autocorrelation() {
  static const AutocorrelationAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
