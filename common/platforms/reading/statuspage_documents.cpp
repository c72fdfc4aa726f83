// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "common/base/status_macros.h"
#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/statuspage_history.h"
#include "common/platforms/reading/statuspage_html.h"
#include "common/platforms/reading/statuspage_incident.h"
#include "common/platforms/reading/statuspage_uptime.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/update_list.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::array kEndpoints = {
    StatuspageEndpoint{"incidents", "/api/v2/incidents.json", "incidents"},
    StatuspageEndpoint{"unresolved", "/api/v2/incidents/unresolved.json", "incidents"},
    StatuspageEndpoint{"scheduled_maintenances", "/api/v2/scheduled-maintenances.json",
                       "scheduled_maintenances"},
    StatuspageEndpoint{"components", "/api/v2/components.json", "components"},
    StatuspageEndpoint{"summary", "/api/v2/summary.json", "components"},
};

// incidents.json holds the newest this many and no more.
constexpr std::size_t kNewestIncidents = 50;

const StatuspageEndpoint* FindEndpoint(std::string_view kind) {
  const auto it = std::ranges::find(kEndpoints, kind, &StatuspageEndpoint::kind);
  return it == kEndpoints.end() ? nullptr : &*it;
}

std::string PageUrlOf(const json::object& document) {
  const json::object* page = FindObject(document, "page");
  std::string url = page ? TextAt(*page, "url") : "";
  while (url.ends_with('/')) url.pop_back();
  return url;
}

