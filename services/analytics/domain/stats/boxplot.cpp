// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/boxplot.h"

#include <algorithm>
#include <cstddef>

#include "services/analytics/domain/stats/quantile.h"

namespace fails::analytics::stats {

Boxplot BoxplotOf(std::span<const double> sorted) {
  Boxplot box{
      .q1 = Quantile(sorted, 0.25), .median = Quantile(sorted, 0.5), .q3 = Quantile(sorted, 0.75)};
  const double reach = 1.5 * (box.q3 - box.q1);
  // Of the values some lie within the box, so that there is always one for either whisker.
  const auto low = std::ranges::lower_bound(sorted, box.q1 - reach);
  const auto high = std::ranges::upper_bound(sorted, box.q3 + reach);
  box.whisker_low = *low;
  box.whisker_high = *(high - 1);
  box.outliers_low = {sorted.begin(), low};
  box.outliers_high = {high, sorted.end()};
  return box;
}

}  // namespace fails::analytics::stats
