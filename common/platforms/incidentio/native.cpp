// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/incidentio/native.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "common/platforms/incidentio/incident.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/page_data.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"

namespace fails::platforms::incidentio {
namespace {

namespace json = boost::json;

Names NamesOf(const json::object& summary) {
  Names names;
  for (const ComponentRef& component : ComponentsAt(summary, "components")) {
    names.emplace(component.id, component.name);
  }
  return names;
}

void Keep(std::optional<Report> report, Parsed& parsed) {
  if (report) parsed.reports.push_back(std::move(*report));
}

struct Group {
  ComponentRef self;
  std::vector<std::string> members;  // ids of components
};

std::vector<Group> GroupsOf(const json::object& summary) {
  std::vector<Group> groups;
  const json::object* structure = FindObject(summary, "structure");
  if (!structure) return groups;
  for (const json::object* item : ObjectsAt(*structure, "items")) {
    const json::object* group = FindObject(*item, "group");
    if (!group || IdAt(*group, "id").empty()) continue;
    groups.push_back({{IdAt(*group, "id"), TextAt(*group, "name")}, {}});
    for (const json::object* member : ObjectsAt(*group, "components")) {
      groups.back().members.push_back(IdAt(*member, "component_id"));
    }
  }
  return groups;
}

// Tells the components their groups, and adds the groups: each as bad as the worst of its members.
void AddGroups(const std::vector<Group>& groups, std::vector<ComponentStatus>& components) {
  const std::size_t single = components.size();
  for (const Group& group : groups) {
    ServiceStatus worst = ServiceStatus::kUnknown;
    for (std::size_t i = 0; i < single; ++i) {
      if (std::ranges::find(group.members, components[i].component.id) == group.members.end()) {
        continue;
      }
      components[i].group = group.self;
      worst = Worse(worst, components[i].status);
    }
    components.push_back({group.self, worst});
  }
}

void ReadComponents(const json::object& summary, Parsed& parsed) {
  // Only components that are not operational are listed here; without the list nobody knows.
  const json::array* affected = FindArray(summary, "affected_components");
  std::map<std::string, ServiceStatus> affected_states;
  for (const json::object* component : ObjectsAt(summary, "affected_components")) {
    affected_states[IdAt(*component, "component_id")] = StateFromWord(TextAt(*component, "status"));
  }
  for (ComponentRef& component : ComponentsAt(summary, "components")) {
    const auto it = affected_states.find(component.id);
    ServiceStatus state = affected ? ServiceStatus::kOperational : ServiceStatus::kUnknown;
    if (it != affected_states.end()) state = it->second;
    parsed.components.push_back({std::move(component), state});
  }
  parsed.components_complete = !parsed.components.empty();
  AddGroups(GroupsOf(summary), parsed.components);
}

void ReadSummaryInto(const json::object& summary, std::string_view origin, Parsed& parsed) {
  ReadComponents(summary, parsed);
  const Names names = NamesOf(summary);
  for (const std::string_view key :
       {"ongoing_incidents", "in_progress_maintenances", "scheduled_maintenances"}) {
    for (const json::object* incident : ObjectsAt(summary, key)) {
      Keep(ReadIncident(*incident, origin, names, parsed.problems), parsed);
    }
  }
}

// Reports of the incidents that an answer links to, with their impacts.
void ReadLinked(const json::object& document, std::optional<Window> window, Parsed& parsed) {
  std::map<std::string, std::vector<ComponentImpact>> impacts;
  for (const json::object* impact : ObjectsAt(document, "component_impacts")) {
    const std::string incident = IdAt(*impact, "status_page_incident_id");
    if (incident.empty()) continue;
    if (auto read = ReadImpact(*impact, {})) {
      std::vector<ComponentImpact>& known = impacts[incident];
      if (std::ranges::find(known, *read) == known.end()) known.push_back(std::move(*read));
    } else {
      parsed.problems.push_back(
          fmt::format("incident {}: an impact without component or time", incident));
    }
  }
  for (const json::object* link : ObjectsAt(document, "incident_links")) {
    Report report;
    report.native_id = IdAt(*link, "id");
    if (report.native_id.empty()) continue;
    const auto published = TimeAt(*link, "published_at");
    auto own = impacts.extract(report.native_id);
    if (window && (!published || !window->Contains(*published))) continue;
    report.title = TextAt(*link, "name");
    report.url = TextAt(*link, "permalink");
    report.status = StatusOf(TextAt(*link, "status"));
    if (!own.empty()) SetImpacts(std::move(own.mapped()), report);
    parsed.reports.push_back(std::move(report));
  }
  // Without its link an incident has neither a name nor a state: nothing to report.
  if (!impacts.empty()) {
    parsed.problems.push_back(fmt::format("impacts of {} incidents that are not linked, e.g. {}",
                                          impacts.size(), impacts.begin()->first));
  }
}

}  // namespace

Parsed ReadSummary(const json::object& document, std::string_view origin) {
  Parsed parsed;
  if (const json::object* summary = FindObject(document, "summary")) {
    ReadSummaryInto(*summary, origin, parsed);
  }
  return parsed;
}

Parsed ReadImpacts(const json::object& document, std::optional<Window> window) {
  Parsed parsed;
  ReadLinked(document, window, parsed);
  return parsed;
}

Parsed ReadIncidents(const json::object& document, std::string_view origin,
                     std::optional<Window> window, absl::Time fetched_at) {
  Parsed parsed;
  std::optional<absl::Time> oldest;
  for (const json::object* incident : ObjectsAt(document, "incidents")) {
    const auto published = TimeAt(*incident, "published_at");
    if (!published) {
      parsed.problems.push_back(
          fmt::format("incident {}: no readable published_at", IdAt(*incident, "id")));
    } else if (!oldest || *published < *oldest) {
      oldest = published;
    }
    Keep(ReadIncident(*incident, origin, {}, parsed.problems), parsed);
  }
  // An empty list is never a recovery, and a window of the past says nothing of the present.
  const bool present = window && fetched_at < window->to && window->from < fetched_at;
  if (present && oldest && parsed.problems.empty()) parsed.listing = Listing{oldest};
  return parsed;
}

Parsed ReadChunks(std::string_view chunks, std::string_view origin) {
  Parsed parsed;
  for (const json::value& summary : ValuesOfKey(chunks, "summary")) {
    if (summary.is_object() && summary.get_object().contains("components")) {
      ReadSummaryInto(summary.get_object(), origin, parsed);
      break;
    }
  }
  // Incidents and maintenances hold arrays of the name component_impacts too; the page's own is the
  // one whose members name their incident.
  json::object linked;
  for (const std::string_view key : {"component_impacts", "incident_links"}) {
    json::array members;
    for (const json::value& value : ValuesOfKey(chunks, key)) {
      const json::array* array = value.if_array();
      if (!array) continue;
      for (const json::value& member : *array) members.push_back(member);
    }
    linked[key] = std::move(members);
  }
  Parsed impacts;
  ReadLinked(linked, std::nullopt, impacts);
  for (Report& report : impacts.reports) {
    const auto known = std::ranges::find(parsed.reports, report.native_id, &Report::native_id);
    if (known == parsed.reports.end()) parsed.reports.push_back(std::move(report));
  }
  std::ranges::move(impacts.problems, std::back_inserter(parsed.problems));
  return parsed;
}

std::optional<absl::Time> AvailableSince(const json::object& document) {
  const json::object* summary = FindObject(document, "summary");
  if (!summary) return std::nullopt;
  std::optional<absl::Time> since = TimeAt(*summary, "data_available_since");
  const auto consider = [&since](const json::object& component) {
    const auto at = TimeAt(component, "data_available_since");
    if (at && (!since || *at < *since)) since = at;
  };
  const json::object* structure = FindObject(*summary, "structure");
  if (!structure) return since;
  for (const json::object* item : ObjectsAt(*structure, "items")) {
    if (const json::object* component = FindObject(*item, "component")) consider(*component);
    const json::object* group = FindObject(*item, "group");
    if (!group) continue;
    for (const json::object* component : ObjectsAt(*group, "components")) consider(*component);
  }
  return since;
}

bool HoldsAnything(const json::object& document, const Window& window) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTimes = {{
      {"incidents", "published_at"},
      {"incident_links", "published_at"},
      {"component_impacts", "start_at"},
  }};
  return std::ranges::any_of(kTimes, [&](const auto& entry) {
    return std::ranges::any_of(ObjectsAt(document, entry.first), [&](const json::object* member) {
      const auto at = TimeAt(*member, entry.second);
      return at && window.Contains(*at);
    });
  });
}

}  // namespace fails::platforms::incidentio
