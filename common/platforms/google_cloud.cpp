// SPDX-License-Identifier: Apache-2.0
// Google Cloud Service Health, /incidents.json: a bare array of about a year's incidents, newest
// first, of all products; the catalog matches them by product id.
//
// There are no stages. `begin` and `end` say when the impact was; an update whose status is
// AVAILABLE, and `end`, say that it is over, and of the two `end` holds, since the closing note is
// often posted later. What came before is read from the text and left unknown where that does not
// say: `begin` is when the impact began, not when somebody began to investigate.
#include "common/platforms/google_cloud.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kIncidents = "incidents";

bool IsIncident(const json::value& value) {
  const json::object* object = value.if_object();
  return object && object->contains("id") &&
         (object->contains("service_key") || object->contains("affected_products"));
}

absl::StatusOr<json::array> Open(const DocumentView& document) {
  if (document.kind != kIncidents) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' is no Google Cloud document", document.kind));
  }
  auto value = ParseJson(document.body);
  if (!value.ok()) return value.status();
  json::array* array = value->if_array();
  // A year without incidents is none of Google's, so that an empty list is no answer either.
  if (!array || std::ranges::none_of(*array, IsIncident)) {
    return absl::InvalidArgumentError("no array of incidents with 'service_key'");
  }
  return std::move(*array);
}

ServiceStatus LevelOf(const json::object& incident) {
  const std::string impact = TextAt(incident, "status_impact");
  if (impact == "SERVICE_OUTAGE") return ServiceStatus::kMajorOutage;
  if (impact == "SERVICE_DISRUPTION") return ServiceStatus::kPartialOutage;
  if (impact == "SERVICE_INFORMATION") return ServiceStatus::kDegraded;
  return ServiceStatus::kUnknown;
}

Impact ImpactAt(const json::object& incident) {
  switch (LevelOf(incident)) {
    case ServiceStatus::kMajorOutage:
      return Impact::kCritical;
    case ServiceStatus::kPartialOutage:
      return Impact::kMajor;
    case ServiceStatus::kDegraded:
      return Impact::kMinor;
    default:
      break;
  }
  const std::string severity = TextAt(incident, "severity");
  if (severity == "high") return Impact::kCritical;
  if (severity == "medium") return Impact::kMajor;
  return severity == "low" ? Impact::kMinor : Impact::kUnknown;
}

std::vector<ComponentRef> ProductsOf(const json::object& incident) {
  auto products = ComponentsAt(incident, "affected_products", "id", "title");
  const ComponentRef service{IdAt(incident, "service_key"), TextAt(incident, "service_name")};
  if (products.empty() && !service.id.empty()) products.push_back(service);
  return products;
}

std::string TitleOf(const json::object& incident) {
  std::string title = TextAt(incident, "external_desc");
  if (title.empty()) title = TextAt(incident, "service_name");
  return title;
}

void ReadUpdates(const json::object& incident, Report& report, Parsed& parsed) {
  int number = 0;
  for (const json::object* update : ObjectsAt(incident, "updates")) {
    ++number;
    auto at = TimeAt(*update, "when");
    if (!at) at = TimeAt(*update, "created");
    if (!at) {
      parsed.problems.push_back(fmt::format(
          "incident {}: update {} from the top has no readable time", report.native_id, number));
      continue;
    }
    std::string body = TextAt(*update, "text");
    const bool over = TextAt(*update, "status") == "AVAILABLE";
    const IncidentStatus status = over ? IncidentStatus::kResolved : StageInText(body);
    report.updates.push_back({IdAt(*update, "id"), status, *at, std::move(body)});
  }
  const auto newest = std::ranges::max_element(report.updates, {}, &Update::at);
  if (newest != report.updates.end()) report.status = newest->status;
}

void ReadIncident(const json::object& incident, std::string_view origin, Parsed& parsed) {
  Report report;
  report.native_id = IdAt(incident, "id");
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an incident without id: '{}'", TitleOf(incident)));
    return;
  }
  report.title = TitleOf(incident);
  const std::string uri = TextAt(incident, "uri");
  if (!uri.empty() && !origin.empty()) report.url = fmt::format("{}/{}", origin, uri);
  report.impact = ImpactAt(incident);
  report.components = ProductsOf(incident);
  ReadUpdates(incident, report, parsed);
  report.impact_started_at = TimeAt(incident, "begin");
  if (const auto end = TimeAt(incident, "end")) {
    CloseAt(report, *end);
    report.status = IncidentStatus::kResolved;
  }
  // The list holds all that goes on: a product of which it tells nothing but ends does well. Of
  // several incidents the worst counts.
  const bool over = report.status == IncidentStatus::kResolved;
  for (const ComponentRef& product : *report.components) {
    parsed.components.push_back({product, over ? ServiceStatus::kOperational : LevelOf(incident)});
  }
  parsed.reports.push_back(std::move(report));
}

// Complete back to the last one, as long as the list is in order.
std::optional<Listing> ListingOf(const json::array& incidents) {
  std::optional<absl::Time> last;
  for (const json::value& value : incidents) {
    const json::object* incident = value.if_object();
    const auto begin = incident ? TimeAt(*incident, "begin") : std::nullopt;
    if (!begin || (last && *begin > *last)) return std::nullopt;
    last = begin;
  }
  return Listing{last};
}

class GoogleCloud final : public Platform {
 public:
  std::string_view id() const override { return "google_cloud"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};  // a poll holds all there is
    return {
        {std::string(kIncidents), fmt::format("{}/incidents.json", base_url), "application/json"}};
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
    const auto array = Open(document);
    if (!array.ok()) return array.status();
    Parsed parsed;
    parsed.of_many_products = true;
    for (const json::value& value : *array) {
      if (const json::object* incident = value.if_object()) {
        ReadIncident(*incident, OriginOf(document.url), parsed);
      } else {
        parsed.problems.push_back("an incident that is no object");
      }
    }
    if (parsed.problems.empty()) parsed.listing = ListingOf(*array);
    return parsed;
  }
};

}  // namespace

const Platform& GoogleCloudPlatform() {
  static const GoogleCloud platform;
  return platform;
}

}  // namespace fails::platforms
