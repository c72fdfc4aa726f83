// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/analytics/domain/cancelled.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// What an analysis asks of an incident that belongs to the query, beyond being neither maintenance
// nor inconsistent.
struct Demands {
  bool incidents = true;  // false: it works on calendars alone, no incident is used or excluded
  bool downtime =
      false;  // incidents that began earlier belong when their downtime reaches into the range
  bool inconsistent = false;          // stages in the wrong order are welcome, whatever is included
  bool service = false;               // it must stand in a group of a service
  bool outage_impact = false;         // minor, major, critical (or maintenance, where included)
  bool pre_resolution_stage = false;  // a time to recover must be possible
  bool resolved = false;              // and over

  // Equal for equal demands.
  std::string Key() const;
};

// Why an incident that belongs to a query is not used; it counts under the first that holds.
enum class Exclusion {
  kMaintenance,
  kInconsistent,
  kNoService,
  kNoOutageImpact,
  kNoPreResolutionStage,
  kOngoing,
};
inline constexpr std::array<std::string_view, 6> kExclusionNames = {
    "maintenance", "inconsistent", "no_service", "no_outage_impact", "no_pre_resolution_stage",
    "ongoing"};

struct Selection {
  std::vector<Snapshot::Row> rows;  // the incidents to use, ascending by row
  std::array<std::int64_t, kExclusionNames.size()> excluded{};  // by Exclusion

  std::int64_t n() const { return static_cast<std::int64_t>(rows.size()); }
};

// Whether the incident belongs to the query: started in its range (or, with `downtime`, was down in
// it), of a chosen level of impact, and of a chosen service (or of none, where the query takes
// those).
bool Belongs(const IncidentView& incident, const Query& query, bool downtime);

// CANCELLED when `cancelled` says so.
absl::StatusOr<Selection> Select(const Snapshot& snapshot, const Query& query,
                                 const Demands& demands, const Cancelled& cancelled);

}  // namespace fails::analytics
