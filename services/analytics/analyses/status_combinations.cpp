// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/groups.h"
#include "services/analytics/domain/stats/shares.h"

namespace fails::analytics {
namespace {

constexpr char kAll[] = "all";
constexpr unsigned kSets = 1U << kStageCount;
using Counts = std::array<std::int64_t, kSets>;  // by set of stages, one bit each

unsigned StagesOf(const IncidentView& incident) {
  unsigned set = 0;
  for (std::size_t i = 0; i < kStageCount; ++i) {
    if (incident.stage(static_cast<Stage>(i)) != kNoTime) set |= 1U << i;
  }
  return set;
}

// "S1_S3_S4"
std::string NameOf(unsigned set) {
  std::string name;
  for (std::size_t i = 0; i < kStageCount; ++i) {
    if ((set >> i & 1U) == 0) continue;
    if (!name.empty()) name += '_';
    name += 'S';
    name += static_cast<char>('1' + i);
  }
  return name;
}

// kSets for none.
unsigned SetOf(const std::string& name) {
  for (unsigned set = 1; set < kSets; ++set) {
    if (NameOf(set) == name) return set;
  }
  return kSets;
}

void FillGroup(const std::string& id, const Counts& counts, v1::CombinationsGroup& group) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  std::int64_t n = 0;
  for (unsigned set = 0; set < kSets; ++set) {
    if (counts[set] > 0) found.emplace_back(NameOf(set), counts[set]);
    n += counts[set];
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  group.set_group(id);
  group.set_n(n);
  for (auto& [name, count] : found) {
    v1::Combination& combination = *group.add_combinations();
    combination.set_stages(std::move(name));
    combination.set_count(count);
    combination.set_share(*stats::Share(static_cast<double>(count), static_cast<double>(n)));
  }
}

class StatusCombinationsAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "status-combinations"; }
  std::string_view title() const override { return "Which stages incidents go through"; }
  std::string_view description() const override {
    return "Which of the stages investigating, identified, monitoring, resolved and postmortem "
           "the incidents were given, over all and by service, most frequent first.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_COMBINATIONS; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query&) const override {
    return "Incidents by the set of stages that their updates carry, in whatever order and however "
           "often: S1 investigating, S2 identified, S3 monitoring, S4 resolved, S5 postmortem. In "
           "the group 'all' every incident counts once, also one that names no service; in a "
           "service's group every incident that affects it. Left out and counted: maintenance and "
           "incidents with stages in the wrong order unless included.";
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Groups groups(input, GroupBy::kService);
    Counts all{};
    std::vector<Counts> counts(groups.size());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      const unsigned set = StagesOf(incident);
      ++all[set];
      groups.ForEachOf(incident, [&](std::size_t group) { ++counts[group][set]; });
    }
    if (input.cancelled()) return absl::CancelledError("the client went away");
    v1::CombinationsResult& result = *answer.mutable_combinations();
    FillGroup(kAll, all, *result.add_groups());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      FillGroup(groups.id(i), counts[i], *result.add_groups());
    }
    return absl::OkStatus();
  }

  // group:all or group:<id>, and stages:<set> for one of its combinations.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"group", "stages"}));
    const unsigned set = SetOf(cell.Text("stages").value_or(""));
    if (cell.Has("stages") && set == kSets) {
      return cell.Complain("has no set of stages such as S1_S3_S4 for 'stages'");
    }
    const Groups groups(input, GroupBy::kService);
    const bool all = cell.Text("group") == kAll;
    std::size_t group = 0;
    if (!all) {
      FAILS_ASSIGN_OR_RETURN(group, groups.Find(cell, input));
    }
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (cell.Has("stages") && StagesOf(incident) != set) continue;
      bool in_group = all;
      groups.ForEachOf(incident, [&](std::size_t each) { in_group |= !all && each == group; });
      if (in_group) rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& StatusCombinations() {
  static const StatusCombinationsAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
