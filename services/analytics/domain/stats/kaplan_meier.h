// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace fails::analytics::stats {

// The share (0-1) of incidents that last longer than t. Starts at t = 0 with 1, then lists the
// event times only.
struct SurvivalCurve {
  std::vector<double> t;
  std::vector<double> survival;
};

// `events`: times at which something ended. `censored`: times up to which something was seen and
// had not ended. Both ascending. Something censored at the time of an event was still at risk then.
// A time below 0 (stages out of order) counts as 0; events at 0 make a second point there. Empty
// for no input at all.
SurvivalCurve KaplanMeier(std::span<const double> events, std::span<const double> censored);

}  // namespace fails::analytics::stats
