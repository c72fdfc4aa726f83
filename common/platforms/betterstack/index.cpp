// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/betterstack/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms::betterstack {
namespace {

namespace json = boost::json;

constexpr double kDaySeconds = 86'400;

struct Member {
  std::string id;
  const json::object* attributes;
};
using Members = std::vector<Member>;

// The included members of a type, in order.
Members MembersOf(const json::object& document, std::string_view type) {
  Members members;
  for (const json::object* member : ObjectsAt(document, "included")) {
    const json::object* attributes = FindObject(*member, "attributes");
    if (TextAt(*member, "type") != type || !attributes) continue;
    members.push_back({IdAt(*member, "id"), attributes});
  }
  return members;
}

std::optional<absl::CivilDay> DayAt(const json::object& object, std::string_view key) {
  absl::CivilDay day;
  const std::string text = TextAt(object, key);
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day)) return std::nullopt;
  return day;
}

// Days are labels in the page's own time zone and stay as they are. Maintenance is no outage.
void ReadCalendar(const Member& resource, const ComponentRef& component, Parsed& parsed) {
  for (const json::object* day : ObjectsAt(*resource.attributes, "status_history")) {
    const auto date = DayAt(*day, "day");
    if (!date) {
      parsed.problems.push_back(
          fmt::format("resource {}: a day without a date: '{}'", resource.id, TextAt(*day, "day")));
      continue;
    }
    const auto down = NumberAt(*day, "downtime_duration");
    if (!down || StateFromWord(TextAt(*day, "status")) == ServiceStatus::kUnknown) continue;
    OutageDay outage{*date};
    outage.major_seconds = static_cast<std::int32_t>(std::clamp(*down, 0.0, kDaySeconds));
    parsed.outage_days.push_back({"", component, outage});
  }
}

std::map<std::string, std::string> ReadResources(const json::object& document, Parsed& parsed) {
  std::map<std::string, std::string> names, sections;
  for (const Member& section : MembersOf(document, "status_page_section")) {
    sections.emplace(section.id, TextAt(*section.attributes, "name"));
  }
  for (const Member& resource : MembersOf(document, "status_page_resource")) {
    const ComponentRef component{resource.id, TextAt(*resource.attributes, "public_name")};
    names.emplace(component.id, component.name);
    ComponentRef section{IdAt(*resource.attributes, "status_page_section_id"), ""};
    if (const auto named = sections.find(section.id); named != sections.end()) {
      section.name = named->second;
    }
    parsed.components.push_back(
        {component, StateFromWord(TextAt(*resource.attributes, "status")), section});
    ReadCalendar(resource, component, parsed);
  }
  parsed.components_complete = !parsed.components.empty();
  return names;
}

// The worst state in which a report or one of its updates names each resource.
class Affected {
 public:
  void Add(const json::object& attributes) {
    for (const json::object* resource : ObjectsAt(attributes, "affected_resources")) {
      const std::string id = IdAt(*resource, "status_page_resource_id");
      if (id.empty()) continue;
      if (!worst_.contains(id)) order_.push_back(id);
      worst_[id] = Worse(worst_[id], StateFromWord(TextAt(*resource, "status")));
    }
  }

  void Put(const std::map<std::string, std::string>& names, absl::Time from,
           std::optional<absl::Time> to, Report& report) const {
    if (order_.empty()) return;
    report.components.emplace();
    report.component_impacts.emplace();
    ServiceStatus all = ServiceStatus::kUnknown;
    for (const std::string& id : order_) {
      const auto name = names.find(id);
      const ComponentRef component{id, name == names.end() ? "" : name->second};
      report.components->push_back(component);
      const ServiceStatus worst = worst_.at(id);
      // After the end everything is "resolved", which tells nothing of before.
      if (worst <= ServiceStatus::kOperational) continue;
      all = Worse(all, worst);
      report.component_impacts->push_back({component, from, to, worst});
    }
    if (report.impact == Impact::kUnknown) report.impact = ImpactOf(all);
  }

 private:
  std::vector<std::string> order_;
  std::map<std::string, ServiceStatus> worst_;
};

bool AllRecovered(const json::object& attributes) {
  const auto resources = ObjectsAt(attributes, "affected_resources");
  return !resources.empty() && std::ranges::all_of(resources, [](const json::object* resource) {
    return StateFromWord(TextAt(*resource, "status")) == ServiceStatus::kOperational;
  });
}

