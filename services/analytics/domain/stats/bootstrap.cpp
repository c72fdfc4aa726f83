// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"

namespace fails::analytics::stats {
namespace {

constexpr std::uint64_t kSeed = 20250324;

double NormalQuantile(double p) {
  return boost::math::quantile(boost::math::normal(), p);
}
double NormalCdf(double z) {
  return boost::math::cdf(boost::math::normal(), z);
}

// Sums instead of means: sums of whole seconds are exact, so that ties are seen as ties.
std::vector<double> ResampledSums(std::span<const double> values) {
  std::mt19937_64 random(
      kSeed);  // its output is fixed by the standard, unlike that of a distribution
  const std::uint64_t n = values.size();
  std::vector<double> sums(kResamples, 0.0);
  for (double& sum : sums) {
    for (std::uint64_t i = 0; i < n; i += 2) {
      // Two indices a draw: the high half of a 32-bit number times n, uneven by less than n / 2^32.
      const std::uint64_t bits = random();
      sum += values[((bits >> 32) * n) >> 32];
      if (i + 1 < n) sum += values[((bits & 0xffffffffU) * n) >> 32];
    }
  }
  std::ranges::sort(sums);
  return sums;
}

// Of the mean, by the jackknife.
double Acceleration(std::span<const double> values, double mean) {
  double squares = 0;
  double cubes = 0;
  for (const double value : values) {
    const double d = value - mean;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares == 0 ? 0 : cubes / (6 * std::pow(squares, 1.5));
}

Interval Bca(std::span<const double> values, double z) {
  const auto n = static_cast<double>(values.size());
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  const std::vector<double> sums = ResampledSums(values);
  const auto below = static_cast<double>(std::ranges::lower_bound(sums, sum) - sums.begin());
  const auto not_above = static_cast<double>(std::ranges::upper_bound(sums, sum) - sums.begin());
  // Half a resample away from 0 and 1, where the normal quantile ends.
  const double share =
      std::clamp((below + not_above) / 2 / kResamples, 0.5 / kResamples, 1 - 0.5 / kResamples);
  const double bias = NormalQuantile(share);
  const double acceleration = Acceleration(values, sum / n);
  const auto corrected = [&](double at) {
    const double shifted = bias + at;
    // |acceleration| stays below 1/6 · √n / √(n - 1), so the denominator is positive for any bias
    // that can occur here.
    const double denominator = std::max(1 - acceleration * shifted, 1e-6);
    return Quantile(sums, NormalCdf(bias + shifted / denominator)) / n;
  };
  return {corrected(-z), corrected(z)};
}

}  // namespace

std::optional<Interval> MeanInterval95(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double z = NormalQuantile(0.975);
  if (values.size() <= kLargestBootstrap) return Bca(values, z);
  const double mean = *Mean(values);
  const double half =
      z * *StandardDeviation(values) / std::sqrt(static_cast<double>(values.size()));
  return Interval{mean - half, mean + half};
}

}  // namespace fails::analytics::stats
