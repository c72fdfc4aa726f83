// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/boxplot.h"

#include <cstdint>
#include <utility>

#include "common/base/status_macros.h"
#include "services/analytics/domain/stats/boxplot.h"
#include "services/analytics/domain/stats/sort.h"

namespace fails::analytics {
namespace {

void FillGroup(const std::vector<double>& sorted, v1::BoxplotGroup& group) {
  group.set_n(static_cast<std::int64_t>(sorted.size()));
  if (sorted.empty()) return;
  const stats::Boxplot box = stats::BoxplotOf(sorted);
  group.set_q1(box.q1);
  group.set_median(box.median);
  group.set_q3(box.q3);
  group.set_whisker_low(box.whisker_low);
  group.set_whisker_high(box.whisker_high);
  for (const auto& outliers : {box.outliers_low, box.outliers_high}) {
    group.mutable_outliers()->Add(outliers.begin(), outliers.end());
  }
}

}  // namespace

std::string BoxplotAnalysis::Method(const Query& query) const {
  return spec_.measure.Method(query, GroupBy::kService) +
         " Only durations that are over are used, n of a group is their number. The box is drawn "
         "from the lower to the upper quartile (linear interpolation between order statistics), "
         "the whiskers reach to the most extreme values within 1.5 interquartile ranges of the "
         "box, and what lies beyond is an outlier.";
}

absl::Status BoxplotAnalysis::Run(const AnalysisInput& input, v1::Analysis& answer) const {
  const Groups groups(input, GroupBy::kService);
  std::vector<std::vector<std::int64_t>> samples(groups.size());
  FAILS_RETURN_IF_ERROR(spec_.measure.ForEach(input, groups, [&](const Duration& duration) {
    samples[duration.group].push_back(duration.seconds);
  }));
  v1::BoxplotResult& result = *answer.mutable_boxplot();
  result.set_unit("seconds");
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (input.cancelled()) return absl::CancelledError("the client went away");
    v1::BoxplotGroup& group = *result.add_groups();
    group.set_group(groups.id(i));
    FillGroup(stats::Sorted(std::move(samples[i])), group);
  }
  return absl::OkStatus();
}

}  // namespace fails::analytics
