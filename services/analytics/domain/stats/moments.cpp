// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/moments.h"

#include <cmath>
#include <numeric>

namespace fails::analytics::stats {

std::optional<double> Mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  // Sums of whole seconds are exact in a double up to 2^53, more than any history holds.
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> StandardDeviation(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double mean = *Mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace fails::analytics::stats
