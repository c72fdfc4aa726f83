// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace fails::analytics::stats {

// The values ascending, as the other statistics want them: equal values in equal order, whatever
// the order of the incidents.
std::vector<double> Sorted(std::vector<std::int64_t> values);

}  // namespace fails::analytics::stats
