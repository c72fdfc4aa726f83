// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace fails::runtime {

absl::Duration RetryPolicy::DelayFor(int attempt, double random) const {
  const double growth = std::pow(factor, std::max(attempt, 1) - 1);  // may be infinite: min() below
  const absl::Duration delay = std::min(initial * growth, max);
  return delay * (1 + jitter * (2 * random - 1));
}

}  // namespace fails::runtime
