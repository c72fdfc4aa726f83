// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/groups.h"
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/shares.h"
#include "services/analytics/domain/stats/sort.h"

namespace fails::analytics {
namespace {

// A phase of the failure-recovery model: from one stage to the next.
struct Phase {
  std::string_view name;
  Stage from, to;
  bool recovery;  // part of the recovery, whose time the shares divide
};
constexpr std::array kPhases = {
    Phase{"investigate", kInvestigating, kIdentified, true},
    Phase{"repair", kIdentified, kMonitoring, true},
    Phase{"check", kMonitoring, kResolved, true},
    Phase{"learn", kResolved, kPostmortem, false},
};

std::optional<std::int64_t> SecondsOf(const Phase& phase, const IncidentView& incident) {
  const std::int64_t from = incident.stage(phase.from);
  const std::int64_t to = incident.stage(phase.to);
  if (from == kNoTime || to == kNoTime) return std::nullopt;
  return to - from;
}

using Samples = std::array<std::vector<std::int64_t>, kPhases.size()>;

double Sum(const std::vector<double>& values) {
  return stats::Mean(values).value_or(0) * static_cast<double>(values.size());
}

void FillGroup(Samples samples, v1::StagesGroup& group) {
  std::array<std::vector<double>, kPhases.size()> sorted;
  double recovery = 0;
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    sorted[i] = stats::Sorted(std::move(samples[i]));
    if (kPhases[i].recovery) recovery += Sum(sorted[i]);
  }
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    v1::StageDuration& stage = *group.add_stages();
    stage.set_stage(std::string(kPhases[i].name));
    stage.set_n(static_cast<std::int64_t>(sorted[i].size()));
    if (const auto mean = stats::Mean(sorted[i])) {
      stage.set_mean(*mean);
      stage.set_median(stats::Quantile(sorted[i], 0.5));
    }
    const auto share = stats::Share(Sum(sorted[i]), recovery);
    if (share && kPhases[i].recovery) stage.set_share(*share);
  }
}

class ResolutionStagesAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "resolution-stages"; }
  std::string_view title() const override { return "Time spent in each stage of a recovery"; }
  std::string_view description() const override {
    return "How long the incidents of each service were investigated, repaired, checked and "
           "learned from, and which of these takes most of the recovery.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_STAGES; }
  Demands demands(const Query&) const override { return {.service = true}; }

  std::string Method(const Query&) const override {
    return "Investigate is the time from the stage 'investigating' to 'identified', repair from "
           "'identified' to 'monitoring', check from 'monitoring' to 'resolved', learn from "
           "'resolved' to 'postmortem'; a stage begins with the first update that carries it, "
           "'resolved' with the last. Each is over the incidents of a service that have both "
           "stages, n is their number. The share of a stage is its summed time divided by that of "
           "investigate, repair and check together. An incident counts once for each chosen "
           "service that it affects. Left out and counted: maintenance and incidents with stages "
           "in the wrong order unless included, and incidents that name no service.";
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Groups groups(input, GroupBy::kService);
    std::vector<Samples> samples(groups.size());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      for (std::size_t i = 0; i < kPhases.size(); ++i) {
        const auto seconds = SecondsOf(kPhases[i], incident);
        if (!seconds) continue;
        groups.ForEachOf(incident,
                         [&](std::size_t group) { samples[group][i].push_back(*seconds); });
      }
    }
    v1::StagesResult& result = *answer.mutable_stages();
    result.set_unit("seconds");
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      v1::StagesGroup& group = *result.add_groups();
      group.set_group(groups.id(i));
      FillGroup(std::move(samples[i]), group);
    }
    return absl::OkStatus();
  }

  // group:<id>;stage:<stage>: the incidents that have both its ends.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "stage"}));
    const Groups groups(input, GroupBy::kService);
    FAILS_ASSIGN_OR_RETURN(const std::size_t group, groups.Find(cell, input));
    const auto phase = std::ranges::find(kPhases, cell.Text("stage").value_or(""), &Phase::name);
    if (phase == kPhases.end()) {
      return cell.Complain("has no 'stage' of investigate, repair, check, learn");
    }
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (!SecondsOf(*phase, incident)) continue;
      groups.ForEachOf(incident, [&](std::size_t each) {
        if (each == group) rows.push_back(row);
      });
    }
    return rows;
  }
};

}  // namespace

const Analysis& ResolutionStages() {
  static const ResolutionStagesAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
