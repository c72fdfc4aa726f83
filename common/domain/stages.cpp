// SPDX-License-Identifier: Apache-2.0
#include "common/domain/stages.h"

#include <algorithm>
#include <initializer_list>

#include "common/base/time.h"

namespace fails {
namespace {

using OptionalTime = std::optional<absl::Time>;

OptionalTime Earliest(std::initializer_list<OptionalTime> times) {
  OptionalTime result;
  for (const OptionalTime& t : times) {
    if (t && (!result || *t < *result)) result = t;
  }
  return result;
}

bool After(const OptionalTime& a, const OptionalTime& b) {
  return a && b && *a > *b;
}

}  // namespace

Stages Stages::FromUpdates(std::span<const Update> updates) {
  Stages stages;
  const auto keep_first = [](OptionalTime& stage, absl::Time at) {
    if (!stage || at < *stage) stage = at;
  };
  for (const Update& update : updates) {
    const absl::Time at = TruncateToSeconds(update.at);
    switch (update.status) {
      case IncidentStatus::kInvestigating:
        keep_first(stages.investigating, at);
        break;
      case IncidentStatus::kIdentified:
        keep_first(stages.identified, at);
        break;
      case IncidentStatus::kMonitoring:
        keep_first(stages.monitoring, at);
        break;
      case IncidentStatus::kResolved:
        if (!stages.resolved || at > *stages.resolved) stages.resolved = at;
        break;
      case IncidentStatus::kPostmortem:
        keep_first(stages.postmortem, at);
        break;
      default:  // a maintenance word or an unknown one is no stage
        break;
    }
  }
  return stages;
}

std::optional<absl::Time> Stages::StartedAt() const {
  return Earliest({investigating, identified, monitoring, resolved});
}

std::optional<absl::Time> Stages::ClosedAt() const {
  if (!resolved) return std::nullopt;
  absl::Time latest = *resolved;
  for (const OptionalTime& t : {investigating, identified, monitoring}) {
    if (t) latest = std::max(latest, *t);
  }
  return latest;
}

std::optional<absl::Duration> Stages::TimeToRecover() const {
  const OptionalTime start = Earliest({investigating, identified, monitoring});
  if (!resolved || !start) return std::nullopt;
  return *resolved - *start;
}

bool Stages::Inconsistent() const {
  return After(investigating, identified) || After(identified, monitoring) ||
         After(monitoring, resolved) || After(resolved, postmortem);
}

}  // namespace fails
