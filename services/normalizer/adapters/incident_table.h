// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// incidents.incident with incident_update and impact_interval, in the caller's transaction.
// DATA_LOSS when a stored row cannot be an incident.
absl::StatusOr<StoredIncidents> LoadIncidents(pqxx::work& tx, const Statement& statement);
// `stored`: what was loaded of them.
void SaveIncidents(pqxx::work& tx, const std::vector<Change>& changes,
                   const StoredIncidents& stored, std::int64_t version);
// Remembers that a page's document has told of the incidents that it did not change.
void TouchIncidents(pqxx::work& tx, const Statement& statement, const std::vector<Change>& changes);

}  // namespace fails::normalizer
