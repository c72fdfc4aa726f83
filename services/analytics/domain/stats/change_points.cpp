// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/change_points.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>
#include <utility>

namespace fails::analytics::stats {
namespace {

constexpr std::uint64_t kSeed = 20250324;

struct Split {
  std::size_t at = 0;
  double statistic = 0;
};

Split BestSplit(std::span<const double> values, double mean) {
  Split best;
  const std::size_t m = values.size();
  double sum = 0;
  for (std::size_t k = 1; k + kShortestSegment <= m; ++k) {
    sum += values[k - 1];
    if (k < kShortestSegment) continue;
    const double off = sum - static_cast<double>(k) * mean;
    const double statistic = off * off / (static_cast<double>(k) * static_cast<double>(m - k));
    if (statistic > best.statistic) best = {k, statistic};
  }
  return best;
}

std::optional<Change> TestSplit(std::span<const double> values) {
  if (values.size() < 2 * kShortestSegment) return std::nullopt;
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  const Split found = BestSplit(values, mean);
  if (found.at == 0) return std::nullopt;
  // Orders that tie with the given one differ from it by roundings.
  const double limit = found.statistic * (1 - 1e-9);
  std::mt19937_64 random(kSeed);
  std::vector<double> order(values.begin(), values.end());
  int as_large = 1;
  for (int i = 0; i < kPermutations; ++i) {
    for (std::size_t left = order.size() - 1; left > 0; --left) {
      // Not std::shuffle, whose use of the random numbers is the library's own choice.
      std::swap(order[left], order[((random() >> 32) * (left + 1)) >> 32]);
    }
    if (BestSplit(order, mean).statistic >= limit) ++as_large;
    if (as_large > kChangeLevel * (kPermutations + 1)) return std::nullopt;
  }
  return Change{found.at, static_cast<double>(as_large) / (kPermutations + 1)};
}

}  // namespace

std::vector<Change> FindChanges(std::span<const double> series) {
  std::vector<Change> changes;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, series.size()}};
  while (!open.empty()) {
    const auto [begin, end] = open.back();
    open.pop_back();
    auto change = TestSplit(series.subspan(begin, end - begin));
    if (!change) continue;
    change->at += begin;
    open.emplace_back(begin, change->at);
    open.emplace_back(change->at, end);
    changes.push_back(*change);
  }
  std::ranges::sort(changes, {}, &Change::at);
  return changes;
}

}  // namespace fails::analytics::stats
