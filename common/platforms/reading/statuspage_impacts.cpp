// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_impacts.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/statuspage_incident.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

// When the incident was over; absent while it is not.
std::optional<absl::Time> OverAt(IncidentStatus status, std::span<const Update> updates) {
  const bool over = status == IncidentStatus::kResolved || status == IncidentStatus::kPostmortem ||
                    status == IncidentStatus::kCompleted;
  if (!over) return std::nullopt;
  std::optional<absl::Time> last;
  for (const Update& update : updates) {
    if (update.status != IncidentStatus::kResolved && update.status != IncidentStatus::kCompleted) {
      continue;
    }
    if (!last || update.at > *last) last = update.at;
  }
  return last;
}

}  // namespace

void StatuspageImpacts::Add(absl::Time at, const json::array& affected_components) {
  for (const json::value& value : affected_components) {
    const json::object* object = value.if_object();
    if (!object) continue;
    // {"name": "No components were affected by this update."} has no status and says nothing.
    const std::string word = TextAt(*object, "new_status");
    if (word.empty()) continue;
    Said said{{TextAt(*object, "code"), TextAt(*object, "name")}, StatuspageComponentStatus(word)};
    if (said.component.id.empty() && said.component.name.empty()) continue;
    // Updates come newest first: of one time, the later one added happened earlier.
    said_.emplace_hint(said_.lower_bound(at), at, std::move(said));
  }
}

std::optional<std::vector<ComponentImpact>> StatuspageImpacts::Intervals(
    IncidentStatus status, std::span<const Update> updates) const {
  if (said_.empty()) return std::nullopt;
  std::vector<ComponentImpact> intervals;
  std::map<std::string, std::size_t> open;  // by component; index of its interval
  for (const auto& [at, said] : said_) {
    const std::string& key = said.component.id.empty() ? said.component.name : said.component.id;
    const auto running = open.find(key);
    if (said.status == ServiceStatus::kUnknown) continue;
    if (said.status == ServiceStatus::kOperational) {
      if (running == open.end()) continue;
      intervals[running->second].to = at;
      open.erase(running);
    } else if (running == open.end()) {
      open[key] = intervals.size();
      intervals.push_back({said.component, at, std::nullopt, said.status});
    } else {
      ServiceStatus& level = intervals[running->second].level;
      level = Worse(level, said.status);
    }
  }
  if (const auto over = OverAt(status, updates)) {
    for (const auto& [key, index] : open) {
      intervals[index].to = std::max(*over, intervals[index].from);
    }
  }
  std::ranges::stable_sort(intervals, {}, [](const ComponentImpact& impact) {
    return std::tie(impact.component.id, impact.component.name, impact.from);
  });
  return intervals;
}

}  // namespace fails::platforms
