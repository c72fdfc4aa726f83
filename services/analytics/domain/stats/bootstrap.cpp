// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/bootstrap.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
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

// SplitMix64 (Steele et al., 2014): a step and a scramble, several times as fast as the standard
// library's engines, and a bootstrap is made of nothing else.
class RandomBits {
 public:
  explicit RandomBits(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()() {
    std::uint64_t bits = state_ += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
  }

 private:
  std::uint64_t state_;
};

// Sums instead of means: sums of whole seconds are exact, so that ties are seen as ties, and in
// whatever order they are added.
std::vector<double> ResampledSums(std::span<const double> values) {
  RandomBits random(kSeed);
  const std::uint64_t n = values.size();
  // Two values a draw: the high half of a 32-bit number times n, uneven by less than n / 2^32.
  const auto first = [&](std::uint64_t bits) { return values[((bits >> 32) * n) >> 32]; };
  const auto second = [&](std::uint64_t bits) { return values[((bits & 0xffffffffU) * n) >> 32]; };
  std::vector<double> sums(kResamples, 0.0);
  for (double& sum : sums) {
    std::array<double, 4> parts{};  // additions that need not wait for each other
    std::uint64_t left = n;
    for (; left >= 4; left -= 4) {
      const std::uint64_t a = random();
      const std::uint64_t b = random();
      parts[0] += first(a);
      parts[1] += second(a);
      parts[2] += first(b);
      parts[3] += second(b);
    }
    for (; left > 0; --left) parts[left] += first(random());
    sum = (parts[0] + parts[1]) + (parts[2] + parts[3]);
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