void ReadIncidents(const json::object& document, std::string_view key, std::string_view url,
                   Parsed& parsed) {
  const json::array* incidents = FindArray(document, key);
  if (!incidents) return;
  const StatuspageSource source{PageUrlOf(document), url};
  for (const json::value& value : *incidents) {
    if (auto report = ReadStatuspageIncident(value, source, parsed.problems)) {
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

// Look-alikes leave out of their summary what they do not show at the moment, and with it these
// keys.
bool ListsAllComponents(std::string_view kind, const json::object& object) {
  if (kind == "components") return true;
  return kind == "summary" && FindArray(object, "incidents") &&
         FindArray(object, "scheduled_maintenances");
}

void ReadComponents(std::string_view kind, const json::object& object, Parsed& parsed) {
  const json::array* components = FindArray(object, "components");
  if (!components) return;
  parsed.components_complete = ListsAllComponents(kind, object) && !components->empty();
  std::map<std::string, std::string> groups;  // names by id
  for (const json::value& value : *components) {
    const json::object* group = value.if_object();
    if (group && BoolAt(*group, "group")) groups[TextAt(*group, "id")] = TextAt(*group, "name");
  }
  for (const json::value& value : *components) {
    const json::object* component = value.if_object();
    if (!component) {
      parsed.components_complete = false;
      parsed.problems.emplace_back("a component that is no object");
      continue;
    }
    if (BoolAt(*component, "group")) continue;
    ComponentStatus read{{TextAt(*component, "id"), TextAt(*component, "name")},
                         StatuspageComponentStatus(TextAt(*component, "status")),
                         {TextAt(*component, "group_id"), ""}};
    if (const auto group = groups.find(read.group.id); group != groups.end()) {
      read.group.name = group->second;
    }
    parsed.components.push_back(std::move(read));
  }
}

absl::StatusOr<Parsed> ParseList(const DocumentView& document) {
  const StatuspageEndpoint* endpoint = FindEndpoint(document.kind);
  if (!endpoint) {
    return absl::InvalidArgumentError(fmt::format("'{}' is no Statuspage document", document.kind));
  }
  FAILS_ASSIGN_OR_RETURN(const json::object object, ParseObject(document.body));
  if (!FindObject(object, "page") || !FindArray(object, endpoint->list)) {
    return absl::InvalidArgumentError(
        fmt::format("JSON without 'page' and '{}': no Statuspage answer", endpoint->list));
  }
  Parsed parsed;
  parsed.page_updated_at = TimeAt(*FindObject(object, "page"), "updated_at");
  ReadIncidents(object, "incidents", document.url, parsed);
  ReadIncidents(object, "scheduled_maintenances", document.url, parsed);
  if (document.kind == "incidents") parsed.listing = ListingOf(object, parsed);
  ReadComponents(document.kind, object, parsed);
  return parsed;
}

absl::StatusOr<Parsed> ParseIncident(const DocumentView& document) {
  Parsed parsed;
  if (LooksLikeHtml(document.body)) {
    FAILS_ASSIGN_OR_RETURN(
        Report report, ReadStatuspageIncidentPage(document.body, document.url, parsed.problems));
    parsed.reports.push_back(std::move(report));
    return parsed;
  }
  FAILS_ASSIGN_OR_RETURN(json::object object, ParseObject(document.body));
  if (!object.contains("incident_updates") ||
      (TextAt(object, "id") + TextAt(object, "code")).empty()) {
    return absl::InvalidArgumentError("JSON without 'id' and 'incident_updates': no incident");
  }
  const StatuspageSource source{"", document.url};
  if (auto report = ReadStatuspageIncident(std::move(object), source, parsed.problems)) {
    parsed.reports.push_back(std::move(*report));
  }
  return parsed;
}

absl::StatusOr<Parsed> ParseHistory(const DocumentView& document) {
  FAILS_ASSIGN_OR_RETURN(StatuspageHistory history, ReadStatuspageHistory(document.body));
  Parsed parsed;
  parsed.problems = std::move(history.problems);
  return parsed;
}

absl::StatusOr<Parsed> ParseFeed(const DocumentView& document) {
  FAILS_ASSIGN_OR_RETURN(const Feed feed, ReadFeed(document.body));
  Parsed parsed;
  for (const FeedItem& item : feed.items) {
    Report report{
        .native_id = IncidentCodeOf(item.link), .title = item.title, .url = HttpUrl(item.link)};
    if (report.native_id.empty() || !item.published) {
      parsed.problems.push_back(
          fmt::format("an entry without an incident's address and a time: '{}'", item.id));
      continue;
    }
    report.updates = ReadUpdateList(item.html, *item.published);
    if (!report.updates.empty()) report.status = report.updates.front().status;
    parsed.reports.push_back(std::move(report));
  }
  return parsed;
}

// A deleted page redirects to a page of the platform that says so, with 200.
bool SaysDeleted(const DocumentView& document) {
  if (!LooksLikeHtml(document.body)) return false;
  if (FindNoCase(document.url, "page-deleted") != std::string_view::npos) return true;
  const std::string_view head = document.body.substr(0, 64 << 10);
  for (const std::string_view words :
       {"page has been deleted", "page was deleted", "page deleted", "page is no longer active",
        "page has been deactivated", "page is inactive"}) {
    if (FindNoCase(head, words) != std::string_view::npos) return true;
  }
  return false;
}

absl::StatusOr<Parsed> ParseUptime(const DocumentView& document) {
  auto uptime = document.kind == "uptime" ? ReadStatuspageUptime(document.body)
                                          : ReadStatuspageShowcase(document.body);
  Parsed parsed;
  if (uptime.ok()) {
    parsed.outage_days = std::move(uptime->days);
    parsed.problems = std::move(uptime->problems);
    return parsed;
  }
  // A page's owner can hide the calendars: then it says nothing, which is no error.
  const bool genuine = LooksLikeHtml(document.body) && !SaysDeleted(document) &&
                       FindNoCase(document.body, "statuspage") != std::string_view::npos;
  if (document.kind == "uptime" && genuine) return parsed;
  return uptime.status();
}

// Which kind of answer a document must be; empty where several are good.
std::string_view WantedType(std::string_view kind) {
  if (kind == "uptime") return "html";
  if (kind == "history_feed") return "xml";
  if (kind == "history" || kind == "incident") return "";
  return "json";
}

absl::Status CheckType(const DocumentView& document) {
  const std::string_view wanted = WantedType(document.kind);
  const std::string_view type = document.content_type;
  if (FindNoCase(type, wanted) != std::string_view::npos) return absl::OkStatus();
  if (wanted != "json") {
    return absl::FailedPreconditionError(
        fmt::format("'{}' instead of {}", type, wanted == "html" ? "HTML" : "a feed"));
  }
  const bool html = FindNoCase(type, "html") != std::string_view::npos;
  return absl::FailedPreconditionError(html ? fmt::format("HTML instead of JSON ('{}')", type)
                                            : fmt::format("'{}' instead of JSON", type));
}

}  // namespace

std::span<const StatuspageEndpoint> StatuspageEndpoints() {
  return kEndpoints;
}

bool LooksLikeHtml(std::string_view body) {
  const std::string_view start = Trim(body.substr(0, 1024));
  return start.starts_with('<') && !start.starts_with("<?xml");
}

absl::Status RecognizeStatuspage(const DocumentView& document) {
  absl::Status status = CheckType(document);
  if (status.ok()) status = ParseStatuspage(document).status();
  if (status.ok()) return status;
  if (SaysDeleted(document)) {
    return absl::FailedPreconditionError("page deleted: its provider took the status page down");
  }
  return absl::FailedPreconditionError(status.message());
}

absl::StatusOr<Parsed> ParseStatuspage(const DocumentView& document) {
  if (document.kind == "history") return ParseHistory(document);
  if (document.kind == "incident") return ParseIncident(document);
  if (document.kind == "history_feed") return ParseFeed(document);
  if (document.kind == "uptime" || document.kind == "uptime_showcase") return ParseUptime(document);
  return ParseList(document);
}

}  // namespace fails::platforms
