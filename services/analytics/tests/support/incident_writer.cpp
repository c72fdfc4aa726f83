// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/incident_writer.h"

#include <optional>
#include <stdexcept>
#include <utility>

#include "common/pg/query.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {
namespace {

constexpr char kUpsert[] =
    "INSERT INTO incidents.incident (id, provider, native_id, page, title, url, impact, status, "
    "services, flags,"
    " investigating_at, identified_at, monitoring_at, resolved_stage_at, postmortem_at, "
    "started_at, closed_at,"
    " impact_started_at, impact_ended_at, scheduled_for, scheduled_until, withdrawn_at, sort_at, "
    "ongoing, backfilled,"
    " unknown_component, revision, version, first_seen_at, updated_at, source_at, search)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::text[], $11::timestamptz, "
    "$12::timestamptz,"
    " $13::timestamptz, $14::timestamptz, $15::timestamptz, $16::timestamptz, $17::timestamptz, "
    "$18::timestamptz,"
    " $19::timestamptz, $20::timestamptz, $21::timestamptz, $22::timestamptz, $23::timestamptz, "
    "$24::boolean,"
    " $25::boolean, $26::boolean, $27::bigint, $28::bigint, $29::timestamptz, $30::timestamptz, "
    "$31::timestamptz,"
    " to_tsvector('simple', $32))"
    " ON CONFLICT (id) DO UPDATE SET title = excluded.title, impact = excluded.impact, status = "
    "excluded.status,"
    " services = excluded.services, flags = excluded.flags, investigating_at = "
    "excluded.investigating_at,"
    " identified_at = excluded.identified_at, monitoring_at = excluded.monitoring_at,"
    " resolved_stage_at = excluded.resolved_stage_at, postmortem_at = excluded.postmortem_at,"
    " started_at = excluded.started_at, closed_at = excluded.closed_at, withdrawn_at = "
    "excluded.withdrawn_at,"
    " sort_at = excluded.sort_at, ongoing = excluded.ongoing, revision = excluded.revision,"
    " version = excluded.version, updated_at = excluded.updated_at, search = excluded.search";

const char* OrNull(const std::optional<std::string>& text) {
  return text ? text->c_str() : nullptr;
}

void WriteOne(pqxx::work& tx, const Incident& incident, std::int64_t version) {
  const IncidentContent& content = incident.content();
  const Stages& stages = incident.stages();
  std::vector<std::string> services;
  for (const ServiceId& service : content.services) services.push_back(service.str());
  std::string search = content.title;
  for (const Update& update : content.updates) search += '\n' + update.body;
  const auto time = [](const std::optional<absl::Time>& at) { return pg::ToPg(at); };
  const auto investigating = time(stages.investigating), identified = time(stages.identified),
             monitoring = time(stages.monitoring), resolved = time(stages.resolved),
             postmortem = time(stages.postmortem), started = time(incident.started_at()),
             closed = time(incident.closed_at()), impact_started = time(content.impact_started_at),
             impact_ended = time(content.impact_ended_at), planned = time(content.scheduled_for),
             planned_until = time(content.scheduled_until), withdrawn = time(content.withdrawn_at);
  const auto flag = [](bool value) { return value ? "true" : "false"; };
  tx.exec_params(kUpsert, incident.id().str(), incident.provider().str(), incident.native_id(),
                 content.page.str(), content.title, content.url,
                 std::string(ToString(content.impact)), std::string(ToString(content.status)),
                 pg::ToPgArray(services), pg::ToPgArray(incident.flags()), OrNull(investigating),
                 OrNull(identified), OrNull(monitoring), OrNull(resolved), OrNull(postmortem),
                 OrNull(started), OrNull(closed), OrNull(impact_started), OrNull(impact_ended),
                 OrNull(planned), OrNull(planned_until), OrNull(withdrawn),
                 pg::ToPg(incident.sort_at()), flag(incident.ongoing()), flag(content.backfilled),
                 flag(content.unknown_component), incident.revision(), version,
                 pg::ToPg(incident.first_seen_at()), pg::ToPg(incident.updated_at()),
                 pg::ToPg(incident.source_at()), search);
  tx.exec_params("DELETE FROM incidents.incident_update WHERE incident_id = $1",
                 incident.id().str());
  int position = 0;
  for (const Update& update : content.updates) {
    tx.exec_params(
        "INSERT INTO incidents.incident_update VALUES ($1, $2, $3, $4, $5::timestamptz, $6)",
        incident.id().str(), position++, update.native_id, std::string(ToString(update.status)),
        pg::ToPg(update.at), update.body);
  }
}

std::int64_t NextVersion(pqxx::work& tx) {
  return tx.exec1("UPDATE incidents.data_version SET version = version + 1 RETURNING version")[0]
      .as<std::int64_t>();
}

}  // namespace

IncidentContent ContentOf(const std::string& page, std::vector<std::string> services,
                          const std::string& start, int minutes_to_resolved) {
  const absl::Time at = At(start);
  IncidentContent content;
  content.page = PageId(page);
  content.title = "Elevated errors";
  content.url = "https://status.example/incidents/x";
  content.impact = Impact::kMinor;
  content.status = IncidentStatus::kResolved;
  for (std::string& service : services) content.services.emplace_back(std::move(service));
  content.updates = {{"u2", IncidentStatus::kResolved, at + absl::Minutes(minutes_to_resolved),
                      "This is resolved."},
                     {"u1", IncidentStatus::kInvestigating, at, "We are looking into it."}};
  return content;
}

Incident MakeIncident(const std::string& provider, const std::string& native_id,
                      IncidentContent content, std::int64_t revision) {
  const absl::Time seen = content.updates.empty() ? At("2024-01-01T00:00:00Z")
                                                  : content.updates.back().at + absl::Seconds(30);
  auto incident =
      Incident::Make(ProviderId(provider), native_id, std::move(content), revision, seen,
                     seen + absl::Minutes(revision), seen + absl::Minutes(revision));
  if (!incident.ok()) throw std::invalid_argument(incident.status().ToString());
  return *std::move(incident);
}

std::int64_t IncidentWriter::Write(const std::vector<Incident>& incidents) {
  pqxx::work tx(connection_);
  const std::int64_t version = NextVersion(tx);
  for (const Incident& incident : incidents) WriteOne(tx, incident, version);
  tx.commit();
  return version;
}

std::int64_t IncidentWriter::WriteDays(const std::vector<Day>& days) {
  pqxx::work tx(connection_);
  const std::int64_t version = NextVersion(tx);
  for (const Day& day : days) {
    const std::string provider = day.service.substr(0, day.service.find('/'));
    tx.exec_params(
        "INSERT INTO incidents.outage_day (service, provider, page, date, partial_seconds, "
        "major_seconds, source_at, version) VALUES ($1, $2, $2, $3::date, $4, $5, now(), $6)"
        " ON CONFLICT (service, date) DO UPDATE SET partial_seconds = excluded.partial_seconds,"
        " major_seconds = excluded.major_seconds, version = excluded.version",
        day.service, provider, day.date, day.partial_seconds, day.major_seconds, version);
  }
  tx.commit();
  return version;
}

void IncidentWriter::Execute(const std::string& sql) {
  pqxx::work tx(connection_);
  tx.exec(sql);
  tx.commit();
}

}  // namespace fails::analytics::testing
