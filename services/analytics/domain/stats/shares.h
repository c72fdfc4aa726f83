// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace fails::analytics::stats {

// 100 · part ÷ whole; absent when there is no whole.
std::optional<double> Share(double part, double whole);

// For each threshold the share (0-100) of values that are not larger; absent for no values. Both
// are ascending.
std::vector<std::optional<double>> SharesAtMost(std::span<const double> sorted,
                                                std::span<const double> thresholds);

// One bin more than edges: (-inf, e0], (e0, e1] … (last, inf). Exclusive, so they sum to 100.
// Absent for no values.
std::vector<std::optional<double>> BinShares(std::span<const double> sorted,
                                             std::span<const double> edges);

}  // namespace fails::analytics::stats
