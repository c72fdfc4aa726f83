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

#define FAILS_INCIDENT_COLUMNS                                                                 \
  "id, provider, services, impact, investigating_at, identified_at, monitoring_at, "           \
  "resolved_stage_at, postmortem_at, impact_started_at, ongoing, withdrawn_at IS NOT NULL AS " \
  "withdrawn, version FROM incidents.v1_incident "
#define FAILS_DAY_COLUMNS \
  "service, date, partial_seconds, major_seconds, version FROM incidents.v1_outage_day "

constexpr pg::Query kRowsSince = {"rows_since",
                                  "DECLARE snapshot_rows NO SCROLL CURSOR FOR"
                                  " SELECT " FAILS_INCIDENT_COLUMNS
                                  "WHERE version > $1::bigint ORDER BY version, id"};
constexpr pg::Query kNextRows = {"next_rows", "FETCH 5000 FROM snapshot_rows"};

constexpr pg::Query kDaysSince = {"days_since",
                                  "DECLARE snapshot_days NO SCROLL CURSOR FOR"
                                  " SELECT " FAILS_DAY_COLUMNS
                                  "WHERE version > $1::bigint ORDER BY service, date"};
constexpr pg::Query kNextDays = {"next_days", "FETCH 5000 FROM snapshot_days"};

constexpr pg::Query kFingerprint = {
    "data_fingerprint",
    "SELECT (SELECT version FROM incidents.v1_data_version) AS version, i.count, i.version_sum,"
    " d.count AS day_count, d.version_sum AS day_version_sum"
    " FROM (SELECT count(*) AS count, coalesce(sum(version), 0)::bigint AS version_sum"
    " FROM incidents.v1_incident WHERE withdrawn_at IS NULL) AS i,"
    " (SELECT count(*) AS count, coalesce(sum(version), 0)::bigint AS version_sum"
    " FROM incidents.v1_outage_day) AS d"};

// Along the primary keys.
constexpr int kSampled = 1000;
constexpr pg::Query kSampleRows = {"sample_rows",
                                   "SELECT " FAILS_INCIDENT_COLUMNS
                                   "WHERE id > $1 AND withdrawn_at IS NULL ORDER BY id LIMIT 1000"};
constexpr pg::Query kSampleDays = {
    "sample_days", "SELECT " FAILS_DAY_COLUMNS
                   "WHERE (service, date) > ($1, $2::date) ORDER BY service, date LIMIT 1000"};

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

OutageDayRow DayFrom(const pqxx::row& row) {
  OutageDayRow day;
  day.service = ServiceId(row["service"].as<std::string>());
  if (!absl::ParseCivilTime(row["date"].c_str(), &day.day.date)) {
    throw pqxx::conversion_error("not a date: '" + row["date"].as<std::string>() + "'");
  }
  day.day.partial_seconds = row["partial_seconds"].as<std::int32_t>();
  day.day.major_seconds = row["major_seconds"].as<std::int32_t>();
  day.version = row["version"].as<std::int64_t>();
  return day;
}

template <class Take>
void ReadAll(pqxx::work& tx, const pg::Query& declare, const pg::Query& fetch, std::int64_t version,
             const Take& take) {
  pg::Exec(tx, declare, version);
  pqxx::result rows;
  do {
    rows = pg::Exec(tx, fetch);
    for (const pqxx::row& row : rows) take(row);
  } while (rows.size() == kPortion);
}

}  // namespace

absl::StatusOr<std::int64_t> PgRowSource::ReadSince(std::int64_t version, const RowSink& sink) {
  return pool_.Transact("read_rows", [&](pqxx::work& tx) -> absl::StatusOr<std::int64_t> {
    BeginRead(tx);
    sink.restart();
    const auto newest = pg::Exec(tx, kVersion)[0][0].as<std::int64_t>();
    if (newest == version) return newest;
    ReadAll(tx, kRowsSince, kNextRows, version,
            [&](const pqxx::row& row) { sink.incident(RowFrom(row)); });
    ReadAll(tx, kDaysSince, kNextDays, version,
            [&](const pqxx::row& row) { sink.outage_day(DayFrom(row)); });
    return newest;
  });
}

absl::StatusOr<DataFingerprint> PgRowSource::Fingerprint() {
  return pool_.Transact("fingerprint", [](pqxx::work& tx) -> absl::StatusOr<DataFingerprint> {
    const pqxx::row row = pg::Exec(tx, kFingerprint)[0];
    return DataFingerprint{row["version"].as<std::int64_t>(), row["count"].as<std::int64_t>(),
                           row["version_sum"].as<std::int64_t>(),
                           row["day_count"].as<std::int64_t>(),
                           row["day_version_sum"].as<std::int64_t>()};
  });
}

absl::StatusOr<DataSample> PgRowSource::Sample(const SamplePosition& after) {
  return pool_.Transact("sample", [&](pqxx::work& tx) -> absl::StatusOr<DataSample> {
    BeginRead(tx);
    DataSample sample;
    sample.version = pg::Exec(tx, kVersion)[0][0].as<std::int64_t>();
    for (const pqxx::row& row : pg::Exec(tx, kSampleRows, after.incident)) {
      sample.incidents.push_back(RowFrom(row));
    }
    if (sample.incidents.size() == kSampled)
      sample.next.incident = sample.incidents.back().id.str();
    const std::string date = after.date.empty() ? "-infinity" : after.date;
    for (const pqxx::row& row : pg::Exec(tx, kSampleDays, after.service, date)) {
      sample.days.push_back(DayFrom(row));
    }
    if (sample.days.size() == kSampled) {
      sample.next.service = sample.days.back().service.str();
      sample.next.date = absl::FormatCivilTime(sample.days.back().day.date);
    }
    return sample;
  });
}

absl::Status PgRowSource::Probe() {
  return pool_.Transact("probe", [](pqxx::work& tx) {
    pg::Exec(tx, kVersion);
    return absl::OkStatus();
  });
}

}  // namespace fails::analytics
