// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fails::analytics::stats {

// By lag, from 1 on.
struct Autocorrelation {
  std::vector<double> r;       // Σ(x_t - x̄)(x_{t+k} - x̄) / Σ(x_t - x̄)²
  std::vector<double> band95;  // half-width: z·√((1 + 2 Σ_{i<k} r_i²) / n), Bartlett
};

// Lags up to `max_lag` and n - 1. All values are NaN where the series is constant.
Autocorrelation AutocorrelationOf(std::span<const double> series, std::size_t max_lag);

}  // namespace fails::analytics::stats
