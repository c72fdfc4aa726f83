// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "services/analytics/analyses/measures/duration_measure.h"

namespace fails::analytics {

// The limits of interest for times between failures: 12 hours, 1, 3, 7 and 30 days.
inline constexpr std::array kGapThresholds = {43'200.0, 86'400.0, 259'200.0, 604'800.0,
                                              2'592'000.0};

// The shape `distribution`: durations of some groups, in seconds. For each group n (how many are
// over), how many are censored, mean with its interval, quantiles, ECDF, shares within limits and
// in exclusive bins, and a Kaplan-Meier curve where asked for. An empty group has n 0, empty series
// and absent numbers. Its numbers are the cells of RowsOfDurations().
class DistributionAnalysis final : public Analysis {
 public:
  struct Spec {
    std::string_view id, title, description;
    const DurationMeasure& measure;
    GroupBy by;
    std::span<const double> thresholds;  // seconds, ascending; also the edges of the bins
    bool kaplan_meier = false;
  };
  explicit DistributionAnalysis(const Spec& spec) : spec_(spec) {}

  std::string_view id() const override { return spec_.id; }
  std::string_view title() const override { return spec_.title; }
  std::string_view description() const override { return spec_.description; }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_DISTRIBUTION; }
  Demands demands(const Query&) const override {
    return spec_.measure.demands(spec_.by, /*resolved=*/false);
  }
  std::string Method(const Query& query) const override;
  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override;
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    return RowsOfDurations(spec_.measure, spec_.by, input, cell);
  }

 private:
  Spec spec_;
};

}  // namespace fails::analytics
