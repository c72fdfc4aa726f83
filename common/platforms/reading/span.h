// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/time/time.h"
#include "common/domain/report.h"

// Platforms that state when an incident began and ended beside, or instead of, its stages.
namespace fails::platforms {

// The incident began at `start`. A report without any stage before its resolution gains one:
// opening an incident is what "investigating" stands for, and without it there would be no way to
// say how long the incident took.
void OpenAt(Report& report, absl::Time start);

// The incident ended at `end`, whenever its last note was posted: the newest resolving update takes
// that time, and those after `end` with it; a report without one gains one.
void CloseAt(Report& report, absl::Time end);

// impact_started_at and impact_ended_at become the hull of component_impacts; no end while one of
// them is open. Nothing happens without any.
void SpanImpacts(Report& report);

// The worst level of component_impacts.
ServiceStatus WorstOf(const Report& report);

}  // namespace fails::platforms
