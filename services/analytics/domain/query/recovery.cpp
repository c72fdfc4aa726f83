// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/query/recovery.h"

#include <algorithm>

namespace fails::analytics {

std::int64_t RecoveryStart(const IncidentView& incident, StartBasis basis) {
  if (basis == StartBasis::kImpact && incident.impact_started() != kNoTime) {
    return incident.impact_started();
  }
  std::int64_t first = kNoTime;
  for (const Stage stage : {kInvestigating, kIdentified, kMonitoring}) {
    const std::int64_t at = incident.stage(stage);
    if (at != kNoTime && (first == kNoTime || at < first)) first = at;
  }
  return first;
}

Recovery RecoveryOf(const IncidentView& incident, const Query& query) {
  const std::int64_t start = RecoveryStart(incident, query.start);
  const std::int64_t resolved = incident.resolved();
  if (resolved != kNoTime) return {resolved - start, false};
  const std::int64_t seen_until = incident.ongoing() ? query.now_second : incident.closed();
  return {std::max<std::int64_t>(seen_until - start, 0), true};
}

}  // namespace fails::analytics
