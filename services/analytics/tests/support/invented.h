// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "services/analytics/domain/snapshot/row.h"

namespace fails::analytics::testing {

// Incidents and uptime calendars of the study's providers, made up: every kind of dirt that the
// real ones have, times in whole minutes, from 2023-01-01 on for 600 days.
struct Invented {
  std::vector<IncidentRow> incidents;
  std::vector<OutageDayRow> outage_days;
};

// Equal seeds give equal data.
Invented Invent(unsigned seed, int incidents = 500);

}  // namespace fails::analytics::testing
