// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/domain/levels.h"
#include "common/domain/outage_day.h"
#include "common/domain/stages.h"

namespace fails::analytics {

// What the analyses need of one stored incident, as it comes from the database.
struct IncidentRow {
  IncidentId id;
  ProviderId provider;
  std::vector<ServiceId> services;
  Impact impact = Impact::kUnknown;
  Stages stages;
  std::optional<absl::Time> impact_started_at;
  bool ongoing = false;
  bool withdrawn = false;
  std::int64_t version = 0;  // of the data, when this row was last written
};

// A stored day of an uptime calendar.
struct OutageDayRow {
  ServiceId service;
  OutageDay day;
  std::int64_t version = 0;
};

}  // namespace fails::analytics
