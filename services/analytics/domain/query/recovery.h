// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// Where the time to recover begins: the earliest of investigating, identified and monitoring; with
// the impact basis the impact start where the platform states one. kNoTime: no such stage, so there
// is no time to recover.
std::int64_t RecoveryStart(const IncidentView& incident, StartBasis basis);

// How long it took to recover, or was seen not to.
struct Recovery {
  std::int64_t seconds = 0;
  bool censored =
      false;  // it lasted at least that long: still ongoing, or its end was never posted
};

// Only for an incident with a RecoveryStart. Ongoing incidents are censored at the query's `now`,
// those that are over without a stage `resolved` at the last stage that they posted.
Recovery RecoveryOf(const IncidentView& incident, const Query& query);

}  // namespace fails::analytics
