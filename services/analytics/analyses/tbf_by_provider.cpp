// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/distribution.h"

namespace fails::analytics {

const Analysis& TbfByProvider() {
  static const DistributionAnalysis analysis({
      .id = "tbf-by-provider",
      .title = "Time between failures by provider",
      .description = "How long each provider went from the start of one incident to the start of "
                     "the next: distribution, shares within limits, and the mean time between "
                     "failures with its confidence interval.",
      .measure = TimeBetweenFailures(),
      .by = GroupBy::kProvider,
      .thresholds = kGapThresholds,
  });
  return analysis;
}

}  // namespace fails::analytics
