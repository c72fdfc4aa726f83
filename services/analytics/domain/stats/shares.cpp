// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/shares.h"

#include <algorithm>

namespace fails::analytics::stats {
namespace {

double CountAtMost(std::span<const double> sorted, double limit) {
  return static_cast<double>(std::ranges::upper_bound(sorted, limit) - sorted.begin());
}

}  // namespace

std::optional<double> Share(double part, double whole) {
  if (whole == 0) return std::nullopt;
  return 100.0 * part / whole;
}

std::vector<std::optional<double>> SharesAtMost(std::span<const double> sorted,
                                                std::span<const double> thresholds) {
  std::vector<std::optional<double>> shares;
  const auto n = static_cast<double>(sorted.size());
  for (const double limit : thresholds) shares.push_back(Share(CountAtMost(sorted, limit), n));
  return shares;
}

std::vector<std::optional<double>> BinShares(std::span<const double> sorted,
                                             std::span<const double> edges) {
  std::vector<std::optional<double>> shares;
  const auto n = static_cast<double>(sorted.size());
  double below = 0;
  for (const double edge : edges) {
    const double count = CountAtMost(sorted, edge);
    shares.push_back(Share(count - below, n));
    below = count;
  }
  shares.push_back(Share(n - below, n));
  return shares;
}

}  // namespace fails::analytics::stats
