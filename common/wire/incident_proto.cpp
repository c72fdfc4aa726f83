// SPDX-License-Identifier: Apache-2.0
#include "common/wire/incident_proto.h"

#include <optional>

#include "common/wire/service_status_proto.h"
#include "common/wire/time_proto.h"

namespace fails::wire {
namespace {

// Sets an optional Timestamp field through its mutable_… accessor.
template <class Mutable>
void SetIf(const std::optional<absl::Time>& time, Mutable mutable_field) {
  if (time) *mutable_field() = ToProto(*time);
}

v1::Stages StagesToProto(const Stages& stages) {
  v1::Stages proto;
  SetIf(stages.investigating, [&] { return proto.mutable_investigating(); });
  SetIf(stages.identified, [&] { return proto.mutable_identified(); });
  SetIf(stages.monitoring, [&] { return proto.mutable_monitoring(); });
  SetIf(stages.resolved, [&] { return proto.mutable_resolved(); });
  SetIf(stages.postmortem, [&] { return proto.mutable_postmortem(); });
  return proto;
}

}  // namespace

// The domain's and the proto's enumerators stand in the same order (checked by a test), zero being
// "unknown".
v1::Impact ToProto(Impact impact) {
  return static_cast<v1::Impact>(impact);
}
Impact FromProto(v1::Impact impact) {
  return v1::Impact_IsValid(impact) ? static_cast<Impact>(impact) : Impact::kUnknown;
}
v1::IncidentStatus ToProto(IncidentStatus status) {
  return static_cast<v1::IncidentStatus>(status);
}
IncidentStatus FromProto(v1::IncidentStatus status) {
  return v1::IncidentStatus_IsValid(status) ? static_cast<IncidentStatus>(status)
                                            : IncidentStatus::kUnknown;
}

v1::Incident ToProto(const Incident& incident, bool with_updates) {
  const IncidentContent& content = incident.content();
  v1::Incident proto;
  proto.set_id(incident.id().str());
  proto.set_native_id(incident.native_id());
  proto.set_provider(incident.provider().str());
  proto.set_page(content.page.str());
  proto.set_title(content.title);
  proto.set_url(content.url);
  proto.set_impact(ToProto(content.impact));
  proto.set_status(ToProto(content.status));
  for (const ServiceId& service : content.services) proto.add_services(service.str());
  *proto.mutable_stages() = StagesToProto(incident.stages());
  SetIf(incident.started_at(), [&] { return proto.mutable_started_at(); });
  SetIf(incident.resolved_at(), [&] { return proto.mutable_resolved_at(); });
  SetIf(incident.closed_at(), [&] { return proto.mutable_closed_at(); });
  SetIf(content.impact_started_at, [&] { return proto.mutable_impact_started_at(); });
  SetIf(content.impact_ended_at, [&] { return proto.mutable_impact_ended_at(); });
  SetIf(content.scheduled_for, [&] { return proto.mutable_scheduled_for(); });
  SetIf(content.scheduled_until, [&] { return proto.mutable_scheduled_until(); });
  SetIf(content.withdrawn_at, [&] { return proto.mutable_withdrawn_at(); });
  if (const auto duration = incident.duration()) {
    proto.set_duration_seconds(absl::ToInt64Seconds(*duration));
  }
  proto.set_ongoing(incident.ongoing());
  for (const std::string& flag : incident.flags()) proto.add_flags(flag);
  proto.set_revision(incident.revision());
  *proto.mutable_first_seen_at() = ToProto(incident.first_seen_at());
  *proto.mutable_updated_at() = ToProto(incident.updated_at());
  if (with_updates) {
    for (const Update& update : content.updates) {
      v1::IncidentUpdate* out = proto.add_updates();
      out->set_status(ToProto(update.status));
      *out->mutable_at() = ToProto(update.at);
      out->set_body(update.body);
    }
    for (const ImpactInterval& interval : content.impact_intervals) {
      v1::ImpactInterval* out = proto.add_impact_intervals();
      out->set_service(interval.service.str());
      *out->mutable_from() = ToProto(interval.from);
      SetIf(interval.to, [&] { return out->mutable_to(); });
      out->set_level(ToProto(interval.level));
    }
  }
  return proto;
}

}  // namespace fails::wire
