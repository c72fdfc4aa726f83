// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace fails::analytics::stats {

// Tukey's box: quartiles by interpolation (Quantile), whiskers at the most extreme values within
// 1.5 interquartile ranges of the box, everything beyond them an outlier.
struct Boxplot {
  double q1 = 0, median = 0, q3 = 0;
  double whisker_low = 0, whisker_high = 0;
  std::span<const double> outliers_low, outliers_high;  // of the values given, ascending
};

// `sorted` is ascending and not empty; the outliers point into it.
Boxplot BoxplotOf(std::span<const double> sorted);

}  // namespace fails::analytics::stats
