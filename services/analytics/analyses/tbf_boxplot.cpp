// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/boxplot.h"

namespace fails::analytics {

const Analysis& TbfBoxplot() {
  static const BoxplotAnalysis analysis({
      .id = "tbf-boxplot",
      .title = "Spread of the time between failures",
      .description =
          "The times between failures of each service as a box: quartiles, whiskers and outliers.",
      .measure = TimeBetweenFailures(),
  });
  return analysis;
}

}  // namespace fails::analytics
