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

// A part [begin, end) of a segment.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  double statistic = 0;
};

double Statistic(double sum, std::size_t k, std::size_t m, double mean) {
  const double off = sum - static_cast<double>(k) * mean;
  return off * off / (static_cast<double>(k) * static_cast<double>(m - k));
}

Part BestBeginning(std::span<const double> values, double mean) {
  Part best;
  const std::size_t m = values.size();
  double sum = 0;
  for (std::size_t k = 1; k + kShortestSegment <= m; ++k) {
    sum += values[k - 1];
    if (k < kShortestSegment) continue;
    const double statistic = Statistic(sum, k, m, mean);
    if (statistic > best.statistic) best = {0, k, statistic};
  }
  return best;
}

Part BestMiddle(std::span<const double> values, double mean) {
  Part best;
  const std::size_t m = values.size();
  for (std::size_t begin = kShortestSegment; begin + 2 * kShortestSegment <= m; ++begin) {
    double sum = 0;
    for (std::size_t end = begin + 1; end + kShortestSegment <= m; ++end) {
      sum += values[end - 1];
      if (end - begin < kShortestSegment) continue;
      const double statistic = Statistic(sum, end - begin, m, mean);
      if (statistic > best.statistic) best = {begin, end, statistic};
    }
  }
  return best;
}

struct Found {
  Part part;
  double p_value = 1;
};

std::optional<Found> Test(std::span<const double> values,
                          Part (*best_part)(std::span<const double>, double)) {
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  const Part found = best_part(values, mean);
  if (found.end == 0) return std::nullopt;
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
    if (best_part(order, mean).statistic >= limit) ++as_large;
    if (as_large > kChangeLevel * (kPermutations + 1)) return std::nullopt;
  }
  return Found{found, static_cast<double>(as_large) / (kPermutations + 1)};
}

std::optional<Found> Split(std::span<const double> values) {
  if (values.size() < 2 * kShortestSegment) return std::nullopt;
  if (const auto found = Test(values, BestBeginning)) return found;
  if (values.size() < 3 * kShortestSegment || values.size() > kLongestCircle) return std::nullopt;
  return Test(values, BestMiddle);
}

}  // namespace

std::vector<Change> FindChanges(std::span<const double> series) {
  std::vector<Change> changes;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, series.size()}};
  while (!open.empty()) {
    const auto [begin, end] = open.back();
    open.pop_back();
    const auto found = Split(series.subspan(begin, end - begin));
    if (!found) continue;
    std::size_t from = begin;
    for (const std::size_t at : {found->part.begin, found->part.end}) {
      if (at == 0) continue;
      changes.push_back({begin + at, found->p_value});
      open.emplace_back(from, begin + at);
      from = begin + at;
    }
    open.emplace_back(from, end);
  }
  std::ranges::sort(changes, {}, &Change::at);
  return changes;
}

}  // namespace fails::analytics::stats
