// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/normalizer/domain/change.h"
#include "services/normalizer/domain/mapped_report.h"

namespace fails::normalizer {

// What a report, fetched at `fetched_at`, makes of what is stored (null: nothing yet). Absent:
// nothing changes. Pure.
//
// - A document older than the one that shaped the stored incident changes nothing.
// - What the report does not say (no components, unknown impact, no updates) leaves what is known.
// - An incident that was withdrawn and is reported again is no longer withdrawn.
// - A first-seen incident is announced as opened if it is still going on or still to come, else as
// resolved: history must
//   not ring an alarm.
// INVALID_ARGUMENT when the report cannot make a valid incident.
absl::StatusOr<std::optional<Change>> Merge(const Incident* stored, const MappedReport& report,
                                            absl::Time fetched_at, absl::Time now);

// A complete listing, fetched at `fetched_at`, no longer holds the incident. Absent when that says
// nothing: it is withdrawn already, or was seen in a newer document.
std::optional<Change> Withdraw(const Incident& stored, absl::Time fetched_at, absl::Time now);

}  // namespace fails::normalizer
