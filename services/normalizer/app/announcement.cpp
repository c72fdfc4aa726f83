// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/announcement.h"

#include "common/wire/incident_proto.h"
#include "common/wire/service_status_proto.h"
#include "common/wire/time_proto.h"

namespace fails::normalizer {
namespace {

v1::IncidentEventType TypeOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kOpened:
      return v1::INCIDENT_EVENT_TYPE_OPENED;
    case ChangeKind::kUpdated:
    case ChangeKind::kUnseen:
      return v1::INCIDENT_EVENT_TYPE_UPDATED;
    case ChangeKind::kResolved:
      return v1::INCIDENT_EVENT_TYPE_RESOLVED;
    case ChangeKind::kReopened:
      return v1::INCIDENT_EVENT_TYPE_REOPENED;
    case ChangeKind::kWithdrawn:
      return v1::INCIDENT_EVENT_TYPE_WITHDRAWN;
  }
  return v1::INCIDENT_EVENT_TYPE_UNSPECIFIED;
}

}  // namespace

v1::IncidentEvent Announcement(const Change& change) {
  v1::IncidentEvent event;
  event.set_type(TypeOf(change.kind));
  *event.mutable_time() = wire::ToProto(change.incident.updated_at());
  *event.mutable_incident() = wire::ToProto(change.incident, /*with_updates=*/true);
  for (const std::string& name : change.changed) event.add_changed(name);
  return event;
}

v1::ServiceStatusEvent Announcement(const ServiceState& state,
                                    const std::vector<std::string>& ongoing) {
  v1::ServiceStatusEvent event;
  *event.mutable_time() = wire::ToProto(state.since);
  v1::ServiceState& out = *event.mutable_state();
  out.set_service(state.service.str());
  out.set_provider(state.provider.str());
  out.set_status(wire::ToProto(state.status));
  *out.mutable_since() = wire::ToProto(state.since);
  out.set_page(state.page.str());
  *out.mutable_reported_at() = wire::ToProto(state.reported_at);
  for (const std::string& id : ongoing) out.add_ongoing_incidents(id);
  event.set_previous(wire::ToProto(state.previous));
  event.set_revision(state.revision);
  return event;
}

}  // namespace fails::normalizer
