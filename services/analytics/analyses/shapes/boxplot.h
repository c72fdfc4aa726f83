// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "services/analytics/analyses/measures/duration_measure.h"

namespace fails::analytics {

// The shape `boxplot`: durations of the services in boxes, in seconds. A service without any has n
// 0 and no other number. Its numbers are the cells of RowsOfDurations().
class BoxplotAnalysis final : public Analysis {
 public:
  struct Spec {
    std::string_view id, title, description;
    const DurationMeasure& measure;
  };
  explicit BoxplotAnalysis(const Spec& spec) : spec_(spec) {}

  std::string_view id() const override { return spec_.id; }
  std::string_view title() const override { return spec_.title; }
  std::string_view description() const override { return spec_.description; }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_BOXPLOT; }
  Demands demands(const Query&) const override {
    return spec_.measure.demands(GroupBy::kService, /*resolved=*/true);
  }
  std::string Method(const Query& query) const override;
  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override;
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    return RowsOfDurations(spec_.measure, GroupBy::kService, input, cell);
  }

 private:
  Spec spec_;
};

}  // namespace fails::analytics
