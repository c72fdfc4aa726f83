// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace fails::analytics::stats {

// The quantile p (0 … 1) of ascending values by linear interpolation between order statistics
// (Hyndman-Fan type 7, numpy's default). `sorted` must not be empty.
double Quantile(std::span<const double> sorted, double p);

}  // namespace fails::analytics::stats
