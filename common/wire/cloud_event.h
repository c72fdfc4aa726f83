// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "fails/v1/events.pb.h"

namespace fails::wire {

// CloudEvents 1.0 JSON on one line: the public contract of fails.events.v1.>, see
// docs/asyncapi.yaml.
std::string ToCloudEvent(const v1::IncidentEvent& event);
std::string ToCloudEvent(const v1::ServiceStatusEvent& event);

inline constexpr char kServiceStatusChanged[] = "fails.service.status_changed";

// "fails.incident.opened" …
std::string CloudEventType(v1::IncidentEventType type);

// "fails.events.v1.incident.<provider>.<opened|updated|resolved|reopened|withdrawn>".
std::string EventSubject(const v1::IncidentEvent& event);
// "fails.events.v1.service.<provider>.status_changed".
std::string EventSubject(const v1::ServiceStatusEvent& event);

}  // namespace fails::wire
