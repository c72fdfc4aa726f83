// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/autocorrelation.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace fails::analytics::stats {

Autocorrelation AutocorrelationOf(std::span<const double> series, std::size_t max_lag) {
  Autocorrelation result;
  const std::size_t n = series.size();
  const std::size_t lags = n == 0 ? 0 : std::min(max_lag, n - 1);
  const double mean = std::accumulate(series.begin(), series.end(), 0.0) /
                      static_cast<double>(std::max<std::size_t>(n, 1));
  std::vector<double> centred;
  centred.reserve(n);
  for (const double x : series) centred.push_back(x - mean);
  const double squares = std::inner_product(centred.begin(), centred.end(), centred.begin(), 0.0);
  // Asked of the values: the mean of equal ones can be off by a rounding.
  const bool constant =
      std::ranges::adjacent_find(series, std::ranges::not_equal_to()) == series.end();
  const double z = boost::math::quantile(boost::math::normal(), 0.975);
  double sum_of_squares = 0;
  for (std::size_t lag = 1; lag <= lags; ++lag) {
    if (constant) {
      result.r.push_back(std::numeric_limits<double>::quiet_NaN());
      result.band95.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const auto ahead = static_cast<std::ptrdiff_t>(lag);
    const double r =
        std::inner_product(centred.begin() + ahead, centred.end(), centred.begin(), 0.0) / squares;
    result.r.push_back(r);
    result.band95.push_back(z * std::sqrt((1 + 2 * sum_of_squares) / static_cast<double>(n)));
    sum_of_squares += r * r;
  }
  return result;
}

}  // namespace fails::analytics::stats
