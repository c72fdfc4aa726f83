// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/service_state_table.h"

#include <boost/json.hpp>
#include <string_view>

#include "common/pg/query.h"

namespace fails::normalizer {
namespace {

namespace json = boost::json;

constexpr pg::Query kSelectStates = {
    "select_service_states",
    "SELECT * FROM incidents.service_status WHERE service = ANY($1::text[]) OR ($2::boolean AND "
    "page = $3)"};

constexpr pg::Query kUpsertStates = {
    "upsert_service_states",
    "INSERT INTO incidents.service_status (service, provider, status, previous, since, page,"
    " reported_at, source_at, revision, version)"
    " SELECT service, provider, status, previous, since, page, reported_at, source_at, revision,"
    " $2::bigint FROM json_to_recordset($1::json) AS new (service text, provider text,"
    " status text, previous text, since timestamptz, page text, reported_at timestamptz,"
    " source_at timestamptz, revision bigint)"
    " ORDER BY service"
    " ON CONFLICT (service) DO UPDATE SET status = excluded.status, previous = excluded.previous,"
    " since = excluded.since, page = excluded.page, reported_at = excluded.reported_at,"
    " source_at = excluded.source_at, revision = excluded.revision, version = excluded.version",
    /*prepared=*/true};

constexpr pg::Query kConfirmStates = {
    "confirm_service_states",
    "UPDATE incidents.service_status AS old SET page = new.page, reported_at = new.reported_at,"
    " source_at = new.source_at FROM json_to_recordset($1::json) AS new (service text, page text,"
    " reported_at timestamptz, source_at timestamptz) WHERE old.service = new.service",
    /*prepared=*/true};

constexpr pg::Query kInsertChanges = {
    "insert_service_status_changes",
    "INSERT INTO incidents.service_status_change (service, revision, status, previous, at, page)"
    " SELECT service, revision, status, previous, since, page FROM json_to_recordset($1::json)"
    " AS new (service text, revision bigint, status text, previous text, since timestamptz,"
    " page text)",
    /*prepared=*/true};

constexpr pg::Query kOngoing = {
    "ongoing_incidents_of_service",
    "SELECT id FROM incidents.incident WHERE services @> ARRAY[$1::text] AND ongoing"
    " AND withdrawn_at IS NULL ORDER BY sort_at DESC, id DESC LIMIT 100",
    /*prepared=*/true};

json::string Word(ServiceStatus status) {
  return json::string(ToString(status));
}

json::object Row(const ServiceState& state) {
  return {{"service", state.service.str()},
          {"provider", state.provider.str()},
          {"status", Word(state.status)},
          {"previous", Word(state.previous)},
          {"since", pg::ToPg(state.since)},
          {"page", state.page.str()},
          {"reported_at", pg::ToPg(state.reported_at)},
          {"source_at", pg::ToPg(state.source_at)},
          {"revision", state.revision}};
}

ServiceStatus StatusFrom(const pqxx::field& field) {
  return ServiceStatusFromString(field.as<std::string>()).value_or(ServiceStatus::kUnknown);
}

}  // namespace

StoredStates LoadStates(pqxx::work& tx, const Statement& statement) {
  StoredStates stored;
  const MappedStates& mapped = statement.states;
  if (mapped.states.empty() && !mapped.complete) return stored;
  std::vector<std::string> services;
  for (const auto& [service, status] : mapped.states) services.push_back(service.str());
  for (const pqxx::row& row :
       pg::Exec(tx, kSelectStates, services, mapped.complete, statement.source.page.str())) {
    ServiceState state{.service = ServiceId(row["service"].as<std::string>()),
                       .provider = ProviderId(row["provider"].as<std::string>()),
                       .status = StatusFrom(row["status"]),
                       .previous = StatusFrom(row["previous"]),
                       .since = pg::TimeFromPg(row["since"]),
                       .page = PageId(row["page"].as<std::string>()),
                       .reported_at = pg::TimeFromPg(row["reported_at"]),
                       .source_at = pg::TimeFromPg(row["source_at"]),
                       .revision = row["revision"].as<std::int64_t>()};
    stored.emplace(state.service, state);
  }
  return stored;
}

void SaveStates(pqxx::work& tx, const std::vector<StateChange>& changes, std::int64_t version) {
  json::array kept, confirmed, history;
  for (const StateChange& change : changes) {
    const bool only_confirmed = change.kind == StateChange::Kind::kConfirmed;
    (only_confirmed ? confirmed : kept).push_back(Row(change.state));
    if (change.kind == StateChange::Kind::kChanged) history.push_back(Row(change.state));
  }
  if (!confirmed.empty()) pg::Exec(tx, kConfirmStates, json::serialize(confirmed));
  if (!kept.empty()) pg::Exec(tx, kUpsertStates, json::serialize(kept), version);
  if (!history.empty()) pg::Exec(tx, kInsertChanges, json::serialize(history));
}

std::vector<std::string> OngoingIncidents(pqxx::work& tx, const ServiceId& service) {
  std::vector<std::string> ids;
  for (const pqxx::row& row : pg::Exec(tx, kOngoing, service.str())) {
    ids.push_back(row["id"].as<std::string>());
  }
  return ids;
}

}  // namespace fails::normalizer
