// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/outage_days.h"

namespace fails::analytics {
namespace {

class CooccurrenceMatrixAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "cooccurrence-matrix"; }
  std::string_view title() const override { return "Outages on the same day"; }
  std::string_view description() const override {
    return "On how many days two services were both out, by the providers' own uptime calendars or "
           "by incidents.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_MATRIX; }
  std::vector<std::string_view> bases() const override { return OutageDayBases(); }
  Demands demands(const Query& query) const override { return OutageDayDemands(query); }

  std::string Method(const Query& query) const override {
    return "Each number is the count of days on which both the service of the row and that of the "
           "column were out; on the diagonal, the days on which the one service was. " +
           OutageDayMethod(query);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    FAILS_ASSIGN_OR_RETURN(const OutageDays days, OutageDays::Of(input));
    const std::vector<ServiceIndex>& services = input.query.services;
    v1::MatrixResult& result = *answer.mutable_matrix();
    for (std::size_t r = 0; r < services.size(); ++r) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      const std::string& name = input.snapshot.names().service(services[r]).str();
      result.add_services(name);
      v1::MatrixRow& row = *result.add_rows();
      row.set_service(name);
      for (std::size_t c = 0; c < services.size(); ++c) {
        row.add_values(days.known(r) && days.known(c) ? static_cast<double>(days.Both(r, c))
                                                      : std::numeric_limits<double>::quiet_NaN());
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    return OutageDayCell(input, cell);
  }
};

}  // namespace

const Analysis& CooccurrenceMatrix() {
  static const CooccurrenceMatrixAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
