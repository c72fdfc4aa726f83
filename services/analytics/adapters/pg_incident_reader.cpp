// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/pg_incident_reader.h"

#include <fmt/format.h>

#include <utility>

#include "common/pg/query.h"
#include "services/analytics/adapters/flap_group.h"
#include "services/analytics/adapters/for_clients.h"
#include "services/analytics/adapters/incident_details.h"
#include "services/analytics/adapters/incident_rows.h"
#include "services/analytics/adapters/list_sql.h"
#include "services/analytics/adapters/read_transaction.h"

namespace fails::analytics {
namespace {

pqxx::result Run(pqxx::work& tx, const char* name, const Statement& statement) {
  return pg::Exec(tx, pg::Query{name, statement.sql.c_str()},
                  pqxx::prepare::make_dynamic_params(statement.parameters));
}

ListPosition PositionOf(const pqxx::row& row, ListSort sort) {
  const bool by_update = sort == ListSort::kUpdatedAtDesc || sort == ListSort::kUpdatedAtAsc;
  return {pg::TimeFromPg(row[by_update ? "updated_at" : "sort_at"]), row["id"].as<std::string>()};
}

}  // namespace

absl::StatusOr<IncidentPage> PgIncidentReader::List(const IncidentFilter& filter,
                                                    const std::optional<ListPosition>& after,
                                                    int limit) {
  const auto read = [&](pqxx::work& tx) -> absl::StatusOr<IncidentPage> {
    BeginRead(tx);
    // One more than asked for tells whether there is a next page.
    const pqxx::result rows = Run(tx, "list_incidents", ListStatement(filter, after, limit + 1));
    IncidentPage page;
    for (const pqxx::row& row : rows) {
      if (page.incidents.size() == static_cast<std::size_t>(limit)) {
        page.next = PositionOf(rows[static_cast<pqxx::result::size_type>(limit) - 1], filter.sort);
        break;
      }
      page.incidents.push_back(IncidentFromRow(row));
    }
    page.total = Run(tx, "count_incidents", CountStatement(filter))[0][0].as<std::int64_t>();
    return page;
  };
  return ForClients(pool_.Transact("list_incidents", read));
}

absl::StatusOr<std::vector<v1::Incident>> PgIncidentReader::ListByIds(
    const std::vector<std::string>& ids) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM incidents.v1_incident WHERE id = ANY($1::text[])"
      " ORDER BY array_position($1::text[], id)",
      kIncidentColumns);
  const auto read = [&](pqxx::work& tx) -> absl::StatusOr<std::vector<v1::Incident>> {
    std::vector<v1::Incident> incidents;
    for (const pqxx::row& row : pg::Exec(tx, pg::Query{"incidents_by_id", sql.c_str()}, ids)) {
      incidents.push_back(IncidentFromRow(row));
    }
    return incidents;
  };
  return ForClients(pool_.Transact("incidents_by_id", read));
}

absl::StatusOr<std::optional<v1::GetIncidentResponse>> PgIncidentReader::Get(
    const std::string& id) {
  static const std::string sql =
      fmt::format("SELECT {} FROM incidents.v1_incident WHERE id = $1", kIncidentColumns);
  using Found = std::optional<v1::GetIncidentResponse>;
  const auto read = [&](pqxx::work& tx) -> absl::StatusOr<Found> {
    BeginRead(tx);
    const pqxx::result rows = pg::Exec(tx, pg::Query{"select_incident", sql.c_str()}, id);
    if (rows.empty()) return Found();
    std::vector<v1::Incident> incident = {IncidentFromRow(rows[0])};
    AddDetails(tx, incident);
    Found found(std::in_place);
    *found->mutable_incident() = std::move(incident.front());
    if (auto group = FlapGroupOf(tx, found->incident())) {
      *found->mutable_flap_group() = *std::move(group);
    }
    return found;
  };
  return ForClients(pool_.Transact("get_incident", read));
}

}  // namespace fails::analytics
