// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace fails::analytics::stats {

// Pearson's test of counts against equal ones.
struct ChiSquare {
  double statistic = 0;
  double p_value = 0;  // 0-1
};

// With counts.size() - 1 degrees of freedom. Absent for fewer than two counts and when all are 0.
std::optional<ChiSquare> ChiSquareOfUniform(std::span<const std::int64_t> counts);

}  // namespace fails::analytics::stats
