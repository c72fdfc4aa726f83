// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "tests/simulator/demo/model.h"
#include "tests/simulator/demo/pages.h"
#include "tests/simulator/demo/rng.h"

namespace fails::simulator {

// The incidents that begin in one month of a page, by time; `zone` is the page's. A function of its
// arguments alone: a restarted simulator tells the same past.
std::vector<Incident> IncidentsOfMonth(const PageSpec& page, const absl::TimeZone& zone,
                                       std::uint64_t seed, absl::CivilMonth month);

// The maintenances of one month (none or one), announced days before.
std::vector<Incident> MaintenancesOfMonth(const PageSpec& page, std::uint64_t seed,
                                          absl::CivilMonth month);

// An incident whose life takes minutes, for people who watch: it begins at `at` and is resolved 60
// to 180 seconds later, divided by `speed`.
Incident WatchableIncident(const PageSpec& page, Rng& rng, absl::Time at, double speed);

}  // namespace fails::simulator
