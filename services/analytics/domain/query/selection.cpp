// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/query/selection.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <type_traits>

#include "services/analytics/domain/query/recovery.h"

namespace fails::analytics {
namespace {

bool InRange(const IncidentView& incident, const Query& query, bool downtime) {
  const std::int64_t started = incident.started(query.start);
  if (started == kNoTime || started >= query.to_second) return false;
  if (started >= query.from_second) return true;
  if (!downtime) return false;
  // Began before the range: the downtime [started, end) has a second in it.
  const std::int64_t end = incident.ongoing() ? query.now_second : incident.closed();
  return end > query.from_second;
}

std::optional<Exclusion> ReasonAgainst(const IncidentView& incident, const Query& query,
                                       const Demands& demands) {
  const Impact impact = incident.impact();
  if (impact == Impact::kMaintenance && !query.include_maintenance) return Exclusion::kMaintenance;
  if (incident.inconsistent() && !query.include_inconsistent && !demands.inconsistent)
    return Exclusion::kInconsistent;
  if (demands.service && incident.services().empty()) return Exclusion::kNoService;
  if (demands.outage_impact && (impact == Impact::kNone || impact == Impact::kUnknown)) {
    return Exclusion::kNoOutageImpact;
  }
  if (demands.pre_resolution_stage && RecoveryStart(incident, query.start) == kNoTime) {
    return Exclusion::kNoPreResolutionStage;
  }
  if (demands.resolved && incident.resolved() == kNoTime) return Exclusion::kOngoing;
  return std::nullopt;
}

}  // namespace

std::string Demands::Key() const {
  static_assert(std::has_unique_object_representations_v<Demands>, "yes or no only");
  const auto bytes = std::bit_cast<std::array<char, sizeof(Demands)>>(*this);
  std::string key;
  for (const char byte : bytes) key += byte != 0 ? '1' : '0';
  return key;
}

bool Belongs(const IncidentView& incident, const Query& query, bool downtime) {
  if (!query.Takes(incident.impact()) || !InRange(incident, query, downtime)) return false;
  const auto services = incident.services();
  if (services.empty()) return query.takes_unnamed[incident.provider()];
  return std::ranges::any_of(services, [&](ServiceIndex s) { return query.chosen[s]; });
}

absl::StatusOr<Selection> Select(const Snapshot& snapshot, const Query& query,
                                 const Demands& demands, const Cancelled& cancelled) {
  Selection selection;
  if (!demands.incidents) return selection;
  for (Snapshot::Row row = 0; row < snapshot.rows(); ++row) {
    if (row % Chunk::kRows == 0 && cancelled()) return absl::CancelledError("the client went away");
    const IncidentView incident = snapshot.at(row);
    if (!Belongs(incident, query, demands.downtime)) continue;
    if (const auto reason = ReasonAgainst(incident, query, demands)) {
      ++selection.excluded[static_cast<std::size_t>(*reason)];
    } else {
      selection.rows.push_back(row);
    }
  }
  return selection;
}

}  // namespace fails::analytics
