// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/distribution.h"
#include "services/analytics/domain/query/recovery.h"

namespace fails::analytics {
namespace {

constexpr double kHour = 3600;
constexpr std::array kThresholds = {0.5 * kHour, 1 * kHour, 3 * kHour, 10 * kHour, 24 * kHour};

class TtrDistributionAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "ttr-distribution"; }
  std::string_view title() const override { return "Time to recover by service"; }
  std::string_view description() const override {
    return "How long the incidents of each service took from the first stage to the resolution: "
           "distribution, shares "
           "within limits, mean with confidence interval, and a survival curve that includes "
           "ongoing incidents.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_DISTRIBUTION; }
  Demands demands(const Query&) const override {
    return {.service = true, .pre_resolution_stage = true};
  }

  std::string Method(const Query& query) const override {
    return fmt::format(
        "Time to recover is the time from {} to the (last) stage 'resolved' of an incident. An "
        "incident counts once for each "
        "chosen service that it affects. n is the number of resolved incidents of a service; mean, "
        "quantiles (linear "
        "interpolation between order statistics), cumulative distribution, shares and bins are "
        "over those. The 95 % confidence "
        "interval of the mean is a BCa bootstrap of 2,000 resamples with a fixed seed, above 2,000 "
        "incidents the normal "
        "interval. The Kaplan-Meier curve also includes the incidents that are not resolved, "
        "censored at 'now' while they are "
        "ongoing, or at their last stage where no resolution was ever posted. Left out and "
        "counted: maintenance and incidents "
        "with stages in the wrong order unless included, incidents that name no service, and those "
        "without any stage before "
        "'resolved'.",
        query.start == StartBasis::kImpact
            ? "the start of the impact where the provider states one, else the earliest of the "
              "stages 'investigating', "
              "'identified' and 'monitoring',"
            : "the earliest of the stages 'investigating', 'identified' and 'monitoring'");
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    std::vector<DurationSample> samples(names.service_count());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const Recovery recovery = RecoveryOf(incident, input.query);
      for (const ServiceIndex service : incident.services()) {
        if (!input.query.chosen[service]) continue;
        DurationSample& sample = samples[service];
        (recovery.censored ? sample.censored : sample.values)
            .push_back(static_cast<double>(recovery.seconds));
      }
    }
    v1::DistributionResult& result = *answer.mutable_distribution();
    result.set_unit("seconds");
    for (const ServiceIndex service : input.query.services) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      samples[service].group = names.service(service).str();
      FillDistributionGroup(std::move(samples[service]),
                            {.thresholds = kThresholds, .kaplan_meier = true},
                            *result.add_groups());
    }
    return absl::OkStatus();
  }

  // group, and for a bin, a threshold or a point of the curve the bounds gt < seconds <= le.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "gt", "le"}));
    FAILS_ASSIGN_OR_RETURN(const ServiceIndex service,
                           cell.Service("group", input.snapshot.names(), input.query));
    FAILS_ASSIGN_OR_RETURN(const std::optional<double> gt, cell.Number("gt"));
    FAILS_ASSIGN_OR_RETURN(const std::optional<double> le, cell.Number("le"));
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const Recovery recovery = RecoveryOf(incident, input.query);
      const auto seconds = static_cast<double>(recovery.seconds);
      if (recovery.censored || (gt && seconds <= *gt) || (le && seconds > *le)) continue;
      if (std::ranges::count(incident.services(), service) > 0) rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& TtrDistribution() {
  static const TtrDistributionAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
