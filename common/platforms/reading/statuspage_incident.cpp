// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_incident.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/statuspage_impacts.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

std::vector<ComponentRef> ComponentsOf(const json::array& list) {
  std::vector<ComponentRef> components;
  for (const json::value& value : list) {
    const json::object* object = value.if_object();
    if (!object) continue;
    ComponentRef component{TextAt(*object, "id"), TextAt(*object, "name")};
    if (!component.id.empty() || !component.name.empty()) {
      components.push_back(std::move(component));
    }
  }
  return components;
}

void ReadUpdates(const json::object& incident, Report& report, std::vector<std::string>& problems) {
  const json::array* updates = FindArray(incident, "incident_updates");
  if (!updates) return;
  StatuspageImpacts impacts;
  for (const json::value& value : *updates) {
    const json::object* object = value.if_object();
    if (!object) continue;
    // display_at is what the page shows and what its owner can correct; created_at is when it was
    // typed.
    auto at = TimeAt(*object, "display_at");
    if (!at) at = TimeAt(*object, "created_at");
    if (!at) {
      problems.push_back(fmt::format("incident {}: update {} has no readable time",
                                     report.native_id, TextAt(*object, "id")));
      continue;
    }
    const IncidentStatus status = StatusFromLabel(TextAt(*object, "status"));
    if (const json::array* affected = FindArray(*object, "affected_components")) {
      impacts.Add(*at, *affected);
    }
    report.updates.push_back({TextAt(*object, "id"), status, *at, TextAt(*object, "body")});
  }
  report.component_impacts = impacts.Intervals(report.status, report.updates);
}

void SetUrl(const json::object& incident, const StatuspageSource& source, Report& report) {
  if (source.page_url.starts_with("https://") || source.page_url.starts_with("http://")) {
    report.url = fmt::format("{}/incidents/{}", source.page_url, report.native_id);
    return;
  }
  const std::string_view url =
      source.document_url.substr(0, source.document_url.find_first_of("?#"));
  const std::size_t path = url.find("/incidents/");
  if (url.starts_with("http") && path != std::string_view::npos &&
      !url.ends_with("/unresolved.json")) {
    report.url = fmt::format("{}/incidents/{}", url.substr(0, path), report.native_id);
    report.url_guessed = true;
    return;
  }
  const std::string shortlink = TextAt(incident, "shortlink");
  if (shortlink.starts_with("https://")) report.url = shortlink;
}

}  // namespace

std::optional<Report> ReadStatuspageIncident(const json::value& value,
                                             const StatuspageSource& source,
                                             std::vector<std::string>& problems) {
  const json::object* incident = value.if_object();
  if (!incident) {
    problems.emplace_back("an incident that is no object");
    return std::nullopt;
  }
  Report report;
  report.native_id = TextAt(*incident, "id");
  // Webhooks and old dumps carry a number beside the code that addresses use.
  const std::string code = TextAt(*incident, "code");
  if (report.native_id.empty()) report.native_id = code;
  if (report.native_id.empty()) {
    problems.push_back(fmt::format("an incident without id: '{}'", TextAt(*incident, "name")));
    return std::nullopt;
  }
  report.title = TextAt(*incident, "name");
  SetUrl(*incident, source, report);
  report.impact = ImpactFromString(TextAt(*incident, "impact")).value_or(Impact::kUnknown);
  report.status = StatusFromLabel(TextAt(*incident, "status"));
  if (const json::array* components = FindArray(*incident, "components")) {
    report.components = ComponentsOf(*components);
  }
  ReadUpdates(*incident, report, problems);
  // started_at before created_at was set by the page's owner: when the impact began, not when it
  // was reported.
  const auto started = TimeAt(*incident, "started_at");
  const auto created = TimeAt(*incident, "created_at");
  if (started && created && *started < *created) report.impact_started_at = started;
  report.scheduled_for = TimeAt(*incident, "scheduled_for");
  report.scheduled_until = TimeAt(*incident, "scheduled_until");
  report.backfilled = BoolAt(*incident, "backfilled");
  return report;
}

ServiceStatus StatuspageComponentStatus(std::string_view word) {
  if (word == "degraded_performance") return ServiceStatus::kDegraded;
  if (word == "under_maintenance") return ServiceStatus::kMaintenance;
  return ServiceStatusFromString(word).value_or(ServiceStatus::kUnknown);
}

}  // namespace fails::platforms
