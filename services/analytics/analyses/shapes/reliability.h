// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/analytics/analyses/analysis.h"
#include "services/analytics/domain/query/downtime.h"

namespace fails::analytics {

// The shape `summary`: what is said of a provider or a service.

// A provider, or one service of it.
struct ReliabilityGroup {
  ProviderIndex provider = 0;
  std::optional<ServiceIndex> service;

  bool Holds(const IncidentView& incident) const {
    return service ? Affects(incident, *service) : incident.provider() == provider;
  }
};

// The group under the key `group`, with something of it in the query.
absl::StatusOr<ReliabilityGroup> GroupOf(const CellKey& cell, const AnalysisInput& input);

// What the incidents of one group come to.
struct ReliabilityRecord {
  std::int64_t ongoing = 0;
  std::vector<std::int64_t> recovery;  // seconds, of those resolved
  std::vector<std::int64_t> started;   // one an incident of the range
  std::optional<Snapshot::Row> longest;
  // Of the year before `now`, whatever the range: the downtime of each incident.
  std::vector<Span> recent;
  std::int64_t known_from = kNoTime;  // the first that is known of the group
};

// By PlaceOf. CANCELLED when nobody waits any more.
absl::StatusOr<std::vector<ReliabilityRecord>> ReadRecords(const AnalysisInput& input);
std::size_t PlaceOf(const Names& names, const ReliabilityGroup& group);

// All but the name. `windows`: days before `now`, at most 365.
void FillSummary(const AnalysisInput& input, ReliabilityRecord record,
                 std::span<const std::int64_t> windows, v1::SummaryGroup& summary);

// The incidents of a group that began or were down in the days before `now`, in any order.
absl::StatusOr<std::vector<Snapshot::Row>> RowsOfWindow(const AnalysisInput& input,
                                                        const ReliabilityGroup& group,
                                                        std::int64_t days);

// Whether `a` was down for longer than `b`; of equals the one that began earlier, then the lower
// id.
bool LastsLonger(const AnalysisInput& input, Snapshot::Row a, Snapshot::Row b);

}  // namespace fails::analytics
