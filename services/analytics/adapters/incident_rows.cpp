// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/incident_rows.h"

#include <string>
#include <utility>

#include "common/domain/levels.h"
#include "common/domain/service_status.h"
#include "common/pg/query.h"
#include "common/wire/incident_proto.h"
#include "common/wire/service_status_proto.h"
#include "common/wire/time_proto.h"

namespace fails::analytics {
namespace {

std::string Text(const pqxx::row& row, const char* column) {
  return row[column].as<std::string>();
}

// Sets an optional Timestamp field through its mutable_… accessor.
template <class Mutable>
void SetIf(const pqxx::field& field, Mutable mutable_field) {
  if (const auto time = pg::OptionalTimeFromPg(field)) *mutable_field() = wire::ToProto(*time);
}

v1::IncidentStatus StatusOf(const pqxx::row& row) {
  return wire::ToProto(
      IncidentStatusFromString(Text(row, "status")).value_or(IncidentStatus::kUnknown));
}

void FillStages(const pqxx::row& row, v1::Stages& stages) {
  SetIf(row["investigating_at"], [&] { return stages.mutable_investigating(); });
  SetIf(row["identified_at"], [&] { return stages.mutable_identified(); });
  SetIf(row["monitoring_at"], [&] { return stages.mutable_monitoring(); });
  SetIf(row["resolved_stage_at"], [&] { return stages.mutable_resolved(); });
  SetIf(row["postmortem_at"], [&] { return stages.mutable_postmortem(); });
}

}  // namespace

v1::Incident IncidentFromRow(const pqxx::row& row) {
  v1::Incident incident;
  incident.set_id(Text(row, "id"));
  incident.set_native_id(Text(row, "native_id"));
  incident.set_provider(Text(row, "provider"));
  incident.set_page(Text(row, "page"));
  incident.set_title(Text(row, "title"));
  incident.set_url(Text(row, "url"));
  incident.set_impact(
      wire::ToProto(ImpactFromString(Text(row, "impact")).value_or(Impact::kUnknown)));
  incident.set_status(StatusOf(row));
  for (std::string& service : pg::FromPgArray(row["services"])) {
    incident.add_services(std::move(service));
  }
  FillStages(row, *incident.mutable_stages());
  SetIf(row["started_at"], [&] { return incident.mutable_started_at(); });
  SetIf(row["resolved_at"], [&] { return incident.mutable_resolved_at(); });
  SetIf(row["closed_at"], [&] { return incident.mutable_closed_at(); });
  SetIf(row["impact_started_at"], [&] { return incident.mutable_impact_started_at(); });
  SetIf(row["impact_ended_at"], [&] { return incident.mutable_impact_ended_at(); });
  SetIf(row["scheduled_for"], [&] { return incident.mutable_scheduled_for(); });
  SetIf(row["scheduled_until"], [&] { return incident.mutable_scheduled_until(); });
  SetIf(row["withdrawn_at"], [&] { return incident.mutable_withdrawn_at(); });
  if (incident.has_closed_at() && incident.has_started_at()) {
    incident.set_duration_seconds(incident.closed_at().seconds() - incident.started_at().seconds());
  }
  incident.set_ongoing(row["ongoing"].as<bool>());
  for (std::string& flag : pg::FromPgArray(row["flags"])) incident.add_flags(std::move(flag));
  incident.set_revision(row["revision"].as<std::int64_t>());
  SetIf(row["first_seen_at"], [&] { return incident.mutable_first_seen_at(); });
  SetIf(row["updated_at"], [&] { return incident.mutable_updated_at(); });
  return incident;
}

v1::IncidentUpdate UpdateFromRow(const pqxx::row& row) {
  v1::IncidentUpdate update;
  update.set_status(StatusOf(row));
  SetIf(row["at"], [&] { return update.mutable_at(); });
  update.set_body(Text(row, "body"));
  return update;
}

v1::ImpactInterval IntervalFromRow(const pqxx::row& row) {
  v1::ImpactInterval interval;
  interval.set_service(Text(row, "service"));
  SetIf(row["started_at"], [&] { return interval.mutable_from(); });
  SetIf(row["ended_at"], [&] { return interval.mutable_to(); });
  interval.set_level(ServiceStatusFrom(row["level"]));
  return interval;
}

v1::ServiceStatus ServiceStatusFrom(const pqxx::field& field) {
  const auto status = ServiceStatusFromString(field.as<std::string>());
  return wire::ToProto(status.value_or(ServiceStatus::kUnknown));
}

}  // namespace fails::analytics
