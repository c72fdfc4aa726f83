// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>

#include "services/analytics/analyses/measures/duration_measure.h"

namespace fails::analytics {
namespace {

struct Start {
  std::int64_t second = 0;
  Snapshot::Row row = 0;
};

// By second, then by id.
void Sort(std::vector<Start>& starts, const Snapshot& snapshot) {
  boost::sort::spreadsort::integer_sort(
      starts.begin(), starts.end(),
      [](const Start& start, unsigned offset) { return start.second >> offset; },
      [](const Start& a, const Start& b) { return a.second < b.second; });
  for (auto from = starts.begin(); from != starts.end();) {
    const auto to = std::find_if(from, starts.end(),
                                 [&](const Start& start) { return start.second != from->second; });
    std::sort(from, to, [&](const Start& a, const Start& b) {
      return snapshot.at(a.row).id() < snapshot.at(b.row).id();
    });
    from = to;
  }
}

class TimeBetweenFailuresMeasure final : public DurationMeasure {
 public:
  Demands demands(GroupBy by, bool) const override { return {.service = by == GroupBy::kService}; }

  std::string Method(const Query& query, GroupBy by) const override {
    return fmt::format(
        "Time between failures is the gap between the starts of two consecutive incidents of {}, "
        "where an incident starts {}. Incidents that start at the same second are 0 apart. Left "
        "out and counted: maintenance and incidents with stages in the wrong order unless "
        "included{}.",
        by == GroupBy::kService ? "a chosen service (an incident is one of each that it affects)"
                                : "a provider, each counted once",
        query.start == StartBasis::kImpact
            ? "with its impact where the provider states that, else with its first stage"
            : "with its first stage of 'investigating' to 'resolved'",
        by == GroupBy::kService ? ", and incidents that name no service" : "");
  }

  absl::Status ForEach(const AnalysisInput& input, const Groups& groups,
                       Visit visit) const override {
    const Snapshot& snapshot = input.snapshot;
    std::vector<std::vector<Start>> starts(groups.size());
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = snapshot.at(row);
      const std::int64_t second = incident.started(input.query.start);
      groups.ForEachOf(incident, [&](std::size_t group) {
        starts[group].push_back({second, row});
      });
    }
    for (std::size_t group = 0; group < groups.size(); ++group) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      std::vector<Start>& of_group = starts[group];
      Sort(of_group, snapshot);
      for (std::size_t i = 1; i < of_group.size(); ++i) {
        visit({group, of_group[i].row, of_group[i].second - of_group[i - 1].second});
      }
    }
    return absl::OkStatus();
  }
};

}  // namespace

const DurationMeasure& TimeBetweenFailures() {
  static const TimeBetweenFailuresMeasure measure;
  return measure;
}

}  // namespace fails::analytics
