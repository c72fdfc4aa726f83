// SPDX-License-Identifier: Apache-2.0
// Atlassian Statuspage, https://<page>/api/v2/*.json. Times carry the page's own offset; updates
// stand newest first.
#include "common/platforms/statuspage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "common/base/text.h"
#include "common/platforms/reading/json_reader.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

struct Endpoint {
  std::string_view kind;
  std::string_view path;
  std::string_view list;  // the array that makes the document what it claims to be
};

constexpr std::array kEndpoints = {
    Endpoint{"incidents", "/api/v2/incidents.json", "incidents"},
    Endpoint{"unresolved", "/api/v2/incidents/unresolved.json", "incidents"},
    Endpoint{"scheduled_maintenances", "/api/v2/scheduled-maintenances.json",
             "scheduled_maintenances"},
    Endpoint{"components", "/api/v2/components.json", "components"},
    Endpoint{"summary", "/api/v2/summary.json", "components"},
};

// incidents.json holds the newest this many and no more.
constexpr std::size_t kNewestIncidents = 50;

const Endpoint* FindEndpoint(std::string_view kind) {
  const auto it = std::ranges::find(kEndpoints, kind, &Endpoint::kind);
  return it == kEndpoints.end() ? nullptr : &*it;
}

IncidentStatus StatusOf(const std::string& word) {
  if (word == "verifying")
    return IncidentStatus::kInProgress;  // of a maintenance: done, being checked
  return IncidentStatusFromString(word).value_or(IncidentStatus::kUnknown);
}

ServiceStatus ComponentStatusOf(const std::string& word) {
  if (word == "degraded_performance") return ServiceStatus::kDegraded;
  if (word == "under_maintenance") return ServiceStatus::kMaintenance;
  return ServiceStatusFromString(word).value_or(ServiceStatus::kUnknown);
}

std::vector<ComponentRef> ComponentsOf(const json::array& list) {
  std::vector<ComponentRef> components;
  for (const json::value& value : list) {
    const json::object* object = value.if_object();
    if (!object) continue;
    ComponentRef component{TextAt(*object, "id"), TextAt(*object, "name")};
    if (!component.id.empty() || !component.name.empty())
      components.push_back(std::move(component));
  }
  return components;
}

void ReadUpdates(const json::object& incident, Report& report, std::vector<std::string>& problems) {
  const json::array* updates = FindArray(incident, "incident_updates");
  if (!updates) return;
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
    report.updates.push_back(
        {TextAt(*object, "id"), StatusOf(TextAt(*object, "status")), *at, TextAt(*object, "body")});
  }
}

std::string UrlOf(const json::object& document, const json::object& incident,
                  const std::string& native_id) {
  const json::object* page = FindObject(document, "page");
  std::string base = page ? TextAt(*page, "url") : "";
  while (base.ends_with('/')) base.pop_back();
  if (base.starts_with("https://") || base.starts_with("http://")) {
    return fmt::format("{}/incidents/{}", base, native_id);
  }
  std::string shortlink = TextAt(incident, "shortlink");
  return shortlink.starts_with("https://") ? shortlink : "";
}

std::optional<Report> ReadIncident(const json::object& document, const json::value& value,
                                   std::vector<std::string>& problems) {
  const json::object* incident = value.if_object();
  if (!incident) {
    problems.push_back("an incident that is no object");
    return std::nullopt;
  }
  Report report;
  report.native_id = TextAt(*incident, "id");
  if (report.native_id.empty()) report.native_id = TextAt(*incident, "code");
  if (report.native_id.empty()) {
    problems.push_back(fmt::format("an incident without id: '{}'", TextAt(*incident, "name")));
    return std::nullopt;
  }
  report.title = TextAt(*incident, "name");
  report.url = UrlOf(document, *incident, report.native_id);
  report.impact = ImpactFromString(TextAt(*incident, "impact")).value_or(Impact::kUnknown);
  report.status = StatusOf(TextAt(*incident, "status"));
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

void ReadIncidents(const json::object& document, std::string_view key, Parsed& parsed) {
  const json::array* incidents = FindArray(document, key);
  if (!incidents) return;
  for (const json::value& value : *incidents) {
    if (auto report = ReadIncident(document, value, parsed.problems)) {
      parsed.reports.push_back(std::move(*report));
    }
  }
}

// incidents.json lists the newest 50 by creation. A list that is empty or has an unreadable member
// makes no claim: an empty list is never a recovery.
std::optional<Listing> ListingOf(const json::object& document, const Parsed& parsed) {
  const json::array* incidents = FindArray(document, "incidents");
  if (!incidents || incidents->empty() || !parsed.problems.empty()) return std::nullopt;
  if (incidents->size() < kNewestIncidents) return Listing{};
  std::optional<absl::Time> oldest;
  for (const json::value& value : *incidents) {
    const auto created = TimeAt(value.as_object(), "created_at");
    if (!created) return std::nullopt;
    if (!oldest || *created < *oldest) oldest = created;
  }
  return Listing{oldest};
}

class Statuspage final : public Platform {
 public:
  std::string_view id() const override { return "statuspage"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    std::vector<DocumentRequest> requests;
    if (purpose != Purpose::kPoll) return requests;
    for (const Endpoint& endpoint : kEndpoints) {
      requests.push_back({std::string(endpoint.kind), fmt::format("{}{}", base_url, endpoint.path),
                          "application/json"});
    }
    return requests;
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (absl::AsciiStrToLower(Absl(document.content_type)).find("json") == std::string::npos) {
      return absl::FailedPreconditionError(
          fmt::format("'{}' instead of JSON", document.content_type));
    }
    const auto object = ParseObject(document.body);
    if (!object.ok()) return absl::FailedPreconditionError(object.status().message());
    return CheckShape(document.kind, *object);
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    auto object = ParseObject(document.body);
    if (!object.ok()) return object.status();
    if (absl::Status shape = CheckShape(document.kind, *object); !shape.ok()) {
      return absl::InvalidArgumentError(shape.message());
    }
    Parsed parsed;
    if (const json::object* page = FindObject(*object, "page")) {
      parsed.page_updated_at = TimeAt(*page, "updated_at");
    }
    ReadIncidents(*object, "incidents", parsed);
    ReadIncidents(*object, "scheduled_maintenances", parsed);
    if (document.kind == "incidents") parsed.listing = ListingOf(*object, parsed);
    ReadComponents(*object, parsed);
    return parsed;
  }

 private:
  static absl::Status CheckShape(std::string_view kind, const json::object& object) {
    const Endpoint* endpoint = FindEndpoint(kind);
    if (!endpoint) {
      return absl::FailedPreconditionError(fmt::format("'{}' is no Statuspage document", kind));
    }
    if (!FindObject(object, "page") || !FindArray(object, endpoint->list)) {
      return absl::FailedPreconditionError(
          fmt::format("JSON without 'page' and '{}': no Statuspage answer", endpoint->list));
    }
    return absl::OkStatus();
  }

  static void ReadComponents(const json::object& object, Parsed& parsed) {
    const json::array* components = FindArray(object, "components");
    if (!components) return;
    for (const json::value& value : *components) {
      const json::object* component = value.if_object();
      if (!component || BoolAt(*component, "group")) continue;
      parsed.components.push_back({{TextAt(*component, "id"), TextAt(*component, "name")},
                                   ComponentStatusOf(TextAt(*component, "status"))});
    }
  }
};

}  // namespace

const Platform& StatuspagePlatform() {
  static const Statuspage platform;
  return platform;
}

}  // namespace fails::platforms
