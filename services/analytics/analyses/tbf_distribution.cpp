// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/distribution.h"

namespace fails::analytics {

const Analysis& TbfDistribution() {
  static const DistributionAnalysis analysis({
      .id = "tbf-distribution",
      .title = "Time between failures by service",
      .description = "How long each service went from the start of one incident to the start of "
                     "the next: distribution, shares within limits, and the mean time between "
                     "failures with its confidence interval.",
      .measure = TimeBetweenFailures(),
      .by = GroupBy::kService,
      .thresholds = kGapThresholds,
  });
  return analysis;
}

}  // namespace fails::analytics
