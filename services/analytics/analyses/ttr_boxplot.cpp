// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/boxplot.h"

namespace fails::analytics {

const Analysis& TtrBoxplot() {
  static const BoxplotAnalysis analysis({
      .id = "ttr-boxplot",
      .title = "Spread of the time to recover",
      .description =
          "The times to recover of each service as a box: quartiles, whiskers and outliers.",
      .measure = TimeToRecover(),
  });
  return analysis;
}

}  // namespace fails::analytics
