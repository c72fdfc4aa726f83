// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/outage_days.h"
#include "services/analytics/domain/stats/shares.h"

namespace fails::analytics {
namespace {

class CooccurrenceProbabilityAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "cooccurrence-probability"; }
  std::string_view title() const override { return "Probability of outages on the same day"; }
  std::string_view description() const override {
    return "How probable it is that a service is out on a day on which another one is, by the "
           "providers' own uptime calendars or by incidents.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_MATRIX; }
  std::vector<std::string_view> bases() const override { return OutageDayBases(); }
  Demands demands(const Query& query) const override { return OutageDayDemands(query); }

  std::string Method(const Query& query) const override {
    return "Row r, column c is the probability in percent that r is out on a day on which c is: "
           "100 x days on which both were out / days on which c was. There is no value where c "
           "never was. " +
           OutageDayMethod(query);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    FAILS_ASSIGN_OR_RETURN(const OutageDays days, OutageDays::Of(input));
    const std::vector<ServiceIndex>& services = input.query.services;
    std::vector<double> out(services.size());
    for (std::size_t c = 0; c < services.size(); ++c) {
      out[c] = static_cast<double>(days.Both(c, c));
    }
    v1::MatrixResult& result = *answer.mutable_matrix();
    for (std::size_t r = 0; r < services.size(); ++r) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      const std::string& name = input.snapshot.names().service(services[r]).str();
      result.add_services(name);
      v1::MatrixRow& row = *result.add_rows();
      row.set_service(name);
      for (std::size_t c = 0; c < services.size(); ++c) {
        std::optional<double> share;
        if (days.known(r) && days.known(c)) {
          share = stats::Share(static_cast<double>(days.Both(r, c)), out[c]);
        }
        row.add_values(share.value_or(std::numeric_limits<double>::quiet_NaN()));
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

const Analysis& CooccurrenceProbability() {
  static const CooccurrenceProbabilityAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
