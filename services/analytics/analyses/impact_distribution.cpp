// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/stats/shares.h"

namespace fails::analytics {
namespace {

// The ordinals 0 … 3.
constexpr std::array kLevels = {Impact::kNone, Impact::kMinor, Impact::kMajor, Impact::kCritical};

// Incidents by impact.
using Counts = std::array<std::int64_t, std::size(kImpacts)>;

std::int64_t Count(const Counts& counts, Impact impact) {
  return counts[static_cast<std::size_t>(impact)];
}

// The ordinal at this place, from 0, of all of them in order.
double OrdinalAt(const Counts& counts, std::int64_t place) {
  std::size_t ordinal = 0;
  for (; ordinal + 1 < kLevels.size(); ++ordinal) {
    place -= Count(counts, kLevels[ordinal]);
    if (place < 0) break;
  }
  return static_cast<double>(ordinal);
}

void Fill(const Counts& counts, v1::ImpactGroup& group) {
  std::int64_t ranked = 0;
  std::int64_t sum = 0;
  for (std::size_t ordinal = 0; ordinal < kLevels.size(); ++ordinal) {
    const std::int64_t count = Count(counts, kLevels[ordinal]);
    ranked += count;
    sum += static_cast<std::int64_t>(ordinal) * count;
  }
  const std::int64_t unknown = Count(counts, Impact::kUnknown);
  group.set_n(ranked + unknown);
  const auto add = [&](Impact impact) {
    v1::ImpactLevel& level = *group.add_levels();
    level.set_impact(std::string(ToString(impact)));
    level.set_count(Count(counts, impact));
    const auto share =
        stats::Share(static_cast<double>(level.count()), static_cast<double>(group.n()));
    if (share) level.set_share(*share);
  };
  for (const Impact impact : kLevels) add(impact);
  if (unknown > 0) add(Impact::kUnknown);
  group.set_maintenance(Count(counts, Impact::kMaintenance));
  if (ranked == 0) return;
  group.set_mean(static_cast<double>(sum) / static_cast<double>(ranked));
  group.set_median((OrdinalAt(counts, (ranked - 1) / 2) + OrdinalAt(counts, ranked / 2)) / 2);
}

class ImpactDistributionAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "impact-distribution"; }
  std::string_view title() const override { return "Incidents by impact"; }
  std::string_view description() const override {
    return "How severe the incidents of each provider were, as the provider itself says.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_IMPACT; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query&) const override {
    return "Incidents of each provider by the level of impact that it gave them; each incident "
           "counts once. n and the shares are over all but maintenance, which is counted apart, "
           "and "
           "only where included. Mean and median are of the ordinal none 0, minor 1, major 2, "
           "critical 3; incidents of unknown impact are a level of their own, where there are any, "
           "and outside mean and median. Left out and counted: maintenance and incidents with "
           "stages in the wrong order unless included.";
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    std::vector<Counts> counts(names.provider_count());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      ++counts[incident.provider()][static_cast<std::size_t>(incident.impact())];
    }
    v1::ImpactResult& result = *answer.mutable_impact();
    for (const ProviderIndex provider : ProvidersOf(input)) {
      v1::ImpactGroup& group = *result.add_groups();
      group.set_provider(names.provider(provider).str());
      Fill(counts[provider], group);
    }
    return absl::OkStatus();
  }

  // provider, and for one level its impact; without, all that count in n.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"provider", "impact"}));
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("provider", input.snapshot.names(), input.query));
    std::optional<Impact> impact;
    if (const auto word = cell.Text("impact")) {
      const auto* level = std::ranges::find(kImpacts, *word, [](Impact i) { return ToString(i); });
      if (level == std::end(kImpacts)) {
        return cell.Complain(fmt::format("has '{}' for 'impact', which is no level", *word));
      }
      impact = *level;
    }
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (incident.provider() != provider) continue;
      const bool wanted =
          impact ? incident.impact() == *impact : incident.impact() != Impact::kMaintenance;
      if (wanted) rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& ImpactDistribution() {
  static const ImpactDistributionAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
