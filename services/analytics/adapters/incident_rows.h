// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include "fails/v1/incident.pb.h"

namespace fails::analytics {

// What IncidentFromRow reads, of the view incidents.v1_incident.
inline constexpr char kIncidentColumns[] =
    "id, provider, native_id, page, title, url, impact, status, services, flags, investigating_at, "
    "identified_at,"
    " monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, "
    "impact_started_at, "
    "impact_ended_at,"
    " scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, revision, first_seen_at, "
    "updated_at, resolved_at";

// The public view of a stored incident, equal to what common/wire makes of the domain's Incident.
// Without updates and impact intervals.
v1::Incident IncidentFromRow(const pqxx::row& row);

// One row of v1_incident_update (status, at, body).
v1::IncidentUpdate UpdateFromRow(const pqxx::row& row);

// One row of v1_impact_interval (service, started_at, ended_at, level).
v1::ImpactInterval IntervalFromRow(const pqxx::row& row);

// A column `status` or `level` that says how a service does.
v1::ServiceStatus ServiceStatusFrom(const pqxx::field& field);

}  // namespace fails::analytics
