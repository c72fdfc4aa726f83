// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/analyses/shapes/reliability.h"

namespace fails::analytics {
namespace {

constexpr std::array<std::int64_t, 4> kWindows = {7, 30, 90, 365};  // days

class ReliabilitySummaryAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "reliability-summary"; }
  std::string_view title() const override { return "Reliability at a glance"; }
  std::string_view description() const override {
    return "Incidents, mean time to recover and between failures, availability of the last 7, 30, "
           "90 and 365 days, longest incident, and how much of an error budget is used, for each "
           "provider and service.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_SUMMARY; }
  bool measures_slo() const override { return true; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query& query) const override {
    return fmt::format(
        "An incident counts once for its provider and once for each chosen service that it "
        "affects. "
        "incidents, ongoing, MTTR, MTBF and the longest incident are of those that began in the "
        "range ({}). MTTR is the mean time from {} to 'resolved' of the resolved incidents that "
        "have "
        "a stage before it, MTBF the mean gap between consecutive starts; n is the number of times "
        "and gaps, the interval at 95 % a BCa bootstrap of 2,000 resamples with a fixed seed, "
        "above "
        "2,000 values the normal interval. The longest incident is the one with the longest "
        "downtime, from its start to its last stage, up to 'now' while ongoing; of equals the "
        "earliest. Availability does not depend on the range: a window is the 7, 30, 90 or 365 "
        "times "
        "24 hours before 'now', or the part of them since the first incident or calendar record of "
        "the service (for a provider: of any of its chosen services), and availability is 100 x (1 "
        "- "
        "downtime / that time), downtime the union of the downtimes of the incidents, whatever "
        "their "
        "impact; a provider is down while any chosen service is, or an incident of it that names "
        "none goes on. A window's incidents are those that began or were down in it. The error "
        "budget used is 100 x downtime / (time x (1 - {} %)). Left out and counted: maintenance "
        "and "
        "incidents with stages in the wrong order unless included.",
        query.start == StartBasis::kImpact
            ? "by the start of the impact where the provider states one"
            : "by their first stage",
        query.start == StartBasis::kImpact
            ? "the start of the impact, else the earliest of 'investigating', 'identified' and "
              "'monitoring',"
            : "the earliest of 'investigating', 'identified' and 'monitoring'",
        query.slo);
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    FAILS_ASSIGN_OR_RETURN(std::vector<ReliabilityRecord> records, ReadRecords(input));
    v1::SummaryResult& result = *answer.mutable_summary();
    result.set_unit("seconds");
    result.set_slo(input.query.slo);
    const auto add = [&](const ReliabilityGroup& group, const std::string& name) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      v1::SummaryGroup& summary = *result.add_groups();
      summary.set_group(name);
      summary.set_is_provider(!group.service);
      FillSummary(input, std::move(records[PlaceOf(names, group)]), kWindows, summary);
      return absl::OkStatus();
    };
    for (const ProviderIndex provider : ProvidersOf(input)) {
      FAILS_RETURN_IF_ERROR(add({provider, std::nullopt}, names.provider(provider).str()));
      for (const ServiceIndex service : input.query.services) {
        if (names.provider_of(service) != provider) continue;
        FAILS_RETURN_IF_ERROR(add({provider, service}, names.service(service).str()));
      }
    }
    return absl::OkStatus();
  }

  // group (a service, or a provider), and days (of a window) or longest:true.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "days", "longest"}));
    FAILS_ASSIGN_OR_RETURN(const ReliabilityGroup group, GroupOf(cell, input));
    FAILS_ASSIGN_OR_RETURN(const std::optional<double> days, cell.Number("days"));
    const std::optional<std::string> longest = cell.Text("longest");
    if (days && std::ranges::find(kWindows, *days) == kWindows.end()) {
      return cell.Complain(
          fmt::format("has '{}' for 'days', which is no window", *cell.Text("days")));
    }
    if (longest && *longest != "true") {
      return cell.Complain(fmt::format("has '{}' for 'longest', which can only be true", *longest));
    }
    if (days && longest) return cell.Complain("says both 'days' and 'longest'");
    if (days) return RowsOfWindow(input, group, static_cast<std::int64_t>(*days));
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      if (!group.Holds(input.snapshot.at(row))) continue;
      if (!longest || rows.empty()) {
        rows.push_back(row);
      } else if (LastsLonger(input, row, rows.front())) {
        rows.front() = row;
      }
    }
    return rows;
  }
};

}  // namespace

const Analysis& ReliabilitySummary() {
  static const ReliabilitySummaryAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
