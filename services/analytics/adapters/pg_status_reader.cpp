// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/pg_status_reader.h"

#include "common/pg/query.h"
#include "common/wire/time_proto.h"
#include "services/analytics/adapters/for_clients.h"
#include "services/analytics/adapters/incident_rows.h"

namespace fails::analytics {
namespace {

constexpr pg::Query kStates = {
    "service_states",
    "SELECT service, provider, status, since, page, reported_at FROM incidents.v1_service_status"};

// A NULL parameter asks for everything.
constexpr pg::Query kChanges = {
    "service_status_changes",
    "SELECT service, status, previous, at, page FROM incidents.v1_service_status_change"
    " WHERE ($1::text[] IS NULL OR service = ANY($1::text[]))"
    " AND ($2::timestamptz IS NULL OR at >= $2::timestamptz)"
    " AND ($3::timestamptz IS NULL OR at < $3::timestamptz)"
    " ORDER BY at DESC, service LIMIT $4::bigint"};

}  // namespace

absl::StatusOr<std::vector<v1::ServiceState>> PgStatusReader::States() {
  using States = std::vector<v1::ServiceState>;
  const auto read = [](pqxx::work& tx) -> absl::StatusOr<States> {
    States states;
    for (const pqxx::row& row : pg::Exec(tx, kStates)) {
      v1::ServiceState& state = states.emplace_back();
      state.set_service(row["service"].as<std::string>());
      state.set_provider(row["provider"].as<std::string>());
      state.set_status(ServiceStatusFrom(row["status"]));
      *state.mutable_since() = wire::ToProto(pg::TimeFromPg(row["since"]));
      state.set_page(row["page"].as<std::string>());
      *state.mutable_reported_at() = wire::ToProto(pg::TimeFromPg(row["reported_at"]));
    }
    return states;
  };
  return ForClients(pool_.Transact("service_states", read));
}

absl::StatusOr<std::vector<v1::ServiceStatusChange>> PgStatusReader::Changes(
    const StatusChangeFilter& filter, int limit) {
  using Changes = std::vector<v1::ServiceStatusChange>;
  std::optional<std::vector<std::string>> services;
  if (!filter.services.empty()) services = filter.services;
  const auto read = [&](pqxx::work& tx) -> absl::StatusOr<Changes> {
    Changes changes;
    for (const pqxx::row& row : pg::Exec(tx, kChanges, services, filter.from, filter.to, limit)) {
      v1::ServiceStatusChange& change = changes.emplace_back();
      change.set_service(row["service"].as<std::string>());
      change.set_status(ServiceStatusFrom(row["status"]));
      change.set_previous(ServiceStatusFrom(row["previous"]));
      *change.mutable_at() = wire::ToProto(pg::TimeFromPg(row["at"]));
      change.set_page(row["page"].as<std::string>());
    }
    return changes;
  };
  return ForClients(pool_.Transact("service_status_changes", read));
}

}  // namespace fails::analytics
