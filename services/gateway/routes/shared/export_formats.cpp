// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/export_formats.h"

#include <boost/json/serialize.hpp>
#include <initializer_list>
#include <string_view>

#include "common/base/time.h"
#include "common/wire/incident_proto.h"
#include "common/wire/json.h"
#include "common/wire/time_proto.h"
#include "services/gateway/routes/shared/csv_line.h"

namespace fails::gateway {
namespace {

template <class Messages>
std::string JsonLines(const Messages& messages) {
  std::string lines;
  for (const auto& message : messages) {
    lines += boost::json::serialize(wire::ToJson(message));
    lines += '\n';
  }
  return lines;
}

std::string Header(std::initializer_list<std::string_view> columns) {
  CsvLine line;
  for (const std::string_view column : columns) line.Plain(column);
  return line.Take();
}

std::string TimeIf(bool has, const google::protobuf::Timestamp& time) {
  return has ? ToRfc3339(wire::FromProto(time)) : std::string();
}

void PutStages(const v1::Stages& stages, CsvLine& line) {
  line.Plain(TimeIf(stages.has_investigating(), stages.investigating()))
      .Plain(TimeIf(stages.has_identified(), stages.identified()))
      .Plain(TimeIf(stages.has_monitoring(), stages.monitoring()))
      .Plain(TimeIf(stages.has_resolved(), stages.resolved()))
      .Plain(TimeIf(stages.has_postmortem(), stages.postmortem()));
}

}  // namespace

std::string NdjsonOf(const v1::ExportIncidentsResponse& portion) {
  return JsonLines(portion.incidents());
}

std::string NdjsonOf(const v1::ExportOutageDaysResponse& portion) {
  return JsonLines(portion.outage_days());
}

std::string IncidentCsvHeader() {
  return Header({"id",
                 "native_id",
                 "provider",
                 "page",
                 "title",
                 "url",
                 "impact",
                 "status",
                 "services",
                 "stage_investigating",
                 "stage_identified",
                 "stage_monitoring",
                 "stage_resolved",
                 "stage_postmortem",
                 "started_at",
                 "resolved_at",
                 "closed_at",
                 "impact_started_at",
                 "impact_ended_at",
                 "duration_seconds",
                 "ongoing",
                 "flags",
                 "revision",
                 "first_seen_at",
                 "updated_at",
                 "withdrawn_at",
                 "scheduled_for",
                 "scheduled_until"});
}

std::string CsvOf(const v1::ExportIncidentsResponse& portion) {
  std::string lines;
  for (const v1::Incident& incident : portion.incidents()) {
    CsvLine line;
    line.Text(incident.id())
        .Text(incident.native_id())
        .Text(incident.provider())
        .Text(incident.page())
        .Text(incident.title())
        .Text(incident.url())
        .Plain(ToString(wire::FromProto(incident.impact())))
        .Plain(ToString(wire::FromProto(incident.status())))
        .List(incident.services());
    PutStages(incident.stages(), line);
    line.Plain(TimeIf(incident.has_started_at(), incident.started_at()))
        .Plain(TimeIf(incident.has_resolved_at(), incident.resolved_at()))
        .Plain(TimeIf(incident.has_closed_at(), incident.closed_at()))
        .Plain(TimeIf(incident.has_impact_started_at(), incident.impact_started_at()))
        .Plain(TimeIf(incident.has_impact_ended_at(), incident.impact_ended_at()))
        .Plain(incident.has_duration_seconds() ? std::to_string(incident.duration_seconds()) : "")
        .Plain(incident.ongoing() ? "true" : "false")
        .List(incident.flags())
        .Number(incident.revision())
        .Plain(TimeIf(incident.has_first_seen_at(), incident.first_seen_at()))
        .Plain(TimeIf(incident.has_updated_at(), incident.updated_at()))
        .Plain(TimeIf(incident.has_withdrawn_at(), incident.withdrawn_at()))
        .Plain(TimeIf(incident.has_scheduled_for(), incident.scheduled_for()))
        .Plain(TimeIf(incident.has_scheduled_until(), incident.scheduled_until()));
    lines += line.Take();
  }
  return lines;
}

std::string OutageDayCsvHeader() {
  return Header({"service", "provider", "date", "partial_seconds", "major_seconds", "page"});
}

std::string CsvOf(const v1::ExportOutageDaysResponse& portion) {
  std::string lines;
  for (const v1::OutageDay& day : portion.outage_days()) {
    lines += CsvLine()
                 .Text(day.service())
                 .Text(day.provider())
                 .Text(day.date())
                 .Number(day.partial_seconds())
                 .Number(day.major_seconds())
                 .Text(day.page())
                 .Take();
  }
  return lines;
}

}  // namespace fails::gateway
