// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/incident_store.h"

#include "common/base/status_macros.h"
#include "common/outbox/inbox.h"
#include "common/outbox/outbox.h"
#include "common/pg/query.h"
#include "common/wire/cloud_event.h"
#include "services/normalizer/adapters/incident_rows.h"
#include "services/normalizer/app/announcement.h"

namespace fails::normalizer {
namespace {

constexpr char kSchema[] = "incidents";
constexpr char kConsumer[] = "normalizer";

constexpr pg::Query kLockPage = {"lock_page",
                                 "SELECT pg_advisory_xact_lock(hashtext('page'), hashtext($1))"};

constexpr pg::Query kSelectIncidents = {
    "select_incidents",
    "SELECT * FROM incidents.incident WHERE id = ANY($1::text[])"
    " OR ($2::boolean AND page = $3 AND sort_at >= coalesce($4::timestamptz, '-infinity'))"};

constexpr pg::Query kSelectUpdates = {
    "select_updates",
    "SELECT * FROM incidents.incident_update WHERE incident_id = ANY($1::text[])"
    " ORDER BY incident_id, position"};

constexpr pg::Query kNextVersion = {
    "next_version", "UPDATE incidents.data_version SET version = version + 1 RETURNING version"};

constexpr pg::Query kUpsertIncidents = {
    "upsert_incidents",
    "INSERT INTO incidents.incident AS old"
    " (id, provider, native_id, page, title, url, impact, status, services, flags, "
    "investigating_at, identified_at,"
    " monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, impact_started_at, "
    "impact_ended_at,"
    " scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, backfilled, "
    "unknown_component, revision, version,"
    " first_seen_at, updated_at, source_at, search)"
    " SELECT id, provider, native_id, page, title, url, impact, status, services, flags, "
    "investigating_at,"
    " identified_at, monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, "
    "impact_started_at,"
    " impact_ended_at, scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, backfilled, "
    "unknown_component,"
    " revision, version, first_seen_at, updated_at, source_at, to_tsvector('simple', search_text)"
    " FROM jsonb_to_recordset($1::jsonb) AS new (id text, provider text, native_id text, page "
    "text, title text,"
    " url text, impact text, status text, services text[], flags text[], investigating_at "
    "timestamptz,"
    " identified_at timestamptz, monitoring_at timestamptz, resolved_stage_at timestamptz, "
    "postmortem_at timestamptz,"
    " started_at timestamptz, closed_at timestamptz, impact_started_at timestamptz, "
    "impact_ended_at timestamptz,"
    " scheduled_for timestamptz, scheduled_until timestamptz, withdrawn_at timestamptz, sort_at "
    "timestamptz,"
    " ongoing boolean, backfilled boolean, unknown_component boolean, revision bigint, version "
    "bigint,"
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
    " withdrawn_at = excluded.withdrawn_at, sort_at = excluded.sort_at, ongoing = excluded.ongoing,"
    " backfilled = excluded.backfilled, unknown_component = excluded.unknown_component,"
    " revision = excluded.revision, version = excluded.version, updated_at = excluded.updated_at,"
    " source_at = excluded.source_at, search = excluded.search"};

constexpr pg::Query kDeleteUpdates = {
    "delete_updates", "DELETE FROM incidents.incident_update WHERE incident_id = ANY($1::text[])"};

constexpr pg::Query kInsertUpdates = {
    "insert_updates",
    "INSERT INTO incidents.incident_update (incident_id, position, native_id, status, at, body)"
    " SELECT incident_id, position, native_id, status, at, body FROM jsonb_to_recordset($1::jsonb)"
    " AS new (incident_id text, position integer, native_id text, status text, at timestamptz, "
    "body text)"};

// Seen again, unchanged: what an older document says later must still not count.
constexpr pg::Query kTouchSource = {"touch_source",
                                    "UPDATE incidents.incident SET source_at = $2::timestamptz"
                                    " WHERE id = ANY($1::text[]) AND source_at < $2::timestamptz"};

constexpr pg::Query kSchemaThere = {"schema_there",
                                    "SELECT to_regclass('incidents.outbox') IS NOT NULL"};

std::string IdArray(const std::vector<IncidentId>& ids) {
  std::vector<std::string> texts;
  for (const IncidentId& id : ids) texts.push_back(id.str());
  return pg::ToPgArray(texts);
}

absl::StatusOr<StoredIncidents> Load(pqxx::work& tx, const UpdateScope& scope) {
  const pqxx::result incidents =
      pg::Exec(tx, kSelectIncidents, IdArray(scope.ids), scope.listing.has_value(),
               scope.page.str(), pg::ToPg(scope.listing ? scope.listing->oldest : std::nullopt));
  std::vector<IncidentId> found;
  for (const pqxx::row& row : incidents) found.emplace_back(row["id"].as<std::string>());
  return IncidentsFromRows(incidents, pg::Exec(tx, kSelectUpdates, IdArray(found)));
}

void Save(pqxx::work& tx, const std::vector<Change>& changes) {
  const auto version = pg::Exec(tx, kNextVersion)[0][0].as<std::int64_t>();
  std::vector<IncidentId> ids;
  for (const Change& change : changes) ids.push_back(change.incident.id());
  pg::Exec(tx, kUpsertIncidents, IncidentRowsJson(changes, version));
  pg::Exec(tx, kDeleteUpdates, IdArray(ids));
  pg::Exec(tx, kInsertUpdates, UpdateRowsJson(changes));
  for (const Change& change : changes) {
    const v1::IncidentEvent event = Announcement(change);
    outbox::Enqueue(tx, kSchema, wire::EventSubject(event), wire::ToCloudEvent(event));
  }
}

}  // namespace

absl::StatusOr<UpdateResult> PgIncidentStore::Update(const UpdateScope& scope,
                                                     const Decide& decide) {
  auto result =
      pool_.Transact("update_incidents", [&](pqxx::work& tx) -> absl::StatusOr<UpdateResult> {
        if (!scope.message_key.empty() &&
            !outbox::MarkHandled(tx, kSchema, kConsumer, scope.message_key)) {
          return UpdateResult{.repeat = true};
        }
        pg::Exec(tx, kLockPage, scope.page.str());
        FAILS_ASSIGN_OR_RETURN(const StoredIncidents stored, Load(tx, scope));
        FAILS_ASSIGN_OR_RETURN(const std::vector<Change> changes, decide(stored));
        if (!changes.empty()) Save(tx, changes);
        if (!scope.ids.empty()) {
          pg::Exec(tx, kTouchSource, IdArray(scope.ids), pg::ToPg(scope.fetched_at));
        }
        return UpdateResult{.repeat = false, .changed = static_cast<int>(changes.size())};
      });
  // A missing table or privilege is a migration that is still to come: no reason to give a document
  // up.
  if (absl::IsFailedPrecondition(result.status())) {
    return absl::UnavailableError(result.status().message());
  }
  return result;
}

absl::Status PgIncidentStore::Probe() {
  return pool_.Transact("probe", [](pqxx::work& tx) {
    if (pg::Exec(tx, kSchemaThere)[0][0].as<bool>()) return absl::OkStatus();
    return absl::UnavailableError("the schema 'incidents' is not there yet");
  });
}

}  // namespace fails::normalizer
