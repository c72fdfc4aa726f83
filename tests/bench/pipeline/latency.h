// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "absl/time/time.h"

namespace fails::bench {

struct LatencyOptions {
  int documents = 200;      // measured, one after the other
  int load_per_second = 0;  // documents of 50 new incidents each, published beside them
};

// From the moment a document with one new incident is given to the publisher until its event is in
// a subscriber's hands, for each document; sorted.
std::vector<absl::Duration> MeasureLatency(const LatencyOptions& options);

// Of sorted values, 0 ≤ q ≤ 1.
absl::Duration Quantile(const std::vector<absl::Duration>& sorted, double q);

}  // namespace fails::bench
