// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/builder.h"

namespace fails::analytics::testing {

// "2024-01-01T00:00:00Z"; throws on a typing error.
absl::Time At(const std::string& text);

// The providers and services of the original study, in its order.
Names StudyNames();

// A resolved incident: investigating at `start`, resolved `minutes` later, impact minor.
IncidentRow Resolved(const std::string& id, std::vector<std::string> services,
                     const std::string& start, int minutes);
// One that was only ever investigated.
IncidentRow Ongoing(const std::string& id, std::vector<std::string> services,
                    const std::string& start);

IncidentRow With(IncidentRow row, const std::function<void(IncidentRow&)>& change);

std::shared_ptr<const Snapshot> SnapshotOf(const std::vector<IncidentRow>& rows,
                                           Names names = StudyNames(),
                                           std::int64_t data_version = 1,
                                           const std::vector<OutageDayRow>& outage_days = {});
// One with uptime calendars.
std::shared_ptr<const Snapshot> SnapshotOf(const std::vector<IncidentRow>& rows,
                                           const std::vector<OutageDayRow>& outage_days);

// A day of a calendar: OutageOn("openai/api", "2024-03-01", 30, 10) has 30 minutes of partial and
// 10 of major outage.
OutageDayRow OutageOn(const std::string& service, const std::string& date, int partial_minutes,
                      int major_minutes);

// ResolveQuery with now = 2024-09-01 by default; throws when it fails.
Query QueryOf(const Snapshot& snapshot, const QueryText& text = {});

bool Never();  // a Cancelled that never is

}  // namespace fails::analytics::testing
