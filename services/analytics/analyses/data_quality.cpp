// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/query/downtime.h"
#include "services/analytics/domain/query/recovery.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {
namespace {

struct Flag {
  std::string_view name;
  bool (*holds)(const IncidentView& incident, const Query& query);
  void (*set)(v1::QualityGroup& group, std::int64_t count);
};

bool LacksPreResolutionStage(const IncidentView& incident, const Query&) {
  return RecoveryStart(incident, StartBasis::kReport) == kNoTime;
}

bool HasZeroLength(const IncidentView& incident, const Query& query) {
  const Span down = DowntimeOf(incident, query);
  return !incident.ongoing() && down.end <= down.begin;
}

bool GoesOnForOverAWeek(const IncidentView& incident, const Query& query) {
  return incident.ongoing() && query.now_second - incident.started(query.start) > 7 * kDaySeconds;
}

// One line a fault; their names are the fields of the answer.
constexpr std::array<Flag, 6> kFlags = {{
    {"without_services", [](const IncidentView& i, const Query&) { return i.services().empty(); },
     [](v1::QualityGroup& g, std::int64_t n) { g.set_without_services(n); }},
    {"without_pre_resolution_stage", LacksPreResolutionStage,
     [](v1::QualityGroup& g, std::int64_t n) { g.set_without_pre_resolution_stage(n); }},
    {"inconsistent", [](const IncidentView& i, const Query&) { return i.inconsistent(); },
     [](v1::QualityGroup& g, std::int64_t n) { g.set_inconsistent(n); }},
    {"zero_length", HasZeroLength,
     [](v1::QualityGroup& g, std::int64_t n) { g.set_zero_length(n); }},
    {"unknown_impact",
     [](const IncidentView& i, const Query&) { return i.impact() == Impact::kUnknown; },
     [](v1::QualityGroup& g, std::int64_t n) { g.set_unknown_impact(n); }},
    {"ongoing_over_7_days", GoesOnForOverAWeek,
     [](v1::QualityGroup& g, std::int64_t n) { g.set_ongoing_over_7_days(n); }},
}};

struct Counts {
  std::int64_t incidents = 0;
  std::array<std::int64_t, kFlags.size()> flags{};
};

class DataQualityAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "data-quality"; }
  std::string_view title() const override { return "Quality of the data"; }
  std::string_view description() const override {
    return "How many incidents of each provider lack something that analyses need or contradict "
           "themselves, and how many of its sources are stale.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_QUALITY; }
  bool counts_sources() const override { return true; }
  Demands demands(const Query&) const override { return {.inconsistent = true}; }

  std::string Method(const Query&) const override {
    return "Incidents of each provider, each once, those with stages in the wrong order among them "
           "whatever the query includes. Counted by what is wrong, and an incident under "
           "everything "
           "that is: without_services names no service; without_pre_resolution_stage has none of "
           "'investigating', 'identified' and 'monitoring', so that no time to recover exists; "
           "inconsistent has two stages in the wrong order; zero_length is over and ended when it "
           "began; unknown_impact has no level of impact that is known; ongoing_over_7_days is not "
           "over and began more than 7 times 24 hours before 'now'. sources are the places that "
           "the "
           "provider's incidents are collected from, at the time of the answer and whatever the "
           "range, sources_stale those of them that nothing fresh came from. Left out and counted: "
           "maintenance unless included.";
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    std::vector<Counts> counts(names.provider_count());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      Counts& own = counts[incident.provider()];
      ++own.incidents;
      for (std::size_t i = 0; i < kFlags.size(); ++i) {
        if (kFlags[i].holds(incident, input.query)) ++own.flags[i];
      }
    }
    v1::QualityResult& result = *answer.mutable_quality();
    for (const ProviderIndex provider : ProvidersOf(input)) {
      v1::QualityGroup& group = *result.add_groups();
      group.set_provider(names.provider(provider).str());
      group.set_incidents(counts[provider].incidents);
      for (std::size_t i = 0; i < kFlags.size(); ++i) {
        kFlags[i].set(group, counts[provider].flags[i]);
      }
      if (provider >= input.sources.size()) continue;
      group.set_sources(input.sources[provider].sources);
      group.set_sources_stale(input.sources[provider].stale);
    }
    return absl::OkStatus();
  }

  // provider, and for one fault its flag.
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    FAILS_RETURN_IF_ERROR(cell.Only({"provider", "flag"}));
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("provider", input.snapshot.names(), input.query));
    const Flag* flag = nullptr;
    if (const auto name = cell.Text("flag")) {
      flag = std::ranges::find(kFlags, *name, &Flag::name);
      if (flag == kFlags.end()) {
        std::vector<std::string_view> known;
        std::ranges::transform(kFlags, std::back_inserter(known), &Flag::name);
        return cell.Complain(fmt::format("has '{}' for 'flag', but the flags are {}", *name,
                                         fmt::join(known, ", ")));
      }
    }
    std::vector<Snapshot::Row> rows;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (incident.provider() != provider) continue;
      if (!flag || flag->holds(incident, input.query)) rows.push_back(row);
    }
    return rows;
  }
};

}  // namespace

const Analysis& DataQuality() {
  static const DataQualityAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
