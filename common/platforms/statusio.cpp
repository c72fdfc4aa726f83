// SPDX-License-Identifier: Apache-2.0
// Status.io. The page is HTML and names its id, by which the public API is asked. The API lists
// only what goes on: an incident that is missing is over, provided that the document says
// something, be it another incident or that all is operational.
#include "common/platforms/statusio.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/states.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kPage = "page";
constexpr std::string_view kStatus = "status";
constexpr std::string_view kApi = "https://api.status.io/1.0/status/";

// 24 hexadecimal digits behind one of the names that the page has for its id.
std::string PageIdIn(std::string_view html) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const std::string_view name :
       {std::string_view("statuspage_id"), std::string_view("statuspageId"),
        std::string_view("api.status.io/1.0/status/"), std::string_view("status.io/pages/")}) {
    for (std::size_t at = 0; (at = html.find(name, at)) != std::string_view::npos;) {
      at += name.size();
      const std::string_view rest = html.substr(at, 34);
      const std::size_t begin = rest.find_first_of(kHex);
      if (begin == std::string_view::npos || begin > 8) continue;
      const std::string_view id = rest.substr(begin, 24);
      if (id.size() == 24 && id.find_first_not_of(kHex) == std::string_view::npos) {
        return std::string(id);
      }
    }
  }
  return {};
}

ServiceStatus StateOfCode(const json::object& object) {
  const auto code = NumberAt(object, "status_code");
  if (!code) return StateFromWord(TextAt(object, "status"));
  switch (static_cast<int>(std::clamp(*code, 0.0, 9999.0))) {
    case 100:
      return ServiceStatus::kOperational;
    case 200:
      return ServiceStatus::kMaintenance;
    case 300:
      return ServiceStatus::kDegraded;
    case 400:
      return ServiceStatus::kPartialOutage;
    case 500:
      return ServiceStatus::kMajorOutage;
    default:  // 600 is a security event, which says nothing of how the component does
      return ServiceStatus::kUnknown;
  }
}

IncidentStatus StageOf(const json::object& message, std::string_view body) {
  const auto code = NumberAt(message, "state");
  if (code == 100) return IncidentStatus::kInvestigating;
  if (code == 200) return IncidentStatus::kIdentified;
  if (code == 300) return IncidentStatus::kMonitoring;
  const IncidentStatus named = StatusFromLabel(TextAt(message, "state"));
  return named != IncidentStatus::kUnknown ? named : StageInText(body);
}

std::vector<ComponentRef> AffectedBy(const json::object& incident) {
  std::vector<ComponentRef> affected;
  for (const std::string_view key : {"components_affected", "containers_affected"}) {
    for (const std::string_view id : {"_id", "id"}) {
      for (ComponentRef& component : ComponentsAt(incident, key, id)) {
        const bool known = std::ranges::any_of(affected, [&](const ComponentRef& other) {
          return other == component || (component.id.empty() && other.name == component.name);
        });
        if (!known) affected.push_back(std::move(component));
      }
    }
  }
  std::erase_if(affected, [&affected](const ComponentRef& component) {
    return component.id.empty() && std::ranges::any_of(affected, [&](const ComponentRef& other) {
             return !other.id.empty() && other.name == component.name;
           });
  });
  return affected;
}

void ReadIncident(const json::object& incident, bool maintenance, Parsed& parsed) {
  Report report;
  report.native_id = IdAt(incident, "_id");
  if (report.native_id.empty()) report.native_id = IdAt(incident, "id");
  report.title = TextAt(incident, "name");
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an incident without id: '{}'", report.title));
    return;
  }
  ServiceStatus worst = ServiceStatus::kUnknown;
  for (const json::object* message : ObjectsAt(incident, "messages")) {
    const auto at = TimeAt(*message, "datetime");
    if (!at) {
      parsed.problems.push_back(
          fmt::format("incident {}: a message without a readable time", report.native_id));
      continue;
    }
    std::string body = TextAt(*message, "details");
    const auto code = NumberAt(*message, "status");
    if (code) worst = Worse(worst, StateOfCode(json::object{{"status_code", *code}}));
    const IncidentStatus stage = maintenance ? IncidentStatus::kUnknown : StageOf(*message, body);
    report.updates.push_back({IdAt(*message, "_id"), stage, *at, std::move(body)});
  }
  if (auto affected = AffectedBy(incident); !affected.empty()) {
    report.components = std::move(affected);
  }
  if (maintenance) {
    report.impact = Impact::kMaintenance;
    report.scheduled_for = TimeAt(incident, "datetime_planned_start");
    report.scheduled_until = TimeAt(incident, "datetime_planned_end");
  } else {
    if (worst > ServiceStatus::kOperational) report.impact = ImpactOf(worst);
    const auto newest = std::ranges::max_element(report.updates, {}, &Update::at);
    if (newest != report.updates.end()) report.status = newest->status;
    if (report.status == IncidentStatus::kUnknown) report.status = IncidentStatus::kInvestigating;
    if (const auto open = TimeAt(incident, "datetime_open")) OpenAt(report, *open);
  }
  parsed.reports.push_back(std::move(report));
}

