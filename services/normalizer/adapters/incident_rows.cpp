// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/incident_rows.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "common/pg/query.h"

namespace fails::normalizer {
namespace {

namespace json = boost::json;

json::value TimeJson(const std::optional<absl::Time>& time) {
  if (!time) return nullptr;
  return json::value(pg::ToPg(*time));
}

template <class List, class Text>
json::array TextArray(const List& list, Text text) {
  json::array array;
  for (const auto& item : list) array.emplace_back(text(item));
  return array;
}

json::value WordJson(std::string_view word) {
  return json::string(word);
}

// Everything searchable; to_tsvector refuses more than 1 MiB.
constexpr std::size_t kSearchTextLimit = 256 * 1024;

std::string SearchText(const Incident& incident) {
  std::string text = incident.content().title;
  for (const Update& update : incident.content().updates) {
    if (text.size() + update.body.size() > kSearchTextLimit) break;
    text += '\n';
    text += update.body;
  }
  return text;
}

json::object IncidentRow(const Incident& incident) {
  const IncidentContent& content = incident.content();
  const Stages& stages = incident.stages();
  return {
      {"id", incident.id().str()},
      {"provider", incident.provider().str()},
      {"native_id", incident.native_id()},
      {"page", content.page.str()},
      {"title", content.title},
      {"url", content.url},
      {"impact", WordJson(ToString(content.impact))},
      {"status", WordJson(ToString(content.status))},
      {"services", TextArray(content.services, [](const ServiceId& s) { return s.str(); })},
      {"flags", TextArray(incident.flags(), [](const std::string& f) { return f; })},
      {"investigating_at", TimeJson(stages.investigating)},
      {"identified_at", TimeJson(stages.identified)},
      {"monitoring_at", TimeJson(stages.monitoring)},
      {"resolved_stage_at", TimeJson(stages.resolved)},
      {"postmortem_at", TimeJson(stages.postmortem)},
      {"started_at", TimeJson(incident.started_at())},
      {"closed_at", TimeJson(incident.closed_at())},
      {"impact_started_at", TimeJson(content.impact_started_at)},
      {"impact_ended_at", TimeJson(content.impact_ended_at)},
      {"scheduled_for", TimeJson(content.scheduled_for)},
      {"scheduled_until", TimeJson(content.scheduled_until)},
      {"withdrawn_at", TimeJson(content.withdrawn_at)},
      {"sort_at", TimeJson(incident.sort_at())},
      {"ongoing", incident.ongoing()},
      {"url_guessed", content.url_guessed},
      {"backfilled", content.backfilled},
      {"unknown_component", content.unknown_component},
      {"end_inferred_at", TimeJson(content.end_inferred_at)},
      {"broad", content.broad},
      {"imported", content.imported},
      {"platform", content.platform},
      {"revision", incident.revision()},
      {"first_seen_at", TimeJson(incident.first_seen_at())},
      {"updated_at", TimeJson(incident.updated_at())},
      {"source_at", TimeJson(incident.source_at())},
      {"search_text", SearchText(incident)},
  };
}

IncidentContent ContentFromRow(const pqxx::row& row) {
  IncidentContent content;
  content.page = PageId(row["page"].as<std::string>());
  content.title = row["title"].as<std::string>();
  content.url = row["url"].as<std::string>();
  content.impact = ImpactFromString(row["impact"].as<std::string>()).value_or(Impact::kUnknown);
  content.status =
      IncidentStatusFromString(row["status"].as<std::string>()).value_or(IncidentStatus::kUnknown);
  for (std::string& service : pg::FromPgArray(row["services"])) {
    content.services.emplace_back(std::move(service));
  }
  content.impact_started_at = pg::OptionalTimeFromPg(row["impact_started_at"]);
  content.impact_ended_at = pg::OptionalTimeFromPg(row["impact_ended_at"]);
  content.scheduled_for = pg::OptionalTimeFromPg(row["scheduled_for"]);
  content.scheduled_until = pg::OptionalTimeFromPg(row["scheduled_until"]);
  content.withdrawn_at = pg::OptionalTimeFromPg(row["withdrawn_at"]);
  content.url_guessed = row["url_guessed"].as<bool>();
  content.backfilled = row["backfilled"].as<bool>();
  content.unknown_component = row["unknown_component"].as<bool>();
  content.end_inferred_at = pg::OptionalTimeFromPg(row["end_inferred_at"]);
  content.broad = row["broad"].as<bool>();
  content.imported = row["imported"].as<bool>();
  content.platform = row["platform"].as<std::string>();
  return content;
}

std::map<std::string, std::vector<Update>> UpdatesByIncident(const pqxx::result& rows) {
  std::map<std::string, std::vector<Update>> updates;
  for (const pqxx::row& row : rows) {
    updates[row["incident_id"].as<std::string>()].push_back(
        {row["native_id"].as<std::string>(),
         IncidentStatusFromString(row["status"].as<std::string>())
             .value_or(IncidentStatus::kUnknown),
         pg::TimeFromPg(row["at"]), row["body"].as<std::string>()});
  }
  return updates;
}

std::map<std::string, std::vector<ImpactInterval>> IntervalsByIncident(const pqxx::result& rows) {
  std::map<std::string, std::vector<ImpactInterval>> intervals;
  for (const pqxx::row& row : rows) {
    intervals[row["incident_id"].as<std::string>()].push_back(
        {ServiceId(row["service"].as<std::string>()), pg::TimeFromPg(row["started_at"]),
         pg::OptionalTimeFromPg(row["ended_at"]),
         ServiceStatusFromString(row["level"].as<std::string>())
             .value_or(ServiceStatus::kUnknown)});
  }
  return intervals;
}

}  // namespace

absl::StatusOr<StoredIncidents> IncidentsFromRows(const pqxx::result& incidents,
                                                  const pqxx::result& updates,
                                                  const pqxx::result& intervals) {
  auto updates_by_incident = UpdatesByIncident(updates);
  auto intervals_by_incident = IntervalsByIncident(intervals);
  StoredIncidents stored;
  for (const pqxx::row& row : incidents) {
    const std::string id = row["id"].as<std::string>();
    IncidentContent content = ContentFromRow(row);
    content.updates = std::move(updates_by_incident[id]);
    content.impact_intervals = std::move(intervals_by_incident[id]);
    auto incident =
        Incident::Make(ProviderId(row["provider"].as<std::string>()),
                       row["native_id"].as<std::string>(), std::move(content),
                       row["revision"].as<std::int64_t>(), pg::TimeFromPg(row["first_seen_at"]),
                       pg::TimeFromPg(row["updated_at"]), pg::TimeFromPg(row["source_at"]));
    if (!incident.ok()) {
      return absl::DataLossError(
          fmt::format("stored incident {}: {}", id, std::string(incident.status().message())));
    }
    stored.emplace(IncidentId(id), *std::move(incident));
  }
  return stored;
}

std::string IncidentRowsJson(std::span<const Change> changes) {
  json::array rows;
  for (const Change& change : changes) rows.push_back(IncidentRow(change.incident));
  return json::serialize(rows);
}

std::string UpdateRowsJson(std::span<const Change> changes) {
  json::array rows;
  for (const Change& change : changes) {
    std::int64_t position = 0;
    for (const Update& update : change.incident.content().updates) {
      rows.push_back(json::object{{"incident_id", change.incident.id().str()},
                                  {"position", position++},
                                  {"native_id", update.native_id},
                                  {"status", WordJson(ToString(update.status))},
                                  {"at", TimeJson(update.at)},
                                  {"body", update.body}});
    }
  }
  return json::serialize(rows);
}

std::string IntervalRowsJson(std::span<const Change> changes) {
  json::array rows;
  for (const Change& change : changes) {
    std::int64_t position = 0;
    for (const ImpactInterval& interval : change.incident.content().impact_intervals) {
      rows.push_back(json::object{{"incident_id", change.incident.id().str()},
                                  {"position", position++},
                                  {"service", interval.service.str()},
                                  {"started_at", TimeJson(interval.from)},
                                  {"ended_at", TimeJson(interval.to)},
                                  {"level", WordJson(ToString(interval.level))}});
    }
  }
  return json::serialize(rows);
}

}  // namespace fails::normalizer
