// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace fails::analytics::stats {

// The distinct values and, for each, the share (0-100) of all values that are not larger.
struct Ecdf {
  std::vector<double> x;
  std::vector<double> share;
};

// `sorted` is ascending; empty gives empty series.
Ecdf EcdfOf(std::span<const double> sorted);

}  // namespace fails::analytics::stats
