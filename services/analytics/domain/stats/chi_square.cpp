// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/chi_square.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <numeric>

namespace fails::analytics::stats {

std::optional<ChiSquare> ChiSquareOfUniform(std::span<const std::int64_t> counts) {
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (counts.size() < 2 || total == 0) return std::nullopt;
  const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
  double statistic = 0;
  for (const std::int64_t count : counts) {
    const double difference = static_cast<double>(count) - expected;
    statistic += difference * difference / expected;
  }
  const boost::math::chi_squared distribution(static_cast<double>(counts.size() - 1));
  return ChiSquare{statistic, boost::math::cdf(boost::math::complement(distribution, statistic))};
}

}  // namespace fails::analytics::stats
