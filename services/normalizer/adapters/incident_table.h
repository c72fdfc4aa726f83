// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// incidents.incident with incident_update and impact_interval, in the caller's transaction.
// DATA_LOSS when a stored row cannot be an incident.
absl::StatusOr<StoredIncidents> LoadIncidents(pqxx::work& tx, const Statement& statement);

// What changes of incidents write, ready made.
struct IncidentRows {
  std::string incidents, updates, intervals;  // incident_rows.h; "" of intervals: none
  // Whose stored rows give way. What is new has nothing to replace.
  std::vector<IncidentId> replaced_updates, replaced_intervals;
};
// `stored`: what was loaded of them.
IncidentRows RowsOf(const std::vector<Change>& changes, const StoredIncidents& stored);
void SaveIncidents(pqxx::work& tx, const IncidentRows& rows, std::int64_t version);

// Remembers that a page's document has told of the incidents that it did not change.
void TouchIncidents(pqxx::work& tx, const Statement& statement, const std::vector<Change>& changes);

}  // namespace fails::normalizer
