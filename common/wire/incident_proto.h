// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/status/statusor.h"
#include "common/domain/incident.h"
#include "fails/v1/incident.pb.h"

namespace fails::wire {

// The public view of an incident. `with_updates`: the detail view.
v1::Incident ToProto(const Incident& incident, bool with_updates);

v1::Impact ToProto(Impact impact);
Impact FromProto(v1::Impact impact);
v1::IncidentStatus ToProto(IncidentStatus status);
IncidentStatus FromProto(v1::IncidentStatus status);

}  // namespace fails::wire
