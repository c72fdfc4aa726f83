// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

namespace fails::analytics::stats {

// Absent for no values.
std::optional<double> Mean(std::span<const double> values);

// Sample standard deviation (n - 1). Absent below two values.
std::optional<double> StandardDeviation(std::span<const double> values);

}  // namespace fails::analytics::stats
