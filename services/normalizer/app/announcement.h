// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fails/v1/events.pb.h"
#include "services/normalizer/domain/change.h"
#include "services/normalizer/domain/service_state.h"

namespace fails::normalizer {

// What is told about a change: the whole incident with its updates, and what differs. Not for
// kUnseen, of which nobody is told.
v1::IncidentEvent Announcement(const Change& change);

// What is told about a service that does differently now. `ongoing`: ids of the incidents that
// affect it, newest first.
v1::ServiceStatusEvent Announcement(const ServiceState& state,
                                    const std::vector<std::string>& ongoing);

}  // namespace fails::normalizer
