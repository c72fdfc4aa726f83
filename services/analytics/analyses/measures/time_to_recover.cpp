// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "services/analytics/analyses/measures/duration_measure.h"
#include "services/analytics/domain/query/recovery.h"

namespace fails::analytics {
namespace {

class TimeToRecoverMeasure final : public DurationMeasure {
 public:
  Demands demands(GroupBy by, bool resolved) const override {
    return {.service = by == GroupBy::kService, .pre_resolution_stage = true, .resolved = resolved};
  }

  std::string Method(const Query& query, GroupBy by) const override {
    return fmt::format(
        "Time to recover is the time from {} to the (last) stage 'resolved' of an incident. An "
        "incident counts once for {}. Left out and counted: maintenance and incidents with stages "
        "in the wrong order unless included, {}those without any stage before 'resolved'.",
        query.start == StartBasis::kImpact
            ? "the start of the impact where the provider states one, else the earliest of the "
              "stages 'investigating', 'identified' and 'monitoring',"
            : "the earliest of the stages 'investigating', 'identified' and 'monitoring'",
        by == GroupBy::kService ? "each chosen service that it affects"
                                : "its provider, however many services it affects",
        by == GroupBy::kService ? "incidents that name no service, and " : "and ");
  }

  absl::Status ForEach(const AnalysisInput& input, const Groups& groups,
                       Visit visit) const override {
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const Recovery recovery = RecoveryOf(incident, input.query);
      groups.ForEachOf(incident, [&](std::size_t group) {
        visit({group, row, recovery.seconds, recovery.censored});
      });
    }
    return input.cancelled() ? absl::CancelledError("the client went away") : absl::OkStatus();
  }
};

}  // namespace

const DurationMeasure& TimeToRecover() {
  static const TimeToRecoverMeasure measure;
  return measure;
}

}  // namespace fails::analytics
