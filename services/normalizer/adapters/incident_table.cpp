// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/incident_table.h"

#include <set>

#include "common/pg/query.h"
#include "services/normalizer/adapters/incident_rows.h"

namespace fails::normalizer {
namespace {

// A listing of what is going on asks for what is going on alone; so does any of what an earlier
// platform of the page told of.
constexpr pg::Query kSelectIncidents = {
    "select_incidents",
    "SELECT * FROM incidents.incident WHERE id = ANY($1::text[])"
    " OR ($2::boolean AND page = $3 AND sort_at >= coalesce($4::timestamptz, '-infinity')"
    " AND NOT imported AND withdrawn_at IS NULL"
    " AND (ongoing OR (platform = $6 AND NOT $5::boolean)))"};

constexpr pg::Query kSelectUpdates = {
    "select_updates",
    "SELECT * FROM incidents.incident_update WHERE incident_id = ANY($1::text[])"
    " ORDER BY incident_id, position",
    /*prepared=*/true};

constexpr pg::Query kSelectIntervals = {
    "select_intervals",
    "SELECT * FROM incidents.impact_interval WHERE incident_id = ANY($1::text[])"
    " ORDER BY incident_id, position",
    /*prepared=*/true};

constexpr pg::Query kUpsertIncidents = {
    "upsert_incidents",
    "INSERT INTO incidents.incident AS old"
    " (id, provider, native_id, page, title, url, impact, status, services, flags, "
    "investigating_at, identified_at,"
    " monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, impact_started_at, "
    "impact_ended_at,"
    " scheduled_for, scheduled_until, withdrawn_at, end_inferred_at, sort_at, ongoing, backfilled, "
    "unknown_component, broad, imported, platform, url_guessed, revision, version,"
    " first_seen_at, updated_at, source_at, search)"
    " SELECT id, provider, native_id, page, title, url, impact, status, services, flags, "
    "investigating_at,"
    " identified_at, monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, "
    "impact_started_at,"
    " impact_ended_at, scheduled_for, scheduled_until, withdrawn_at, end_inferred_at, sort_at, "
    "ongoing, backfilled, unknown_component, broad, imported, platform, url_guessed,"
    " revision, $2::bigint, first_seen_at, updated_at, source_at, to_tsvector('simple', "
    "search_text)"
    " FROM json_to_recordset($1::json) AS new (id text, provider text, native_id text, page "
    "text, title text,"
    " url text, impact text, status text, services text[], flags text[], investigating_at "
    "timestamptz,"
    " identified_at timestamptz, monitoring_at timestamptz, resolved_stage_at timestamptz, "
    "postmortem_at timestamptz,"
    " started_at timestamptz, closed_at timestamptz, impact_started_at timestamptz, "
    "impact_ended_at timestamptz,"
    " scheduled_for timestamptz, scheduled_until timestamptz, withdrawn_at timestamptz, "
    "end_inferred_at timestamptz, sort_at timestamptz,"
    " ongoing boolean, backfilled boolean, unknown_component boolean, broad boolean, imported "
    "boolean, platform text, url_guessed boolean, revision bigint,"
    " first_seen_at timestamptz, updated_at timestamptz, source_at timestamptz, search_text text)"
    " ORDER BY id"
    " ON CONFLICT (id) DO UPDATE SET page = excluded.page, title = excluded.title, url = "
    "excluded.url,"
    " impact = excluded.impact, status = excluded.status, services = excluded.services, flags = "
    "excluded.flags,"
    " investigating_at = excluded.investigating_at, identified_at = excluded.identified_at,"
    " monitoring_at = excluded.monitoring_at, resolved_stage_at = excluded.resolved_stage_at,"
    " postmortem_at = excluded.postmortem_at, started_at = excluded.started_at, closed_at = "
    "excluded.closed_at,"
    " impact_started_at = excluded.impact_started_at, impact_ended_at = excluded.impact_ended_at,"
    " scheduled_for = excluded.scheduled_for, scheduled_until = excluded.scheduled_until,"
    " withdrawn_at = excluded.withdrawn_at, end_inferred_at = excluded.end_inferred_at, sort_at = "
    "excluded.sort_at, ongoing = excluded.ongoing,"
    " backfilled = excluded.backfilled, unknown_component = excluded.unknown_component,"
    " broad = excluded.broad, imported = excluded.imported, platform = excluded.platform,"
    " url_guessed = excluded.url_guessed,"
    " revision = excluded.revision, version = excluded.version, updated_at = excluded.updated_at,"
    " source_at = excluded.source_at, search = excluded.search",
    /*prepared=*/true};

constexpr pg::Query kDeleteUpdates = {
    "delete_updates", "DELETE FROM incidents.incident_update WHERE incident_id = ANY($1::text[])",
    /*prepared=*/true};

constexpr pg::Query kInsertUpdates = {
    "insert_updates",
    "INSERT INTO incidents.incident_update (incident_id, position, native_id, status, at, body)"
    " SELECT incident_id, position, native_id, status, at, body FROM json_to_recordset($1::json)"
    " AS new (incident_id text, position integer, native_id text, status text, at timestamptz, "
    "body text)",
    /*prepared=*/true};

constexpr pg::Query kDeleteIntervals = {
    "delete_intervals", "DELETE FROM incidents.impact_interval WHERE incident_id = ANY($1::text[])",
    /*prepared=*/true};

constexpr pg::Query kInsertIntervals = {
    "insert_intervals",
    "INSERT INTO incidents.impact_interval"
    " (incident_id, position, service, started_at, ended_at, level)"
    " SELECT incident_id, position, service, started_at, ended_at, level"
    " FROM json_to_recordset($1::json) AS new (incident_id text, position integer, service text,"
    " started_at timestamptz, ended_at timestamptz, level text)",
    /*prepared=*/true};

// Seen again, unchanged: what an older document says later must still not count.
constexpr pg::Query kTouchSource = {"touch_source",
                                    "UPDATE incidents.incident SET source_at = $2::timestamptz"
                                    " WHERE id = ANY($1::text[]) AND source_at < $2::timestamptz",
                                    /*prepared=*/true};

std::string IdArray(const std::vector<IncidentId>& ids) {
  std::vector<std::string> texts;
  for (const IncidentId& id : ids) texts.push_back(id.str());
  return pg::ToPgArray(texts);
}

std::vector<IncidentId> ReportedIds(const Statement& statement) {
  std::vector<IncidentId> ids;
  for (const MappedReport& report : statement.reports) ids.push_back(report.id());
  return ids;
}

}  // namespace

absl::StatusOr<StoredIncidents> LoadIncidents(pqxx::work& tx, const Statement& statement) {
  const auto& listing = statement.listing;
  const std::vector<IncidentId> ids = ReportedIds(statement);
  if (ids.empty() && !listing) return StoredIncidents{};
  const bool going_on = listing && listing->absence == platforms::Listing::Absence::kResolved;
  const pqxx::result incidents = pg::Exec(
      tx, kSelectIncidents, IdArray(ids), listing.has_value(), statement.source.page.str(),
      pg::ToPg(listing ? listing->oldest : std::nullopt), going_on, statement.source.platform);
  std::vector<IncidentId> found;
  for (const pqxx::row& row : incidents) found.emplace_back(row["id"].as<std::string>());
  if (found.empty()) return StoredIncidents{};
  const std::string array = IdArray(found);
  return IncidentsFromRows(incidents, pg::Exec(tx, kSelectUpdates, array),
                           pg::Exec(tx, kSelectIntervals, array));
}

IncidentRows RowsOf(const std::vector<Change>& changes, const StoredIncidents& stored) {
  IncidentRows rows{.incidents = IncidentRowsJson(changes), .updates = UpdateRowsJson(changes)};
  bool intervals = false;
  for (const Change& change : changes) {
    intervals = intervals || !change.incident.content().impact_intervals.empty();
    const auto it = stored.find(change.incident.id());
    if (it == stored.end()) continue;
    if (!it->second.content().updates.empty()) rows.replaced_updates.push_back(it->first);
    if (!it->second.content().impact_intervals.empty()) {
      rows.replaced_intervals.push_back(it->first);
    }
  }
  if (intervals) rows.intervals = IntervalRowsJson(changes);
  return rows;
}

void SaveIncidents(pqxx::work& tx, const IncidentRows& rows, std::int64_t version) {
  pg::Exec(tx, kUpsertIncidents, rows.incidents, version);
  if (!rows.replaced_updates.empty()) pg::Exec(tx, kDeleteUpdates, IdArray(rows.replaced_updates));
  pg::Exec(tx, kInsertUpdates, rows.updates);
  if (!rows.replaced_intervals.empty()) {
    pg::Exec(tx, kDeleteIntervals, IdArray(rows.replaced_intervals));
  }
  if (!rows.intervals.empty()) pg::Exec(tx, kInsertIntervals, rows.intervals);
}

void TouchIncidents(pqxx::work& tx, const Statement& statement,
                    const std::vector<Change>& changes) {
  if (statement.source.import()) return;
  std::set<IncidentId> written;  // with their source's time
  for (const Change& change : changes) written.insert(change.incident.id());
  std::vector<IncidentId> ids = ReportedIds(statement);
  std::erase_if(ids, [&](const IncidentId& id) { return written.contains(id); });
  if (!ids.empty()) {
    pg::Exec(tx, kTouchSource, IdArray(ids), pg::ToPg(statement.source.fetched_at));
  }
}

}  // namespace fails::normalizer
