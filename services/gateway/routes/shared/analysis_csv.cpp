// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/analysis_csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "services/gateway/routes/shared/tidy_table.h"

namespace fails::gateway {
namespace {

// Numbers with their labels, of which one list may be shorter only in an answer that is broken.
template <class Labels, class Values, class Label>
void Series(TidyTable& table, const Labels& labels, const Values& values, std::string_view metric,
            Label keys_of) {
  const int n = std::min<int>(labels.size(), values.size());
  for (int i = 0; i < n; ++i) table.Number(keys_of(labels.Get(i)), metric, values.Get(i));
}

std::string BinName(const google::protobuf::Value& bin) {
  return bin.has_string_value() ? bin.string_value() : TextOf(bin.number_value());
}

// gt and le bound what a share is of: seconds.
TidyTable TableOf(const v1::DistributionResult& result) {
  TidyTable table({"group", "gt", "le"});
  for (const auto& group : result.groups()) {
    const std::string& id = group.group();
    const v1::KaplanMeier& curve = group.kaplan_meier();
    table.Numbers({id, "", ""}, group);
    for (const auto& threshold : group.thresholds()) {
      if (threshold.has_share()) {
        table.Number({id, "", TextOf(threshold.le())}, "threshold_share", threshold.share());
      }
    }
    for (const auto& bin : group.bins()) {
      if (!bin.has_share()) continue;
      table.Number({id, bin.has_gt() ? TextOf(bin.gt()) : "", bin.has_le() ? TextOf(bin.le()) : ""},
                   "bin_share", bin.share());
    }
    Series(table, group.ecdf().x(), group.ecdf().share(), "ecdf_share", [&](double x) {
      return Keys{id, "", TextOf(x)};
    });
    Series(table, curve.t(), curve.survival(), "survival", [&](double t) {
      return Keys{id, TextOf(t), ""};
    });
  }
  return table;
}

TidyTable TableOf(const v1::HistogramResult& result) {
  TidyTable table({"provider", "service", "bin"});
  for (const auto& group : result.groups()) {
    for (const auto& service : group.services()) {
      Series(table, result.bins(), service.counts(), "incidents", [&](const auto& bin) {
        return Keys{group.provider(), service.service(), BinName(bin)};
      });
    }
    Series(table, result.bins(), group.distinct(), "distinct_incidents", [&](const auto& bin) {
      return Keys{group.provider(), "", BinName(bin)};
    });
    table.Numbers({group.provider(), "", ""}, group.chi_square(), "chi_square_");
  }
  return table;
}

TidyTable TableOf(const v1::BoxplotResult& result) {
  TidyTable table({"group"});
  for (const auto& group : result.groups()) {
    table.Numbers({group.group()}, group);
    for (const double outlier : group.outliers()) table.Number({group.group()}, "outlier", outlier);
  }
  return table;
}

TidyTable TableOf(const v1::StagesResult& result) {
  TidyTable table({"group", "stage"});
  for (const auto& group : result.groups()) {
    for (const auto& stage : group.stages()) table.Numbers({group.group(), stage.stage()}, stage);
  }
  return table;
}

TidyTable TableOf(const v1::CombinationsResult& result) {
  TidyTable table({"group", "stages"});
  for (const auto& group : result.groups()) {
    table.Numbers({group.group(), ""}, group);
    for (const auto& each : group.combinations()) {
      table.Numbers({group.group(), each.stages()}, each);
    }
  }
  return table;
}

TidyTable TableOf(const v1::AvailabilityResult& result) {
  TidyTable table({"group", "date"});
  for (const auto& group : result.groups()) {
    table.Numbers({group.group(), ""}, group);
    Series(table, result.dates(), group.availability(), "availability", [&](const auto& date) {
      return Keys{group.group(), date};
    });
  }
  return table;
}

TidyTable TableOf(const v1::MatrixResult& result) {
  TidyTable table({"row", "column"});
  for (const auto& row : result.rows()) {
    Series(table, result.services(), row.values(), "value", [&](const auto& service) {
      return Keys{row.service(), service};
    });
  }
  return table;
}

// A set of services is joined by ';'; the empty set is "none named".
TidyTable TableOf(const v1::ServiceSetsResult& result) {
  TidyTable table({"provider", "services", "number_of_services"});
  for (const auto& group : result.groups()) {
    table.Numbers({group.provider(), "", ""}, group);
    for (const auto& set : group.combinations()) {
      const std::string services = fmt::format("{}", fmt::join(set.services(), ";"));
      const std::string number = std::to_string(set.services_size());
      table.Numbers({group.provider(), services.empty() ? "none named" : services, number}, set);
    }
    for (const auto& range : group.impact_range()) {
      const Keys keys = {group.provider(), "", std::to_string(range.services())};
      table.Number(keys, "range_count", static_cast<std::int64_t>(range.count()));
      if (range.has_share()) table.Number(keys, "range_share", range.share());
    }
  }
  return table;
}

TidyTable TableOf(const v1::TimelineResult& result) {
  TidyTable table({"group", "month"});
  for (const auto& group : result.groups()) {
    const auto keys = [&](const std::string& month) { return Keys{group.group(), month}; };
    Series(table, result.months(), group.incidents(), "incidents", keys);
    Series(table, result.months(), group.outage_days(), "outage_days", keys);
  }
  return table;
}

TidyTable TableOf(const v1::CorrelationResult& result) {
  TidyTable table({"provider", "period", "lag"});
  for (const auto& group : result.groups()) {
    for (const auto& series : group.series()) {
      table.Numbers({group.provider(), series.period(), ""}, series);
      const auto keys = [&](std::int64_t lag) {
        return Keys{group.provider(), series.period(), std::to_string(lag)};
      };
      Series(table, series.lags(), series.acf(), "acf", keys);
      Series(table, series.lags(), series.band95(), "band95", keys);
    }
  }
  return table;
}

TidyTable TableOf(const v1::ImpactResult& result) {
  TidyTable table({"provider", "impact"});
  for (const auto& group : result.groups()) {
    table.Numbers({group.provider(), ""}, group);
    for (const auto& level : group.levels()) {
      table.Numbers({group.provider(), level.impact()}, level);
    }
  }
  return table;
}

// `days`: the length of the window before `now`.
TidyTable TableOf(const v1::SummaryResult& result) {
  TidyTable table({"group", "kind", "days"});
  for (const auto& group : result.groups()) {
    const std::string kind = group.is_provider() ? "provider" : "service";
    table.Numbers({group.group(), kind, ""}, group);
    for (const auto& window : group.availability()) {
      table.Numbers({group.group(), kind, std::to_string(window.days())}, window, "window_");
    }
  }
  return table;
}

TidyTable TableOf(const v1::TrendResult& result) {
  TidyTable table({"group", "series", "period"});
  for (const auto& group : result.groups()) {
    const auto keys = [&](const char* series) {
      return [&group, series](const std::string& period) {
        return Keys{group.group(), series, period};
      };
    };
    Series(table, result.periods(), group.incidents(), "value", keys("incidents"));
    Series(table, result.periods(), group.median_ttr(), "value", keys("median_ttr"));
    for (const auto& change : group.change_points()) {
      table.Numbers({group.group(), change.series(), change.period()}, change, "change_point_");
    }
  }
  return table;
}

TidyTable TableOf(const v1::QualityResult& result) {
  TidyTable table({"provider"});
  for (const auto& group : result.groups()) table.Numbers({group.provider()}, group);
  return table;
}

}  // namespace

std::string CsvOf(const v1::Analysis& analysis) {
  switch (analysis.result_case()) {
    case v1::Analysis::kDistribution:
      return TableOf(analysis.distribution()).Take();
    case v1::Analysis::kHistogram:
      return TableOf(analysis.histogram()).Take();
    case v1::Analysis::kBoxplot:
      return TableOf(analysis.boxplot()).Take();
    case v1::Analysis::kStages:
      return TableOf(analysis.stages()).Take();
    case v1::Analysis::kCombinations:
      return TableOf(analysis.combinations()).Take();
    case v1::Analysis::kAvailability:
      return TableOf(analysis.availability()).Take();
    case v1::Analysis::kMatrix:
      return TableOf(analysis.matrix()).Take();
    case v1::Analysis::kServiceSets:
      return TableOf(analysis.service_sets()).Take();
    case v1::Analysis::kTimeline:
      return TableOf(analysis.timeline()).Take();
    case v1::Analysis::kCorrelation:
      return TableOf(analysis.correlation()).Take();
    case v1::Analysis::kImpact:
      return TableOf(analysis.impact()).Take();
    case v1::Analysis::kSummary:
      return TableOf(analysis.summary()).Take();
    case v1::Analysis::kTrend:
      return TableOf(analysis.trend()).Take();
    case v1::Analysis::kQuality:
      return TableOf(analysis.quality()).Take();
    case v1::Analysis::RESULT_NOT_SET:
      break;
  }
  return TidyTable({}).Take();
}

}  // namespace fails::gateway
