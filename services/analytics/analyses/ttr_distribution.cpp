// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "services/analytics/analyses/shapes/distribution.h"

namespace fails::analytics {
namespace {

constexpr double kHour = 3600;
constexpr std::array kThresholds = {0.5 * kHour, 1 * kHour, 3 * kHour, 10 * kHour, 24 * kHour};

}  // namespace

const Analysis& TtrDistribution() {
  static const DistributionAnalysis analysis({
      .id = "ttr-distribution",
      .title = "Time to recover by service",
      .description = "How long the incidents of each service took from the first stage to the "
                     "resolution: distribution, shares within limits, mean with confidence "
                     "interval, and a survival curve that includes ongoing incidents.",
      .measure = TimeToRecover(),
      .by = GroupBy::kService,
      .thresholds = kThresholds,
      .kaplan_meier = true,
  });
  return analysis;
}

}  // namespace fails::analytics
