// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/events.pb.h"
#include "services/normalizer/domain/change.h"

namespace fails::normalizer {

// What is told about a change: the whole incident with its updates, and what differs.
v1::IncidentEvent Announcement(const Change& change);

}  // namespace fails::normalizer
