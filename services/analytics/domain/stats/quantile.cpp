// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace fails::analytics::stats {

double Quantile(std::span<const double> sorted, double p) {
  const double position = std::clamp(p, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

}  // namespace fails::analytics::stats
