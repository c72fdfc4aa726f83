// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/status_words.h"

#include <algorithm>
#include <array>

namespace fails::simulator {
namespace {

struct Level {
  const char* impact;
  const char* component_status;
  const char* description;
};
// From best to worst.
constexpr std::array<Level, 5> kLevels = {{
    {"none", "operational", "All Systems Operational"},
    {"maintenance", "under_maintenance", "Service Under Maintenance"},
    {"minor", "degraded_performance", "Partially Degraded Service"},
    {"major", "partial_outage", "Partial System Outage"},
    {"critical", "major_outage", "Major System Outage"},
}};

std::size_t RankOf(const std::string& impact) {
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (impact == kLevels[i].impact) return i;
  }
  return 0;
}

template <typename Visit>
void ForEachInForce(const PageView& view, Visit visit) {
  for (const IncidentPtr& incident : view.incidents) {
    if (incident->open()) visit(*incident);
  }
  for (const IncidentPtr& maintenance : view.maintenances) {
    if (IsRunning(*maintenance)) visit(*maintenance);
  }
}

}  // namespace

std::string ComponentStatusOf(const std::string& impact) {
  return kLevels[RankOf(impact)].component_status;
}

bool IsRunning(const Incident& maintenance) {
  return maintenance.status() == "in_progress" || maintenance.status() == "verifying";
}

std::vector<ComponentState> ComponentStates(const PageView& view) {
  std::vector<std::size_t> ranks(view.page->components.size(), 0);
  ForEachInForce(view, [&](const Incident& incident) {
    for (const std::size_t component : incident.components) {
      ranks[component] = std::max(ranks[component], RankOf(incident.impact));
    }
  });
  std::vector<ComponentState> states(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    states[i] = {kLevels[ranks[i]].component_status, absl::InfinitePast()};
  }
  for (const auto* list : {&view.incidents, &view.maintenances}) {
    for (const IncidentPtr& incident : *list) {
      for (const std::size_t component : incident->components) {
        absl::Time& updated_at = states[component].updated_at;
        updated_at = std::max(updated_at, incident->updated_at());
      }
    }
  }
  return states;
}

PageStatus StatusOfPage(const PageView& view) {
  std::size_t rank = 0;
  ForEachInForce(view,
                 [&](const Incident& incident) { rank = std::max(rank, RankOf(incident.impact)); });
  return {kLevels[rank].impact, kLevels[rank].description};
}

}  // namespace fails::simulator
