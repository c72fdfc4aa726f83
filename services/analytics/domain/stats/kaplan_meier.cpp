// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/stats/kaplan_meier.h"

#include <algorithm>
#include <cstddef>

namespace fails::analytics::stats {

SurvivalCurve KaplanMeier(std::span<const double> events, std::span<const double> censored) {
  SurvivalCurve curve;
  if (events.empty() && censored.empty()) return curve;
  curve.t.push_back(0);
  curve.survival.push_back(1);
  const auto time_of = [&](std::size_t event) { return std::max(events[event], 0.0); };
  std::size_t ended = 0;
  std::size_t gone = 0;  // censored before the present event
  while (ended < events.size()) {
    const double at = time_of(ended);
    while (gone < censored.size() && censored[gone] < at) ++gone;
    const std::size_t at_risk = (events.size() - ended) + (censored.size() - gone);
    std::size_t deaths = 0;
    for (; ended < events.size() && time_of(ended) == at; ++ended) ++deaths;
    // (r - d) / r is exact where it is 0, unlike 1 - d / r.
    const auto left = static_cast<double>(at_risk - deaths);
    curve.t.push_back(at);
    curve.survival.push_back(curve.survival.back() * left / static_cast<double>(at_risk));
  }
  return curve;
}

}  // namespace fails::analytics::stats
