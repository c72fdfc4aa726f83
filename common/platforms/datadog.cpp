// SPDX-License-Identifier: Apache-2.0
// Datadog status pages, /config.json: the whole page in one document. componentsAffected of an
// incident is the present state, all operational once it is over; what it was stands in the
// timeline, whose entries count from startedAt, since those entered later share one createdAt.
#include "common/platforms/datadog.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/states.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kConfig = "config";

absl::StatusOr<json::object> Open(const DocumentView& document) {
  if (document.kind != kConfig) {
    return absl::InvalidArgumentError(fmt::format("'{}' is no Datadog document", document.kind));
  }
  auto object = ParseObject(document.body);
  if (!object.ok()) return object;
  if (!object->contains("visualizationType") || !FindArray(*object, "components")) {
    return absl::InvalidArgumentError(
        "JSON without 'visualizationType' and 'components': no Datadog answer");
  }
  return object;
}

// `group`: of which these are the members; empty at the top.
void ReadComponents(const json::object& parent, const ComponentRef& group, Parsed& parsed) {
  for (const json::object* component : ObjectsAt(parent, "components")) {
    const ComponentRef self{IdAt(*component, "id"), TextAt(*component, "name")};
    parsed.components.push_back({self, StateFromWord(TextAt(*component, "status")), group});
    ReadComponents(*component, self, parsed);
  }
}

std::vector<const json::object*> InOrder(const json::object& incident) {
  auto entries = ObjectsAt(incident, "timeline");
  std::erase_if(entries, [](const json::object* entry) { return !TimeAt(*entry, "startedAt"); });
  std::ranges::stable_sort(entries, {},
                           [](const json::object* entry) { return *TimeAt(*entry, "startedAt"); });
  return entries;
}

// A component is in a state from the entry that says so until the one that says otherwise.
std::vector<ComponentImpact> ImpactsOf(const std::vector<const json::object*>& entries) {
  std::vector<ComponentImpact> impacts;
  std::map<std::string, std::size_t> open;
  for (const json::object* entry : entries) {
    const absl::Time at = *TimeAt(*entry, "startedAt");
    const bool over = StatusFromLabel(TextAt(*entry, "status")) == IncidentStatus::kResolved;
    for (const json::object* affected : ObjectsAt(*entry, "componentsAffected")) {
      const ComponentRef component{IdAt(*affected, "id"), TextAt(*affected, "name")};
      const ServiceStatus level = StateFromWord(TextAt(*affected, "status"));
      const auto now = open.find(component.id);
      if (now != open.end() && impacts[now->second].level == level) continue;
      if (now != open.end()) {
        impacts[now->second].to = at;
        open.erase(now);
      }
      if (component.id.empty() || level == ServiceStatus::kOperational || over) continue;
      open.emplace(component.id, impacts.size());
      impacts.push_back({component, at, std::nullopt, level});
    }
    if (!over) continue;
    for (const auto& [id, index] : open) impacts[index].to = at;
    open.clear();
  }
  return impacts;
}

std::vector<ComponentRef> ComponentsOf(const json::object& incident,
                                       const std::vector<const json::object*>& entries) {
  auto components = ComponentsAt(incident, "componentsAffected");
  for (const json::object* entry : entries) {
    for (ComponentRef& component : ComponentsAt(*entry, "componentsAffected")) {
      if (std::ranges::find(components, component) == components.end()) {
        components.push_back(std::move(component));
      }
    }
  }
  return components;
}

// Entered after the fact: everything was typed at one moment, later than it happened. The title
// says nothing: there is an incident that is really called "Backfill".
bool Backfilled(const std::vector<const json::object*>& entries) {
  if (entries.size() < 2) return false;
  const auto created = TimeAt(*entries.front(), "createdAt");
  if (!created || *created < *TimeAt(*entries.back(), "startedAt")) return false;
  return std::ranges::all_of(
      entries, [&](const json::object* entry) { return TimeAt(*entry, "createdAt") == created; });
}

void ReadIncident(const json::object& incident, bool maintenance, Parsed& parsed) {
  Report report;
  report.native_id = IdAt(incident, "id");
  report.title = TextAt(incident, "title");
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an incident without id: '{}'", report.title));
    return;
  }
  const auto entries = InOrder(incident);
  const std::size_t lost = ObjectsAt(incident, "timeline").size() - entries.size();
  if (lost > 0) {
    parsed.problems.push_back(fmt::format("incident {}: {} entries without a readable startedAt",
                                          report.native_id, lost));
  }
  for (const json::object* entry : entries) {
    report.updates.push_back({IdAt(*entry, "id"), StatusFromLabel(TextAt(*entry, "status")),
                              *TimeAt(*entry, "startedAt"), TextAt(*entry, "description")});
  }
  report.status = StatusFromLabel(TextAt(incident, "currentStatus"));
  if (BoolAt(incident, "resolved") && !maintenance) report.status = IncidentStatus::kResolved;
  if (auto components = ComponentsOf(incident, entries); !components.empty()) {
    report.components = std::move(components);
  }
  if (auto impacts = ImpactsOf(entries); !impacts.empty()) {
    report.component_impacts = std::move(impacts);
    SpanImpacts(report);
    report.impact = ImpactOf(WorstOf(report));
  }
  if (maintenance) {
    report.impact = Impact::kMaintenance;
    report.scheduled_for = TimeAt(incident, "startDate");
    report.scheduled_until = TimeAt(incident, "completedDate");
  }
  report.backfilled = Backfilled(entries);
  parsed.reports.push_back(std::move(report));
}

class Datadog final : public Platform {
 public:
  std::string_view id() const override { return "datadog"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};  // a poll holds all there is
    return {{std::string(kConfig), fmt::format("{}/config.json", base_url), "application/json"}};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    const auto object = Open(document);
    if (!object.ok()) return object.status();
    Parsed parsed;
    ReadComponents(*object, {}, parsed);
    parsed.components_complete = !parsed.components.empty();
    for (const json::object* incident : ObjectsAt(*object, "incidents")) {
      ReadIncident(*incident, false, parsed);
    }
    for (const json::object* maintenance : ObjectsAt(*object, "maintenances")) {
      ReadIncident(*maintenance, true, parsed);
    }
    return parsed;
  }
};

}  // namespace

const Platform& DatadogPlatform() {
  static const Datadog platform;
  return platform;
}

}  // namespace fails::platforms
