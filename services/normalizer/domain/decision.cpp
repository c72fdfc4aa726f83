// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/decision.h"

#include <set>

#include "common/base/status_macros.h"
#include "services/normalizer/domain/merge.h"

namespace fails::normalizer {
namespace {

// Maintenances are listed elsewhere, so a listing of incidents says nothing of them.
bool Listed(const Incident& incident, const Source& source) {
  if (incident.content().page != source.page) return false;
  switch (incident.content().status) {
    case IncidentStatus::kScheduled:
    case IncidentStatus::kInProgress:
    case IncidentStatus::kCompleted:
      return false;
    default:
      return incident.content().impact != Impact::kMaintenance;
  }
}

void DecideAbsent(const Statement& statement, const Stored& stored, absl::Time now,
                  std::vector<Change>& changes) {
  std::set<IncidentId> reported;
  for (const MappedReport& report : statement.reports) reported.insert(report.id());
  const auto absent =
      statement.listing->absence == platforms::Listing::Absence::kResolved ? InferEnd : Withdraw;
  const auto& oldest = statement.listing->oldest;
  for (const auto& [id, incident] : stored.incidents) {
    if (reported.contains(id) || !Listed(incident, statement.source)) continue;
    if (oldest && incident.sort_at() < *oldest) continue;
    if (auto change = absent(incident, statement.source, now)) {
      changes.push_back(*std::move(change));
    }
  }
}

}  // namespace

absl::StatusOr<Decision> Decide(const Statement& statement, const Stored& stored,
                                const std::function<bool(const PageId&)>& is_watched,
                                absl::Time now) {
  Decision decision;
  for (const MappedReport& report : statement.reports) {
    const auto it = stored.incidents.find(report.id());
    if (report.of_others && it == stored.incidents.end()) continue;
    FAILS_ASSIGN_OR_RETURN(
        std::optional<Change> change,
        Merge(it == stored.incidents.end() ? nullptr : &it->second, report, statement.source, now));
    if (change) decision.incidents.push_back(*std::move(change));
  }
  if (statement.listing) DecideAbsent(statement, stored, now, decision.incidents);
  decision.days = ChangedDays(stored.days, statement.days, statement.source);
  decision.states = ChangedStates(stored.states, statement.states, statement.source, is_watched);
  return decision;
}

}  // namespace fails::normalizer
