// SPDX-License-Identifier: Apache-2.0
// incident.io. The good source is what its pages fetch for themselves, /proxy/<host>/…; the API
// that looks like Statuspage's and the page's own scripts are asked only where that fails.
#include "common/platforms/incidentio.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "common/base/text.h"
#include "common/base/time.h"
#include "common/platforms/incidentio/compat.h"
#include "common/platforms/incidentio/native.h"
#include "common/platforms/incidentio/windows.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/page_data.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;
using incidentio::Walk;
using incidentio::Window;

constexpr std::string_view kSummary = "proxy";
constexpr std::string_view kImpacts = "component_impacts";
constexpr std::string_view kIncidents = "proxy_incidents";
constexpr std::string_view kCompatIncidents = "incidents";
constexpr std::string_view kCompatComponents = "components";
constexpr std::string_view kWidget = "widget";
constexpr std::string_view kPage = "page";

struct Shape {
  std::string_view kind;
  std::string_view key;  // what makes the document what it claims to be: an object or a list
};
constexpr std::array kShapes = {
    Shape{kSummary, "summary"},
    Shape{kImpacts, "component_impacts"},
    Shape{kIncidents, "incidents"},
    Shape{kCompatIncidents, "incidents"},
    Shape{kCompatComponents, "components"},
    Shape{kWidget, "ongoing_incidents"},
};

std::string Proxy(std::string_view base_url) {
  return fmt::format("{}/proxy/{}", base_url, HostOf(base_url));
}

DocumentRequest WindowRequest(std::string_view base_url, std::string_view kind,
                              const Window& window, const std::string& state) {
  const std::string_view path = kind == kImpacts ? "component_impacts" : "incidents";
  return {std::string(kind), fmt::format("{}/{}?{}", Proxy(base_url), path, window.Query()),
          "application/json", state};
}

DocumentRequest Instead(const DocumentRequest& of, std::string_view kind, std::string url,
                        std::string_view accept) {
  DocumentRequest request{std::string(kind), std::move(url), std::string(accept)};
  request.instead_of = of.url;
  return request;
}

absl::Status WrongShape(std::string_view kind) {
  return absl::InvalidArgumentError(
      fmt::format("JSON of another form: no incident.io answer of kind '{}'", kind));
}

// The document as JSON of the right outer form. A list may be null.
absl::StatusOr<json::object> Open(const DocumentView& document) {
  const auto shape = std::ranges::find(kShapes, document.kind, &Shape::kind);
  if (shape == kShapes.end()) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' is no incident.io document", document.kind));
  }
  auto value = ParseJson(document.body);
  if (!value.ok()) return value.status();
  DropUndefined(*value);
  json::object* object = value->if_object();
  if (!object) return absl::InvalidArgumentError("JSON, but no object");
  const json::value* member = object->if_contains(shape->key);
  const bool object_wanted = document.kind == kSummary;
  const bool compat = document.kind == kCompatIncidents || document.kind == kCompatComponents;
  if (!member || (object_wanted ? !member->is_object() : member->is_object()) ||
      !(member->is_structured() || member->is_null()) || (compat && !FindObject(*object, "page"))) {
    return WrongShape(document.kind);
  }
  return std::move(*object);
}

absl::StatusOr<std::string> OpenPage(const DocumentView& document) {
  std::string chunks = NextChunks(document.body);
  if (chunks.find("\"component_impacts\":") == std::string::npos) {
    return absl::InvalidArgumentError("HTML without the data of an incident.io page");
  }
  return chunks;
}

class IncidentIo final : public Platform {
 public:
  std::string_view id() const override { return "incidentio"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time now) const override {
    const Window window = incidentio::NewestWindow(now);
    DocumentRequest summary{std::string(kSummary), Proxy(base_url), "application/json"};
    if (purpose == Purpose::kBackfill) {
      summary.state = ToRfc3339(now);
      return {std::move(summary)};
    }
    DocumentRequest incidents = WindowRequest(base_url, kIncidents, window, "");
    DocumentRequest impacts = WindowRequest(base_url, kImpacts, window, "");
    DocumentRequest compat_incidents =
        Instead(incidents, kCompatIncidents, fmt::format("{}/api/v2/incidents.json", base_url),
                "application/json");
    DocumentRequest compat_components =
        Instead(summary, kCompatComponents, fmt::format("{}/api/v2/components.json", base_url),
                "application/json");
    DocumentRequest widget =
        Instead(summary, kWidget, fmt::format("{}/api/v1/summary", base_url), "application/json");
    DocumentRequest page = Instead(impacts, kPage, fmt::format("{}/", base_url), "text/html");
    // Incidents before their impacts, which tell no stages: news is announced with its stages.
    return {std::move(summary),
            std::move(incidents),
            std::move(impacts),
            std::move(compat_incidents),
            std::move(compat_components),
            std::move(widget),
            std::move(page)};
  }

  // A backfill begins with the summary, which knows how far back there is anything, and walks two
  // chains of windows from there: incidents and impacts.
  std::vector<DocumentRequest> FollowUps(std::string_view base_url, Purpose purpose,
                                         const DocumentView& document) const override {
    if (purpose != Purpose::kBackfill) return {};
    const auto object = Open(document);
    if (!object.ok()) return {};
    if (document.kind == kSummary) {
      const auto now = ParseTime(document.state);
      const Window window = incidentio::NewestWindow(now.ok() ? *now : document.fetched_at);
      Walk walk;
      walk.since = incidentio::AvailableSince(*object).value_or(absl::InfinitePast());
      const std::string state = walk.ToState();
      return {WindowRequest(base_url, kIncidents, window, state),
              WindowRequest(base_url, kImpacts, window, state)};
    }
    const auto window = incidentio::WindowOf(document.url);
    const auto walk = Walk::FromState(document.state);
    if (!window || !walk || (document.kind != kImpacts && document.kind != kIncidents)) return {};
    const Window next = incidentio::Before(*window);
    const auto onward = walk->Next(next, incidentio::HoldsAnything(*object, *window));
    if (!onward) return {};
    return {WindowRequest(base_url, document.kind, next, onward->ToState())};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (document.kind == kPage) return AsForeign(OpenPage(document).status());
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    const std::string_view origin = OriginOf(document.url);
    if (document.kind == kPage) {
      const auto chunks = OpenPage(document);
      if (!chunks.ok()) return chunks.status();
      return incidentio::ReadChunks(*chunks, origin);
    }
    const auto object = Open(document);
    if (!object.ok()) return object.status();
    const auto window = incidentio::WindowOf(document.url);
    if (document.kind == kSummary) return incidentio::ReadSummary(*object, origin);
    if (document.kind == kImpacts) return incidentio::ReadImpacts(*object, window);
    if (document.kind == kIncidents) {
      return incidentio::ReadIncidents(*object, origin, window, document.fetched_at);
    }
    if (document.kind == kCompatIncidents) return incidentio::ReadCompatIncidents(*object, origin);
    if (document.kind == kCompatComponents) return incidentio::ReadCompatComponents(*object);
    return incidentio::ReadWidget(*object);
  }
};

}  // namespace

const Platform& IncidentIoPlatform() {
  static const IncidentIo platform;
  return platform;
}

}  // namespace fails::platforms
