// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/simulator/demo/model.h"
#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// The status that an open incident of that impact gives its components: minor degraded_performance,
// major partial_outage, critical major_outage, maintenance under_maintenance, none operational.
std::string ComponentStatusOf(const std::string& impact);

// A page's components at the moment of the view: the worst of their open incidents and running
// maintenances.
struct ComponentState {
  std::string status = "operational";
  absl::Time updated_at;  // the latest update about it, InfinitePast() when there was none
};
std::vector<ComponentState> ComponentStates(const PageView& view);

// The page's own word: none, minor, major, critical or maintenance, and the sentence that goes with
// it.
struct PageStatus {
  std::string indicator;
  std::string description;
};
PageStatus StatusOfPage(const PageView& view);

// Whether a maintenance is under way.
bool IsRunning(const Incident& maintenance);

}  // namespace fails::simulator
