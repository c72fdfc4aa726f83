// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "services/analytics/analyses/shapes/distribution.h"

namespace fails::analytics {
namespace {

constexpr double kMinute = 60;
constexpr double kHour = 3600;
constexpr std::array kThresholds = {10 * kMinute, 30 * kMinute, 3 * kHour, 10 * kHour, 24 * kHour};

}  // namespace

const Analysis& TtrByProvider() {
  static const DistributionAnalysis analysis({
      .id = "ttr-by-provider",
      .title = "Time to recover by provider",
      .description = "How long the incidents of each provider took from the first stage to the "
                     "resolution: distribution, shares within limits, mean with confidence "
                     "interval, and a survival curve that includes ongoing incidents.",
      .measure = TimeToRecover(),
      .by = GroupBy::kProvider,
      .thresholds = kThresholds,
      .kaplan_meier = true,
  });
  return analysis;
}

}  // namespace fails::analytics
