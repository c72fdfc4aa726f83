// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/measures/duration_measure.h"

#include <optional>

#include "common/base/status_macros.h"

namespace fails::analytics {

absl::StatusOr<std::vector<Snapshot::Row>> RowsOfDurations(const DurationMeasure& measure,
                                                           GroupBy by, const AnalysisInput& input,
                                                           const CellKey& cell) {
  FAILS_RETURN_IF_ERROR(cell.Only({"group", "gt", "le"}));
  const Groups groups(input, by);
  FAILS_ASSIGN_OR_RETURN(const std::size_t group, groups.Find(cell, input));
  FAILS_ASSIGN_OR_RETURN(const std::optional<double> gt, cell.Number("gt"));
  FAILS_ASSIGN_OR_RETURN(const std::optional<double> le, cell.Number("le"));
  std::vector<Snapshot::Row> rows;
  FAILS_RETURN_IF_ERROR(measure.ForEach(input, groups, [&](const Duration& duration) {
    if (duration.group != group || duration.censored) return;
    const auto seconds = static_cast<double>(duration.seconds);
    if ((gt && seconds <= *gt) || (le && seconds > *le)) return;
    rows.push_back(duration.row);
  }));
  return rows;
}

}  // namespace fails::analytics
