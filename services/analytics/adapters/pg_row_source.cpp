// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/pg_row_source.h"

#include <string>
#include <utility>

#include "common/domain/levels.h"
#include "common/pg/query.h"
#include "services/analytics/adapters/read_transaction.h"

namespace fails::analytics {
namespace {

// Rows are fetched in portions, so that a full load does not hold the whole table as text.
constexpr int kPortion = 5000;

constexpr pg::Query kVersion = {"data_version", "SELECT version FROM incidents.v1_data_version"};

constexpr pg::Query kRowsSince = {
    "rows_since",
    "DECLARE snapshot_rows NO SCROLL CURSOR FOR"
    " SELECT id, provider, services, impact, investigating_at, identified_at, monitoring_at, "
    "resolved_stage_at,"
    " postmortem_at, impact_started_at, ongoing, withdrawn_at IS NOT NULL AS withdrawn, version"
    " FROM incidents.v1_incident WHERE version > $1::bigint ORDER BY version, id"};

constexpr pg::Query kNextRows = {"next_rows", "FETCH 5000 FROM snapshot_rows"};

constexpr pg::Query kFingerprint = {
    "data_fingerprint",
    "SELECT (SELECT version FROM incidents.v1_data_version) AS version, count(*) AS count,"
    " coalesce(sum(version), 0)::bigint AS version_sum FROM incidents.v1_incident WHERE "
    "withdrawn_at IS NULL"};

IncidentRow RowFrom(const pqxx::row& row) {
  IncidentRow incident;
  incident.id = IncidentId(row["id"].as<std::string>());
  incident.provider = ProviderId(row["provider"].as<std::string>());
  for (std::string& service : pg::FromPgArray(row["services"])) {
    incident.services.emplace_back(std::move(service));
  }
  incident.impact = ImpactFromString(row["impact"].as<std::string>()).value_or(Impact::kUnknown);
  incident.stages.investigating = pg::OptionalTimeFromPg(row["investigating_at"]);
  incident.stages.identified = pg::OptionalTimeFromPg(row["identified_at"]);
  incident.stages.monitoring = pg::OptionalTimeFromPg(row["monitoring_at"]);
  incident.stages.resolved = pg::OptionalTimeFromPg(row["resolved_stage_at"]);
  incident.stages.postmortem = pg::OptionalTimeFromPg(row["postmortem_at"]);
  incident.impact_started_at = pg::OptionalTimeFromPg(row["impact_started_at"]);
  incident.ongoing = row["ongoing"].as<bool>();
  incident.withdrawn = row["withdrawn"].as<bool>();
  incident.version = row["version"].as<std::int64_t>();
  return incident;
}

}  // namespace

absl::StatusOr<std::int64_t> PgRowSource::ReadSince(
    std::int64_t version, const std::function<void()>& restart,
    const std::function<void(const IncidentRow&)>& take) {
  return pool_.Transact("read_rows", [&](pqxx::work& tx) -> absl::StatusOr<std::int64_t> {
    BeginRead(tx);
    restart();
    const auto newest = pg::Exec(tx, kVersion)[0][0].as<std::int64_t>();
    if (newest == version) return newest;
    pg::Exec(tx, kRowsSince, version);
    pqxx::result rows;
    do {
      rows = pg::Exec(tx, kNextRows);
      for (const pqxx::row& row : rows) take(RowFrom(row));
    } while (rows.size() == kPortion);
    return newest;
  });
}

absl::StatusOr<DataFingerprint> PgRowSource::Fingerprint() {
  return pool_.Transact("fingerprint", [](pqxx::work& tx) -> absl::StatusOr<DataFingerprint> {
    const pqxx::result rows = pg::Exec(tx, kFingerprint);
    return DataFingerprint{rows[0]["version"].as<std::int64_t>(),
                           rows[0]["count"].as<std::int64_t>(),
                           rows[0]["version_sum"].as<std::int64_t>()};
  });
}

absl::Status PgRowSource::Probe() {
  return pool_.Transact("probe", [](pqxx::work& tx) {
    pg::Exec(tx, kVersion);
    return absl::OkStatus();
  });
}

}  // namespace fails::analytics
