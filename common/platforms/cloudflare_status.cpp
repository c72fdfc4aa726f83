// SPDX-License-Identifier: Apache-2.0
// Cloudflare Status v3, /api/v3/summary: what goes on and what went on lately, each with its last
// update only; the whole of an incident stands in a document of its own. One page is of all of
// Cloudflare: an incident belongs to a component that it names, never to one its text mentions.
#include "common/platforms/cloudflare_status.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/states.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kSummary = "summary";
constexpr std::string_view kIncident = "incident";
constexpr std::size_t kMaxIncidents = 50;

absl::StatusOr<json::object> Open(const DocumentView& document) {
  auto object = ParseObject(document.body);
  if (!object.ok()) return object;
  json::value* member = object->if_contains("result");
  json::object* result = member ? member->if_object() : nullptr;
  const bool good = result && BoolAt(*object, "success") &&
                    (document.kind == kSummary ? FindArray(*result, "components") != nullptr
                                               : !IdAt(*result, "id").empty());
  if (!good) {
    return absl::InvalidArgumentError(fmt::format(
        "JSON of another form: no Cloudflare Status answer of kind '{}'", document.kind));
  }
  return std::move(*result);
}

std::optional<Update> ReadUpdate(const json::object& update) {
  auto at = TimeAt(update, "display_at");
  if (!at) at = TimeAt(update, "created_at");
  if (!at) return std::nullopt;
  std::string body = TextAt(update, "message");
  if (body.empty()) body = TextAt(update, "body");
  return Update{IdAt(update, "id"), StatusFromLabel(TextAt(update, "status")), *at,
                std::move(body)};
}

// `whole`: with all of its updates. The summary knows the last one, which alone would pass for all.
void ReadIncident(const json::object& incident, bool whole, Parsed& parsed) {
  Report report;
  report.native_id = IdAt(incident, "id");
  report.title = TextAt(incident, "name");
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an incident without id: '{}'", report.title));
    return;
  }
  report.status = StatusFromLabel(TextAt(incident, "status"));
  report.impact = ImpactFromString(TextAt(incident, "impact")).value_or(Impact::kUnknown);
  if (FindArray(incident, "components")) report.components = ComponentsAt(incident, "components");
  report.impact_started_at = TimeAt(incident, "starts_at");
  const auto resolved = TimeAt(incident, "resolved_at");
  report.impact_ended_at = resolved;
  if (whole) {
    for (const std::string_view key : {"updates", "incident_updates"}) {
      for (const json::object* update : ObjectsAt(incident, key)) {
        if (auto read = ReadUpdate(*update)) {
          report.updates.push_back(std::move(*read));
        } else {
          parsed.problems.push_back(
              fmt::format("incident {}: an update without a readable time", report.native_id));
        }
      }
    }
  }
  parsed.reports.push_back(std::move(report));
}

class CloudflareStatus final : public Platform {
 public:
  std::string_view id() const override { return "cloudflare_status"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};
    return {
        {std::string(kSummary), fmt::format("{}/api/v3/summary", base_url), "application/json"}};
  }

  // Those incidents only that name a component: the others are no service's.
  std::vector<DocumentRequest> FollowUps(std::string_view base_url, Purpose,
                                         const DocumentView& document) const override {
    std::vector<DocumentRequest> requests;
    if (document.kind != kSummary) return requests;
    const auto result = Open(document);
    if (!result.ok()) return requests;
    for (const std::string_view key : {"active_incidents", "recent_incidents"}) {
      for (const json::object* incident : ObjectsAt(*result, key)) {
        const std::string id = IdAt(*incident, "id");
        const bool plain = id.find_first_of("/?#% ") == std::string::npos && id.size() < 100;
        if (id.empty() || !plain || ComponentsAt(*incident, "components").empty()) continue;
        if (requests.size() == kMaxIncidents) return requests;
        requests.push_back({std::string(kIncident),
                            fmt::format("{}/api/v3/incidents/{}", base_url, id),
                            "application/json"});
      }
    }
    return requests;
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    const auto result = Open(document);
    if (!result.ok()) return result.status();
    Parsed parsed;
    parsed.of_many_products = true;
    if (document.kind != kSummary) {
      ReadIncident(*result, true, parsed);
      return parsed;
    }
    for (const json::object* component : ObjectsAt(*result, "components")) {
      parsed.components.push_back({{IdAt(*component, "id"), TextAt(*component, "name")},
                                   StateFromWord(TextAt(*component, "status"))});
    }
    for (const std::string_view key : {"active_incidents", "recent_incidents"}) {
      for (const json::object* incident : ObjectsAt(*result, key)) {
        ReadIncident(*incident, false, parsed);
      }
    }
    return parsed;
  }
};

}  // namespace

const Platform& CloudflareStatusPlatform() {
  static const CloudflareStatus platform;
  return platform;
}

}  // namespace fails::platforms
