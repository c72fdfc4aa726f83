// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/distribution.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/analytics/domain/stats/bootstrap.h"
#include "services/analytics/domain/stats/ecdf.h"
#include "services/analytics/domain/stats/kaplan_meier.h"
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/shares.h"
#include "services/analytics/domain/stats/sort.h"

namespace fails::analytics {
namespace {

struct Sample {
  std::vector<std::int64_t> values, censored;
};

void Append(google::protobuf::RepeatedField<double>& field, const std::vector<double>& values) {
  field.Add(values.begin(), values.end());
}

void FillNumbers(std::span<const double> sorted, v1::DistributionGroup& group) {
  if (const auto mean = stats::Mean(sorted)) {
    group.set_mean(*mean);
    group.set_median(stats::Quantile(sorted, 0.5));
    group.set_p90(stats::Quantile(sorted, 0.90));
    group.set_p95(stats::Quantile(sorted, 0.95));
    group.set_p99(stats::Quantile(sorted, 0.99));
  }
  if (const auto interval = stats::MeanInterval95(sorted)) {
    group.mutable_mean_ci95()->set_low(interval->low);
    group.mutable_mean_ci95()->set_high(interval->high);
  }
}

void FillShares(std::span<const double> sorted, std::span<const double> thresholds,
                v1::DistributionGroup& group) {
  const auto at_most = stats::SharesAtMost(sorted, thresholds);
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    v1::Threshold& threshold = *group.add_thresholds();
    threshold.set_le(thresholds[i]);
    if (at_most[i]) threshold.set_share(*at_most[i]);
  }
  const auto within = stats::BinShares(sorted, thresholds);
  for (std::size_t i = 0; i < within.size(); ++i) {
    v1::Bin& bin = *group.add_bins();
    if (i > 0) bin.set_gt(thresholds[i - 1]);
    if (i < thresholds.size()) bin.set_le(thresholds[i]);
    if (within[i]) bin.set_share(*within[i]);
  }
}

void FillGroup(Sample sample, const DistributionAnalysis::Spec& spec,
               v1::DistributionGroup& group) {
  // Sorted also so that the bootstrap sees equal samples in equal order.
  const std::vector<double> values = stats::Sorted(std::move(sample.values));
  const std::vector<double> censored = stats::Sorted(std::move(sample.censored));
  group.set_n(static_cast<std::int64_t>(values.size()));
  group.set_censored(static_cast<std::int64_t>(censored.size()));
  FillNumbers(values, group);
  const stats::Ecdf ecdf = stats::EcdfOf(values);
  Append(*group.mutable_ecdf()->mutable_x(), ecdf.x);
  Append(*group.mutable_ecdf()->mutable_share(), ecdf.share);
  FillShares(values, spec.thresholds, group);
  if (spec.kaplan_meier && !(values.empty() && censored.empty())) {
    const stats::SurvivalCurve curve = stats::KaplanMeier(values, censored);
    Append(*group.mutable_kaplan_meier()->mutable_t(), curve.t);
    Append(*group.mutable_kaplan_meier()->mutable_survival(), curve.survival);
  }
}

}  // namespace

std::string DistributionAnalysis::Method(const Query& query) const {
  std::string method = spec_.measure.Method(query, spec_.by);
  method +=
      " n is the number of durations of a group that are over; mean, quantiles (linear "
      "interpolation between order statistics), cumulative distribution, shares and bins are over "
      "those. The 95 % confidence interval of the mean is a BCa bootstrap of 2,000 resamples with "
      "a fixed seed, above 2,000 durations the normal interval.";
  if (spec_.kaplan_meier) {
    method +=
        " The Kaplan-Meier curve also includes the incidents that are not resolved, censored at "
        "'now' while they are ongoing, or at their last stage where no resolution was ever posted.";
  }
  return method;
}

absl::Status DistributionAnalysis::Run(const AnalysisInput& input, v1::Analysis& answer) const {
  const Groups groups(input, spec_.by);
  std::vector<Sample> samples(groups.size());
  FAILS_RETURN_IF_ERROR(spec_.measure.ForEach(input, groups, [&](const Duration& duration) {
    Sample& sample = samples[duration.group];
    (duration.censored ? sample.censored : sample.values).push_back(duration.seconds);
  }));
  v1::DistributionResult& result = *answer.mutable_distribution();
  result.set_unit("seconds");
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (input.cancelled()) return absl::CancelledError("the client went away");
    v1::DistributionGroup& group = *result.add_groups();
    group.set_group(groups.id(i));
    FillGroup(std::move(samples[i]), spec_, group);
  }
  return absl::OkStatus();
}

}  // namespace fails::analytics
