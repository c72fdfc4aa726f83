// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "fails/v1/analytics_service.pb.h"

namespace fails::analytics {

// The shape `distribution`: durations of some groups, in seconds.

// Durations of one group, in any order.
struct DurationSample {
  std::string group;
  std::vector<double> values;
  std::vector<double> censored;  // lasted at least that long
};

struct DistributionOptions {
  std::span<const double> thresholds;  // seconds, ascending; also the edges of the exclusive bins
  bool kaplan_meier = false;
};

// Fills one group: n (of `values`), how many are censored, mean with its interval, quantiles, ECDF,
// shares, and the Kaplan-Meier curve where asked for. An empty group has n 0, empty series and
// absent numbers.
void FillDistributionGroup(DurationSample sample, const DistributionOptions& options,
                           v1::DistributionGroup& group);

}  // namespace fails::analytics
