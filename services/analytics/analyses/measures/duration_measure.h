// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/groups.h"

namespace fails::analytics {

// One duration of a group, and the incident that stands for it.
struct Duration {
  std::size_t group = 0;
  Snapshot::Row row = 0;
  std::int64_t seconds = 0;
  bool censored = false;  // it lasted at least that long
};

// What the analyses of durations measure; the shapes (distribution, box) are the same for all.
// Stateless.
class DurationMeasure {
 public:
  virtual ~DurationMeasure() = default;

  // `resolved`: only durations that are over are of use.
  virtual Demands demands(GroupBy by, bool resolved) const = 0;
  // What is measured, in words: the beginning of an analysis's method.
  virtual std::string Method(const Query& query, GroupBy by) const = 0;
  // Calls `visit` for every duration, group by group or not, in any order. CANCELLED when nobody
  // waits any more.
  using Visit = absl::FunctionRef<void(const Duration&)>;
  virtual absl::Status ForEach(const AnalysisInput& input, const Groups& groups,
                               Visit visit) const = 0;
};

const DurationMeasure& TimeToRecover();
const DurationMeasure& TimeBetweenFailures();

// The incidents behind the cell "group:<id>", with the optional bounds gt < seconds <= le: those
// that stand for a duration that is over.
absl::StatusOr<std::vector<Snapshot::Row>> RowsOfDurations(const DurationMeasure& measure,
                                                           GroupBy by, const AnalysisInput& input,
                                                           const CellKey& cell);

}  // namespace fails::analytics