void ReadMaintenance(const json::object& result, Parsed& parsed) {
  const json::object* maintenance = FindObject(result, "maintenance");
  if (!maintenance) return;
  for (const auto& [key, status] : {std::pair{"active", IncidentStatus::kInProgress},
                                    std::pair{"upcoming", IncidentStatus::kScheduled}}) {
    const std::size_t before = parsed.reports.size();
    for (const json::object* one : ObjectsAt(*maintenance, key)) ReadIncident(*one, true, parsed);
    for (std::size_t i = before; i < parsed.reports.size(); ++i) parsed.reports[i].status = status;
  }
}

absl::StatusOr<json::object> OpenStatus(const DocumentView& document) {
  auto object = ParseObject(document.body);
  if (!object.ok()) return object;
  json::value* member = object->if_contains("result");
  json::object* result = member ? member->if_object() : nullptr;
  if (!result || !FindObject(*result, "status_overall")) {
    return absl::InvalidArgumentError("JSON without 'status_overall': no Status.io answer");
  }
  return std::move(*result);
}

Parsed ReadStatus(const json::object& result) {
  Parsed parsed;
  for (const json::object* component : ObjectsAt(result, "status")) {
    parsed.components.push_back(
        {{IdAt(*component, "id"), TextAt(*component, "name")}, StateOfCode(*component)});
  }
  parsed.components_complete = !parsed.components.empty();
  for (const json::object* incident : ObjectsAt(result, "incidents")) {
    ReadIncident(*incident, false, parsed);
  }
  const json::object* overall = FindObject(result, "status_overall");
  const bool says_something =
      !parsed.reports.empty() || (overall && StateOfCode(*overall) == ServiceStatus::kOperational);
  if (FindArray(result, "incidents") && says_something && parsed.problems.empty()) {
    parsed.listing = Listing{.absence = Listing::Absence::kResolved};
  }
  if (overall) parsed.page_updated_at = TimeAt(*overall, "updated");
  ReadMaintenance(result, parsed);
  return parsed;
}

// Where the page does not name its id, its components are all there is.
absl::StatusOr<Parsed> ReadPage(std::string_view html) {
  const auto document = HtmlDocument::Parse(html);
  if (!document.ok()) return document.status();
  Parsed parsed;
  for (const HtmlElement& element : document->root().WithClass("component")) {
    const auto names = element.WithClass("component_name");
    const auto states = element.WithClass("component-status");
    if (names.empty() || states.empty()) continue;
    parsed.components.push_back({{"", names.front().Text()}, StateFromWord(states.front().Text())});
  }
  if (parsed.components.empty() && PageIdIn(html).empty()) {
    return absl::InvalidArgumentError("HTML that names neither a Status.io page nor components");
  }
  return parsed;
}

class StatusIo final : public Platform {
 public:
  std::string_view id() const override { return "statusio"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};
    if (base_url.starts_with(kApi)) {
      return {{std::string(kStatus), std::string(base_url), "application/json"}};
    }
    return {{std::string(kPage), fmt::format("{}/", base_url), "text/html"}};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose purpose,
                                         const DocumentView& document) const override {
    if (document.kind != kPage || purpose != Purpose::kPoll) return {};
    const std::string page_id = PageIdIn(document.body);
    if (page_id.empty()) return {};
    return {{std::string(kStatus), fmt::format("{}{}", kApi, page_id), "application/json"}};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (document.kind == kPage) return AsForeign(ReadPage(document.body).status());
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(OpenStatus(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    if (document.kind == kPage) return ReadPage(document.body);
    const auto result = OpenStatus(document);
    if (!result.ok()) return result.status();
    return ReadStatus(*result);
  }
};

}  // namespace

const Platform& StatusIoPlatform() {
  static const StatusIo platform;
  return platform;
}

}  // namespace fails::platforms
