// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/incidentio/incident.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms::incidentio {
namespace {

namespace json = boost::json;

// The words of a tree of rich text; a line for each block. The parser has bounded its depth.
void AppendText(const json::value& node, std::string& text) {
  if (const json::array* nodes = node.if_array()) {
    for (const json::value& child : *nodes) AppendText(child, text);
    return;
  }
  const json::object* object = node.if_object();
  if (!object) return;
  const std::string type = TextAt(*object, "type");
  if (const json::value* own = object->if_contains("text"); own && own->is_string()) {
    text.append(own->get_string().data(), own->get_string().size());
  }
  if (const json::value* content = object->if_contains("content")) AppendText(*content, text);
  const bool block = type == "paragraph" || type == "heading" || type == "hardBreak" ||
                     type == "hard_break" || type == "codeBlock" || type == "code_block";
  if (block) text += '\n';
}

std::string BodyOf(const json::object& update) {
  for (const std::string_view key : {"message_string", "message", "body"}) {
    const json::value* message = update.if_contains(key);
    if (!message) continue;
    if (message->is_string()) return TextAt(update, key);
    std::string text;
    AppendText(*message, text);
    if (!text.empty()) return std::string(Trim(text));
  }
  return {};
}

void ReadUpdates(const json::object& incident, Report& report, std::vector<std::string>& problems) {
  for (const json::object* update : ObjectsAt(incident, "updates")) {
    const auto at = TimeAt(*update, "published_at");
    if (!at) {
      problems.push_back(
          fmt::format("incident {}: an update without a readable published_at", report.native_id));
      continue;
    }
    std::string word = TextAt(*update, "to_status");
    if (word.empty()) word = TextAt(*update, "status");
    report.updates.push_back({IdAt(*update, "id"), StatusOf(word), *at, BodyOf(*update)});
  }
}

// Stretches in which the incident had one worst state: all that a window says of its impacts.
void ReadSummaries(const json::object& incident, Report& report) {
  ServiceStatus worst = ServiceStatus::kUnknown;
  Report span;
  span.component_impacts.emplace();
  for (const json::object* stretch : ObjectsAt(incident, "status_summaries")) {
    worst = Worse(worst, StateFromWord(TextAt(*stretch, "worst_component_status")));
    if (const auto from = TimeAt(*stretch, "start_at")) {
      span.component_impacts->push_back({{}, *from, TimeAt(*stretch, "end_at")});
    }
  }
  SpanImpacts(span);
  report.impact_started_at = span.impact_started_at;
  report.impact_ended_at = span.impact_ended_at;
  report.impact = ImpactOf(worst);
}

void ReadComponents(const json::object& incident, const Names& names, Report& report) {
  // Providers unlink components when they resolve an incident: an empty list does not say "none".
  auto components = ComponentsAt(incident, "affected_components", "component_id");
  for (ComponentRef& component : components) {
    const auto name = names.find(component.id);
    if (component.name.empty() && name != names.end()) component.name = name->second;
  }
  if (!components.empty()) report.components = std::move(components);
}

// An incident that was brought over from another platform may have been opened, by its stages, on
// the day of the import and after its own end. Its impacts kept their times.
void RepairImported(Report& report) {
  if (!report.impact_started_at || !report.impact_ended_at) return;
  const Stages stages = Stages::FromUpdates(report.updates);
  if (!stages.resolved || !stages.HasPreResolutionStage()) return;
  std::vector<Update*> before;
  for (Update& update : report.updates) {
    if (update.status == IncidentStatus::kInvestigating ||
        update.status == IncidentStatus::kIdentified ||
        update.status == IncidentStatus::kMonitoring) {
      if (update.at <= *stages.resolved) return;
      before.push_back(&update);
    }
  }
  for (Update* update : before) update->at = *report.impact_started_at;
  CloseAt(report, *report.impact_ended_at);
  report.backfilled = true;
}

bool IsMaintenance(const json::object& incident, IncidentStatus status) {
  return TextAt(incident, "type") == "maintenance" || status == IncidentStatus::kScheduled ||
         status == IncidentStatus::kInProgress || status == IncidentStatus::kCompleted;
}

}  // namespace

IncidentStatus StatusOf(std::string_view word) {
  if (word == "maintenance_scheduled") return IncidentStatus::kScheduled;
  if (word == "maintenance_in_progress") return IncidentStatus::kInProgress;
  if (word == "maintenance_complete") return IncidentStatus::kCompleted;
  return StatusFromLabel(word);
}

std::optional<ComponentImpact> ReadImpact(const json::object& impact, const Names& names) {
  ComponentImpact read;
  read.component.id = IdAt(impact, "component_id");
  const auto from = TimeAt(impact, "start_at");
  if (read.component.id.empty() || read.component.id == "$undefined" || !from) return std::nullopt;
  if (const auto name = names.find(read.component.id); name != names.end()) {
    read.component.name = name->second;
  }
  read.from = *from;
  read.to = TimeAt(impact, "end_at");
  read.level = StateFromWord(TextAt(impact, "status"));
  return read;
}

void SetImpacts(std::vector<ComponentImpact> impacts, Report& report) {
  if (impacts.empty()) return;
  std::vector<ComponentRef> components;
  for (const ComponentImpact& impact : impacts) {
    if (std::ranges::find(components, impact.component) == components.end()) {
      components.push_back(impact.component);
    }
  }
  report.components = std::move(components);
  report.component_impacts = std::move(impacts);
  SpanImpacts(report);
  report.impact = ImpactOf(WorstOf(report));
}

std::optional<Report> ReadIncident(const json::object& incident, std::string_view origin,
                                   const Names& names, std::vector<std::string>& problems) {
  Report report;
  report.native_id = IdAt(incident, "id");
  if (report.native_id.empty()) {
    problems.push_back(fmt::format("an incident without id: '{}'", TextAt(incident, "name")));
    return std::nullopt;
  }
  report.title = TextAt(incident, "name");
  report.status = StatusOf(TextAt(incident, "status"));
  report.url = TextAt(incident, "permalink");
  if (report.url.empty() && !origin.empty()) {
    report.url = fmt::format("{}/incidents/{}", origin, report.native_id);
    report.url_guessed = true;
  }
  ReadUpdates(incident, report, problems);
  ReadSummaries(incident, report);
  std::vector<ComponentImpact> impacts;
  for (const json::object* impact : ObjectsAt(incident, "component_impacts")) {
    if (auto read = ReadImpact(*impact, names)) impacts.push_back(std::move(*read));
  }
  SetImpacts(std::move(impacts), report);
  ReadComponents(incident, names, report);
  report.scheduled_for = TimeAt(incident, "starts_at");
  report.scheduled_until = TimeAt(incident, "ends_at");
  if (IsMaintenance(incident, report.status)) report.impact = Impact::kMaintenance;
  RepairImported(report);
  return report;
}

}  // namespace fails::platforms::incidentio
