// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

namespace fails::analytics::stats {

struct Interval {
  double low = 0;
  double high = 0;
};

inline constexpr int kResamples = 2000;
// Above this many values the normal interval is used instead of resampling.
inline constexpr std::size_t kLargestBootstrap = 2000;

// The 95 % confidence interval of the mean: BCa bootstrap with kResamples resamples and a fixed
// seed, so equal values in equal order give equal intervals; ties count half in the bias
// correction; above kLargestBootstrap values mean ± z·s/√n. Absent below two values.
std::optional<Interval> MeanInterval95(std::span<const double> values);

}  // namespace fails::analytics::stats
