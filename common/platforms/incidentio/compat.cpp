// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/incidentio/compat.h"

#include <fmt/format.h>

#include "common/platforms/incidentio/incident.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms::incidentio {
namespace {

namespace json = boost::json;

std::optional<Report> Begin(const json::object& incident, std::vector<std::string>& problems) {
  Report report;
  report.native_id = IdAt(incident, "id");
  if (report.native_id.empty()) {
    problems.push_back(fmt::format("an incident without id: '{}'", TextAt(incident, "name")));
    return std::nullopt;
  }
  report.title = TextAt(incident, "name");
  report.status = StatusOf(TextAt(incident, "status"));
  return report;
}

void ReadUpdates(const json::object& incident, Report& report, std::vector<std::string>& problems) {
  for (const json::object* update : ObjectsAt(incident, "incident_updates")) {
    auto at = TimeAt(*update, "display_at");
    if (!at) at = TimeAt(*update, "created_at");
    if (!at) {
      problems.push_back(
          fmt::format("incident {}: an update without a readable time", report.native_id));
      continue;
    }
    report.updates.push_back(
        {IdAt(*update, "id"), StatusOf(TextAt(*update, "status")), *at, TextAt(*update, "body")});
  }
}

void ReadGoingOn(const json::object& document, std::string_view key, Parsed& parsed) {
  const bool maintenance = key != "ongoing_incidents";
  for (const json::object* incident : ObjectsAt(document, key)) {
    auto report = Begin(*incident, parsed.problems);
    if (!report) continue;
    report->url = TextAt(*incident, "url");
    report->impact = maintenance
                         ? Impact::kMaintenance
                         : ImpactOf(StateFromWord(TextAt(*incident, "current_worst_impact")));
    auto components = ComponentsAt(*incident, "affected_components");
    if (!components.empty()) report->components = std::move(components);
    report->scheduled_for = TimeAt(*incident, "starts_at");
    report->scheduled_until = TimeAt(*incident, "ends_at");
    for (const json::object* component : ObjectsAt(*incident, "affected_components")) {
      const ServiceStatus state = StateFromWord(TextAt(*component, "current_status"));
      if (state == ServiceStatus::kUnknown) continue;
      parsed.components.push_back({{IdAt(*component, "id"), TextAt(*component, "name")}, state});
    }
    parsed.reports.push_back(*std::move(report));
  }
}

}  // namespace

Parsed ReadCompatIncidents(const json::object& document, std::string_view origin) {
  Parsed parsed;
  if (const json::object* page = FindObject(document, "page")) {
    parsed.page_updated_at = TimeAt(*page, "updated_at");
  }
  for (const json::object* incident : ObjectsAt(document, "incidents")) {
    auto report = Begin(*incident, parsed.problems);
    if (!report) continue;
    if (!origin.empty()) {
      report->url = fmt::format("{}/incidents/{}", origin, report->native_id);
      report->url_guessed = true;
    }
    auto components = ComponentsAt(*incident, "components");
    if (!components.empty()) report->components = std::move(components);
    // "none" is derived from the components, which are not there.
    const auto impact = ImpactFromString(TextAt(*incident, "impact"));
    if (impact && *impact != Impact::kNone) report->impact = *impact;
    ReadUpdates(*incident, *report, parsed.problems);
    parsed.reports.push_back(*std::move(report));
  }
  return parsed;
}

Parsed ReadCompatComponents(const json::object& document) {
  Parsed parsed;
  for (const json::object* component : ObjectsAt(document, "components")) {
    if (BoolAt(*component, "group")) continue;
    parsed.components.push_back({{IdAt(*component, "id"), TextAt(*component, "name")},
                                 StateFromWord(TextAt(*component, "status")),
                                 {IdAt(*component, "group_id"), ""}});
  }
  return parsed;
}

Parsed ReadWidget(const json::object& document) {
  Parsed parsed;
  for (const std::string_view key :
       {"ongoing_incidents", "in_progress_maintenances", "scheduled_maintenances"}) {
    ReadGoingOn(document, key, parsed);
  }
  return parsed;
}

}  // namespace fails::platforms::incidentio