IncidentStatus MaintenanceStatus(absl::Time start, std::optional<absl::Time> end, absl::Time now) {
  if (end && *end <= now) return IncidentStatus::kCompleted;
  return start > now ? IncidentStatus::kScheduled : IncidentStatus::kInProgress;
}

void ReadUpdates(const Member& member, const Members& updates, Affected& affected, Report& report,
                 std::vector<std::string>& problems) {
  for (const Member& update : updates) {
    if (IdAt(*update.attributes, "status_report_id") != member.id) continue;
    affected.Add(*update.attributes);
    const auto at = TimeAt(*update.attributes, "published_at");
    if (!at) {
      problems.push_back(
          fmt::format("report {}: update {} has no readable time", member.id, update.id));
      continue;
    }
    std::string body = TextAt(*update.attributes, "message");
    const IncidentStatus status =
        AllRecovered(*update.attributes) ? IncidentStatus::kResolved : StageInText(body);
    report.updates.push_back({update.id, status, *at, std::move(body)});
  }
}

void ReadReport(const Member& member, const Members& updates, std::string_view page,
                const std::map<std::string, std::string>& names, absl::Time fetched_at,
                Parsed& parsed) {
  Report report;
  report.native_id = member.id;
  report.title = TextAt(*member.attributes, "title");
  const auto starts = TimeAt(*member.attributes, "starts_at");
  if (member.id.empty() || !starts) {
    parsed.problems.push_back(fmt::format("a report without id or starts_at: '{}'", report.title));
    return;
  }
  const auto ends = TimeAt(*member.attributes, "ends_at");
  if (!page.empty()) {
    report.url = fmt::format("{}/incident/{}", page, member.id);
    report.url_guessed = true;
  }
  Affected affected;
  affected.Add(*member.attributes);
  ReadUpdates(member, updates, affected, report, parsed.problems);
  const std::string state = TextAt(*member.attributes, "aggregate_state");
  if (TextAt(*member.attributes, "report_type") == "maintenance") {
    report.impact = Impact::kMaintenance;
    report.scheduled_for = starts;
    report.scheduled_until = ends;
    report.status = MaintenanceStatus(*starts, ends, fetched_at);
    // "Resolved" is no word for a maintenance.
    for (Update& update : report.updates) {
      const bool over = update.status == IncidentStatus::kResolved;
      update.status = over ? IncidentStatus::kCompleted : IncidentStatus::kUnknown;
    }
    affected.Put(names, *starts, ends, report);
    parsed.reports.push_back(std::move(report));
    return;
  }
  const bool over = state == "resolved" || (ends && *ends <= fetched_at);
  if (state != "resolved") report.impact = ImpactOf(StateFromWord(state));
  if (report.impact == Impact::kNone) report.impact = Impact::kUnknown;
  affected.Put(names, *starts, over ? ends : std::nullopt, report);
  OpenAt(report, *starts);
  if (over && ends) CloseAt(report, *ends);
  const auto newest = std::ranges::max_element(report.updates, {}, &Update::at);
  report.status = over ? IncidentStatus::kResolved : newest->status;
  if (report.status == IncidentStatus::kUnknown) report.status = IncidentStatus::kInvestigating;
  parsed.reports.push_back(std::move(report));
}

std::string PageAddress(const json::object& document) {
  const json::object* data = FindObject(document, "data");
  const json::object* attributes = data ? FindObject(*data, "attributes") : nullptr;
  if (!attributes) return {};
  std::string domain = TextAt(*attributes, "custom_domain");
  if (domain.empty()) {
    domain = TextAt(*attributes, "subdomain");
    if (!domain.empty()) domain += ".betteruptime.com";
  }
  const bool host = domain.find_first_of("/ \"<>") == std::string::npos;
  return domain.empty() || !host ? "" : "https://" + domain;
}

}  // namespace

Parsed ReadIndex(const json::object& document, absl::Time fetched_at) {
  Parsed parsed;
  const auto names = ReadResources(document, parsed);
  const Members updates = MembersOf(document, "status_update");
  const std::string page = PageAddress(document);
  for (const Member& report : MembersOf(document, "status_report")) {
    ReadReport(report, updates, page, names, fetched_at, parsed);
  }
  return parsed;
}

}  // namespace fails::platforms::betterstack
