// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/announcement.h"

#include "common/wire/incident_proto.h"
#include "common/wire/time_proto.h"

namespace fails::normalizer {
namespace {

v1::IncidentEventType TypeOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kOpened:
      return v1::INCIDENT_EVENT_TYPE_OPENED;
    case ChangeKind::kUpdated:
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

}  // namespace fails::normalizer
