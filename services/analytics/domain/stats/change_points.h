// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fails::analytics::stats {

// A segment is at least that long.
inline constexpr std::size_t kShortestSegment = 3;
inline constexpr int kPermutations = 1999;
// In longer segments none is looked for in the middle, where the effort grows with the square.
inline constexpr std::size_t kLongestCircle = 360;
// A change counts when its p-value is not larger.
inline constexpr double kChangeLevel = 0.01;

struct Change {
  std::size_t at = 0;  // the first index of the new level
  double p_value = 1;
};

// Where the level of a series changes, ascending: binary segmentation (Vostrikova 1981), circular
// where one split explains nothing (Olshen et al. 2004). Of a segment of m values a part of k is
// split off where the statistic (S - k x̄)² / (k (m - k)), S its sum, is largest: a part at the
// beginning, or else one from the middle that differs from both sides; if a permutation test of
// that maximum says so: p is the share of kPermutations random orders of the segment (and the given
// one) whose maximum is not smaller, with a fixed seed. All parts are then looked at in the same
// way. For counts the statistic is the score test of a Poisson rate; the test asks nothing of their
// distribution, only that without a change every order were as likely.
std::vector<Change> FindChanges(std::span<const double> series);

}  // namespace fails::analytics::stats
