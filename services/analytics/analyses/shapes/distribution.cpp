// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/distribution.h"

#include <algorithm>
#include <optional>

#include "services/analytics/domain/stats/bootstrap.h"
#include "services/analytics/domain/stats/ecdf.h"
#include "services/analytics/domain/stats/kaplan_meier.h"
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/shares.h"

namespace fails::analytics {
namespace {

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

}  // namespace

void FillDistributionGroup(DurationSample sample, const DistributionOptions& options,
                           v1::DistributionGroup& group) {
  // Sorted also so that the bootstrap sees equal samples in equal order.
  std::ranges::sort(sample.values);
  std::ranges::sort(sample.censored);
  group.set_group(std::move(sample.group));
  group.set_n(static_cast<std::int64_t>(sample.values.size()));
  group.set_censored(static_cast<std::int64_t>(sample.censored.size()));
  FillNumbers(sample.values, group);
  const stats::Ecdf ecdf = stats::EcdfOf(sample.values);
  Append(*group.mutable_ecdf()->mutable_x(), ecdf.x);
  Append(*group.mutable_ecdf()->mutable_share(), ecdf.share);
  FillShares(sample.values, options.thresholds, group);
  const bool empty = sample.values.empty() && sample.censored.empty();
  if (options.kaplan_meier && !empty) {
    const stats::SurvivalCurve curve = stats::KaplanMeier(sample.values, sample.censored);
    Append(*group.mutable_kaplan_meier()->mutable_t(), curve.t);
    Append(*group.mutable_kaplan_meier()->mutable_survival(), curve.survival);
  }
}

}  // namespace fails::analytics
