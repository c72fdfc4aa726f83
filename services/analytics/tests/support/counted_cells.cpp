// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/counted_cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <google/protobuf/descriptor.h>

#include <cmath>

#include "common/base/status_macros.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {
namespace {

using Cells = std::vector<CountedCell>;

std::int64_t CountOf(double share, std::int64_t n) {
  return std::llround(share / 100 * static_cast<double>(n));
}

void Add(const v1::DistributionResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    const std::string key = "group:" + group.group();
    cells.push_back({key, group.n()});
    for (const auto& threshold : group.thresholds()) {
      cells.push_back(
          {fmt::format("{};le:{}", key, threshold.le()), CountOf(threshold.share(), group.n())});
    }
    for (const auto& bin : group.bins()) {
      std::string of_bin = key;
      if (bin.has_gt()) of_bin += fmt::format(";gt:{}", bin.gt());
      if (bin.has_le()) of_bin += fmt::format(";le:{}", bin.le());
      cells.push_back({of_bin, CountOf(bin.share(), group.n())});
    }
    for (int i = 0; i < group.ecdf().x_size(); ++i) {
      cells.push_back({fmt::format("{};le:{}", key, group.ecdf().x(i)),
                       CountOf(group.ecdf().share(i), group.n())});
    }
  }
}

void Add(const v1::HistogramResult& result, Cells& cells) {
  for (int bin = 0; bin < result.bins_size(); ++bin) {
    const auto& value = result.bins(bin);
    const std::string name =
        value.has_string_value() ? value.string_value() : fmt::format("{}", value.number_value());
    for (const auto& group : result.groups()) {
      cells.push_back(
          {fmt::format("provider:{};bin:{}", group.provider(), name), group.distinct(bin)});
      for (const auto& series : group.services()) {
        cells.push_back(
            {fmt::format("service:{};bin:{}", series.service(), name), series.counts(bin)});
      }
    }
  }
}

void Add(const v1::BoxplotResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    cells.push_back({"group:" + group.group(), group.n()});
    if (group.n() == 0) continue;
    const auto beyond = [&](double limit) {
      return std::ranges::count_if(group.outliers(), [&](double x) { return x > limit; });
    };
    cells.push_back({fmt::format("group:{};gt:{}", group.group(), group.whisker_high()),
                     beyond(group.whisker_high())});
  }
}

void Add(const v1::StagesResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    for (const auto& stage : group.stages()) {
      cells.push_back({fmt::format("group:{};stage:{}", group.group(), stage.stage()), stage.n()});
    }
  }
}

void Add(const v1::CombinationsResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    cells.push_back({"group:" + group.group(), group.n()});
    for (const auto& each : group.combinations()) {
      cells.push_back(
          {fmt::format("group:{};stages:{}", group.group(), each.stages()), each.count()});
    }
  }
}

void Add(const v1::ServiceSetsResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    const std::string key = "provider:" + group.provider();
    cells.push_back({key, group.n()});
    for (const auto& set : group.combinations()) {
      cells.push_back(
          {fmt::format(
               "{};services:{}", key,
               set.services().empty() ? "none" : fmt::format("{}", fmt::join(set.services(), ","))),
           set.count()});
    }
    for (const auto& range : group.impact_range()) {
      cells.push_back({fmt::format("{};count:{}", key, range.services()), range.count()});
    }
  }
}

void Add(const v1::TimelineResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    for (int month = 0; month < result.months_size(); ++month) {
      cells.push_back({fmt::format("group:{};month:{}", group.group(), result.months(month)),
                       group.incidents(month)});
    }
  }
}

void Add(const v1::ImpactResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    const std::string key = "provider:" + group.provider();
    cells.push_back({key, group.n()});
    for (const auto& level : group.levels()) {
      cells.push_back({fmt::format("{};impact:{}", key, level.impact()), level.count()});
    }
    if (group.has_maintenance())
      cells.push_back({key + ";impact:maintenance", group.maintenance()});
  }
}

void Add(const v1::SummaryResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    const std::string key = "group:" + group.group();
    cells.push_back({key, group.incidents()});
    cells.push_back({key + ";longest:true", group.longest_incident().empty() ? 0 : 1});
    for (const auto& window : group.availability()) {
      cells.push_back({fmt::format("{};days:{}", key, window.days()), window.incidents()});
    }
  }
}

void Add(const v1::TrendResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    for (int period = 0; period < result.periods_size(); ++period) {
      cells.push_back({fmt::format("group:{};period:{}", group.group(), result.periods(period)),
                       group.incidents(period)});
    }
  }
}

void Add(const v1::QualityResult& result, Cells& cells) {
  for (const auto& group : result.groups()) {
    const std::string key = "provider:" + group.provider();
    cells.push_back({key, group.incidents()});
    cells.push_back({key + ";flag:without_services", group.without_services()});
    cells.push_back(
        {key + ";flag:without_pre_resolution_stage", group.without_pre_resolution_stage()});
    cells.push_back({key + ";flag:inconsistent", group.inconsistent()});
    cells.push_back({key + ";flag:zero_length", group.zero_length()});
    cells.push_back({key + ";flag:unknown_impact", group.unknown_impact()});
    cells.push_back({key + ";flag:ongoing_over_7_days", group.ongoing_over_7_days()});
  }
}

}  // namespace

std::vector<CountedCell> CountedCells(const v1::Analysis& answer) {
  Cells cells;
  if (answer.has_distribution()) Add(answer.distribution(), cells);
  if (answer.has_histogram()) Add(answer.histogram(), cells);
  if (answer.has_boxplot()) Add(answer.boxplot(), cells);
  if (answer.has_stages()) Add(answer.stages(), cells);
  if (answer.has_combinations()) Add(answer.combinations(), cells);
  if (answer.has_service_sets()) Add(answer.service_sets(), cells);
  if (answer.has_timeline()) Add(answer.timeline(), cells);
  if (answer.has_impact()) Add(answer.impact(), cells);
  if (answer.has_summary()) Add(answer.summary(), cells);
  if (answer.has_trend()) Add(answer.trend(), cells);
  if (answer.has_quality()) Add(answer.quality(), cells);
  // Availability, matrices of days and correlations count no incidents.
  return cells;
}

absl::StatusOr<std::vector<Snapshot::Row>> RowsOfCell(const Analysis& analysis,
                                                      const Snapshot& snapshot, const Query& query,
                                                      const std::string& cell) {
  FAILS_ASSIGN_OR_RETURN(const CellKey key, CellKey::Parse(cell));
  FAILS_ASSIGN_OR_RETURN(const Selection selection,
                         Select(snapshot, query, analysis.demands(query), Never));
  return analysis.Cell({snapshot, query, selection, Never}, key);
}

}  // namespace fails::analytics::testing
