// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/uptime.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fails::simulator {
namespace json = boost::json;
namespace {

constexpr int kDays = 90;

bool Affects(const Incident& incident, std::size_t component) {
  return std::find(incident.components.begin(), incident.components.end(), component) !=
         incident.components.end();
}

Window Downtime(const Incident& incident, absl::Time now) {
  const absl::Time end = LastAt(incident, "resolved").value_or(now);
  return {incident.created_at(), incident.open() ? now : end};
}

// Seconds of `day` that at least one of the windows covers.
std::int64_t SecondsCovered(std::vector<Window> windows, const Window& day) {
  std::sort(windows.begin(), windows.end(),
            [](const Window& a, const Window& b) { return a.begin < b.begin; });
  absl::Duration covered;
  absl::Time done = day.begin;
  for (const Window& window : windows) {
    const absl::Time begin = std::max(window.begin, done);
    const absl::Time end = std::min(window.end, day.end);
    if (end <= begin) continue;
    covered += end - begin;
    done = end;
  }
  return absl::ToInt64Seconds(covered);
}

json::object DayOf(const PageView& view, std::size_t component, absl::CivilDay date) {
  const Window day = {absl::FromCivil(date, view.zone), absl::FromCivil(date + 1, view.zone)};
  std::vector<Window> major, any;
  json::array events;
  for (const IncidentPtr& incident : view.incidents) {
    if (!Affects(*incident, component)) continue;
    const Window down = Downtime(*incident, view.now);
    if (down.begin >= day.end || down.end < day.begin) continue;
    events.push_back({{"name", incident->name}, {"code", incident->code}});
    if (incident->impact == "critical") major.push_back(down);
    if (incident->impact == "critical" || incident->impact == "major") any.push_back(down);
  }
  const std::int64_t major_seconds = SecondsCovered(std::move(major), day);
  const std::int64_t partial_seconds = SecondsCovered(std::move(any), day) - major_seconds;
  json::object outages;
  if (partial_seconds > 0) outages["p"] = partial_seconds;
  if (major_seconds > 0) outages["m"] = major_seconds;
  return {{"date", absl::FormatCivilTime(date)},
          {"outages", std::move(outages)},
          {"related_events", std::move(events)}};
}

}  // namespace

json::object UptimeData(const PageView& view) {
  const absl::CivilDay today = absl::ToCivilDay(view.now, view.zone);
  json::object data;
  for (std::size_t i = 0; i < view.page->components.size(); ++i) {
    const ComponentSpec& component = view.page->components[i];
    json::array days;
    for (absl::CivilDay date = today - (kDays - 1); date <= today; ++date) {
      days.push_back(DayOf(view, i, date));
    }
    data[component.id] = json::object{
        {"component",
         {{"code", component.id}, {"name", component.name}, {"startDate", "2020-12-01"}}},
        {"days", std::move(days)}};
  }
  return data;
}

}  // namespace fails::simulator
