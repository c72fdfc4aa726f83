// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/time/time.h"

namespace fails::runtime {

// Exponential back-off: initial · factor^(attempt − 1), at most `max`, attempt counted from 1; then
// spread by ± jitter, a share of the delay. Pure: `random` in [0, 1) is passed in. With the
// defaults: 100 ms, 200 ms, 400 ms … 30 s.
struct RetryPolicy {
  absl::Duration initial = absl::Milliseconds(100);
  double factor = 2.0;
  absl::Duration max = absl::Seconds(30);
  double jitter = 0.2;

  absl::Duration DelayFor(int attempt, double random = 0.5) const;
};

}  // namespace fails::runtime
