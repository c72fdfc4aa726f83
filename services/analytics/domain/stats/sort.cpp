// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/sort.h"

#include <boost/sort/spreadsort/integer_sort.hpp>

namespace fails::analytics::stats {

std::vector<double> Sorted(std::vector<std::int64_t> values) {
  // By digits: a million durations in some milliseconds.
  boost::sort::spreadsort::integer_sort(values.begin(), values.end());
  return {values.begin(), values.end()};
}

}  // namespace fails::analytics::stats
