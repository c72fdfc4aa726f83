// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/analytics/analyses/analysis.h"

namespace fails::analytics {

// The shape `histogram`: incidents by a part of the local time at which they started. By provider:
// the counts of each chosen service (an incident counts once for each that it affects), `distinct`
// with each incident once, and a chi-square test of `distinct` against equal bins.
//
// Cells: service:<id>;bin:<bin> and provider:<id>;bin:<bin>, the latter of `distinct`.
class HistogramAnalysis final : public Analysis {
 public:
  struct Spec {
    std::string_view id, title, description;
    std::string_view bin_of;  // "weekday", "hour of day": in the method's sentence
    std::vector<google::protobuf::Value> bins;
    // The index into `bins` of an instant, given as ZoneClock::Local has it.
    std::size_t (*bin)(std::int64_t local_second);
  };
  explicit HistogramAnalysis(Spec spec) : spec_(std::move(spec)) {}

  std::string_view id() const override { return spec_.id; }
  std::string_view title() const override { return spec_.title; }
  std::string_view description() const override { return spec_.description; }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_HISTOGRAM; }
  Demands demands(const Query&) const override { return {}; }
  std::string Method(const Query& query) const override;
  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override;
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override;

 private:
  absl::StatusOr<std::size_t> BinOf(const CellKey& cell) const;

  Spec spec_;
};

}  // namespace fails::analytics
