// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/ecdf.h"

#include <cstddef>

namespace fails::analytics::stats {

Ecdf EcdfOf(std::span<const double> sorted) {
  Ecdf ecdf;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i + 1 < sorted.size() && sorted[i + 1] == sorted[i])
      continue;  // the last of equals counts all of them
    ecdf.x.push_back(sorted[i]);
    ecdf.share.push_back(100.0 * static_cast<double>(i + 1) / static_cast<double>(sorted.size()));
  }
  return ecdf;
}

}  // namespace fails::analytics::stats
