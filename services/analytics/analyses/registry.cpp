// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/registry.h"

#include <array>

namespace fails::analytics {

// One line an analysis; each is defined in the file of its name.
#define FAILS_ANALYSES(X)    \
  X(WeekdayDistribution)     \
  X(HourlyDistribution)      \
  X(TtrDistribution)         \
  X(TtrByProvider)           \
  X(TtrBoxplot)              \
  X(TbfDistribution)         \
  X(TbfByProvider)           \
  X(TbfBoxplot)              \
  X(ResolutionStages)        \
  X(StatusCombinations)      \
  X(DailyAvailability)       \
  X(CooccurrenceMatrix)      \
  X(CooccurrenceProbability) \
  X(ImpactedServices)        \
  X(IncidentOutageTimeline)  \
  X(Autocorrelation)         \
  X(ImpactDistribution)      \
  X(ReliabilitySummary)      \
  X(Trend)                   \
  X(DataQuality)

#define FAILS_DECLARE(Name) const Analysis& Name();
FAILS_ANALYSES(FAILS_DECLARE)
#undef FAILS_DECLARE

std::span<const Analysis* const> AllAnalyses() {
#define FAILS_LIST(Name) &Name(),
  static const std::array analyses = {FAILS_ANALYSES(FAILS_LIST)};
#undef FAILS_LIST
  return analyses;
}

const Analysis* FindAnalysis(std::string_view id) {
  for (const Analysis* analysis : AllAnalyses()) {
    if (analysis->id() == id) return analysis;
  }
  return nullptr;
}

}  // namespace fails::analytics
