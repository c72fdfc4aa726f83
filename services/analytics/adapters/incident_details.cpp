// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/incident_details.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "common/pg/query.h"
#include "services/analytics/adapters/incident_rows.h"

namespace fails::analytics {
namespace {

constexpr pg::Query kSelectUpdates = {
    "select_incident_updates",
    "SELECT incident_id, status, at, body FROM incidents.v1_incident_update "
    "WHERE incident_id = ANY($1::text[]) ORDER BY incident_id, position"};

constexpr pg::Query kSelectIntervals = {
    "select_impact_intervals",
    "SELECT incident_id, service, started_at, ended_at, level FROM incidents.v1_impact_interval "
    "WHERE incident_id = ANY($1::text[]) ORDER BY incident_id, position"};

}  // namespace

void AddDetails(pqxx::work& tx, std::vector<v1::Incident>& incidents) {
  std::vector<std::string> ids;
  absl::flat_hash_map<std::string, v1::Incident*> by_id;
  for (v1::Incident& incident : incidents) {
    ids.push_back(incident.id());
    by_id[incident.id()] = &incident;
  }
  const auto owner = [&](const pqxx::row& row) -> v1::Incident& {
    return *by_id.at(row["incident_id"].as<std::string>());
  };
  for (const pqxx::row& row : pg::Exec(tx, kSelectUpdates, ids)) {
    *owner(row).add_updates() = UpdateFromRow(row);
  }
  for (const pqxx::row& row : pg::Exec(tx, kSelectIntervals, ids)) {
    *owner(row).add_impact_intervals() = IntervalFromRow(row);
  }
}

}  // namespace fails::analytics
