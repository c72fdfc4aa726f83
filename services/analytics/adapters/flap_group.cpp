// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/flap_group.h"

#include <cstdint>
#include <string>

#include "common/pg/query.h"
#include "common/wire/time_proto.h"

namespace fails::analytics {
namespace {

constexpr std::int64_t kFewest = 3;

// Gaps and islands: an incident that begins more than 24 hours after the one before opens an
// island, and how many were opened so far is the number of the island.
constexpr pg::Query kSelectFlaps = {
    "select_flaps",
    "WITH namesake AS ("
    " SELECT id, sort_at, started_at, closed_at, ongoing,"
    " sort_at - lag(sort_at) OVER (ORDER BY sort_at, id) > interval '24 hours' AS opens"
    " FROM incidents.v1_incident WHERE provider = $1 AND title = $2"
    " AND withdrawn_at IS NULL AND impact <> 'maintenance'), "
    "placed AS ("
    " SELECT *, count(*) FILTER (WHERE opens) OVER (ORDER BY sort_at, id) AS island"
    " FROM namesake) "
    "SELECT id, sort_at, started_at, closed_at, ongoing, count(*) OVER () AS members,"
    " min(sort_at) OVER () AS first_at, max(sort_at) OVER () AS last_at"
    " FROM placed WHERE island = (SELECT island FROM placed WHERE id = $3)"
    " ORDER BY sort_at DESC, id DESC LIMIT 100"};

v1::Flap FlapFromRow(const pqxx::row& row) {
  v1::Flap flap;
  flap.set_id(row["id"].as<std::string>());
  *flap.mutable_at() = wire::ToProto(pg::TimeFromPg(row["sort_at"]));
  const auto started = pg::OptionalTimeFromPg(row["started_at"]);
  const auto closed = pg::OptionalTimeFromPg(row["closed_at"]);
  // Of whole seconds, as Incident.duration_seconds.
  if (started && closed) {
    flap.set_duration_seconds(wire::ToProto(*closed).seconds() - wire::ToProto(*started).seconds());
  }
  flap.set_ongoing(row["ongoing"].as<bool>());
  return flap;
}

}  // namespace

std::optional<v1::FlapGroup> FlapGroupOf(pqxx::work& tx, const v1::Incident& incident) {
  const pqxx::result rows =
      pg::Exec(tx, kSelectFlaps, incident.provider(), incident.title(), incident.id());
  if (rows.empty() || rows[0]["members"].as<std::int64_t>() < kFewest) return std::nullopt;
  v1::FlapGroup group;
  group.set_count(rows[0]["members"].as<std::int64_t>());
  *group.mutable_first_started_at() = wire::ToProto(pg::TimeFromPg(rows[0]["first_at"]));
  *group.mutable_last_started_at() = wire::ToProto(pg::TimeFromPg(rows[0]["last_at"]));
  for (const pqxx::row& row : rows) *group.add_flaps() = FlapFromRow(row);
  return group;
}

}  // namespace fails::analytics
