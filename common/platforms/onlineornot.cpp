// SPDX-License-Identifier: Apache-2.0
// OnlineOrNot. There is HTML only; the data stands in a script, in a flat array whose objects name
// keys and values by index. The names of fields have changed before, so that several are tried.
#include "common/platforms/onlineornot.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "common/platforms/reading/flat_json.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/page_data.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kHome = "home";
constexpr std::string_view kIncidents = "incidents";

using Names = std::array<std::string_view, 3>;
constexpr Names kIds = {"incidentId", "incident_id", "id"};
constexpr Names kTitles = {"title", "name", "incidentTitle"};
constexpr Names kStarts = {"started", "startedAt", "started_at"};
constexpr Names kEnds = {"ended", "endedAt", "ended_at"};

std::string FirstText(const FlatJson& data, const json::object& object, const Names& names) {
  for (const std::string_view name : names) {
    if (std::string text = data.TextAt(object, name); !text.empty()) return text;
  }
  return {};
}

std::optional<absl::Time> FirstTime(const FlatJson& data, const json::object& object,
                                    const Names& names) {
  for (const std::string_view name : names) {
    if (const auto time = data.TimeAt(object, name)) return time;
  }
  return std::nullopt;
}

// The first line is the array; later lines ("P12:[…]") bring what was not there yet, counted on.
absl::StatusOr<json::array> Open(const DocumentView& document) {
  if (document.body.find("__reactRouterContext") == std::string_view::npos) {
    return absl::InvalidArgumentError("HTML without __reactRouterContext: no OnlineOrNot page");
  }
  const std::string chunks = StreamChunks(document.body);
  json::array values;
  for (std::size_t at = 0; at < chunks.size();) {
    const std::size_t end = std::min(chunks.find('\n', at), chunks.size());
    std::string_view line = std::string_view(chunks).substr(at, end - at);
    at = end + 1;
    const std::size_t begin = line.find('[');
    if (begin == std::string_view::npos) continue;
    const auto part = ParseJson(line.substr(begin));
    if (!part.ok()) {
      if (values.empty()) return part.status();
      break;
    }
    if (const json::array* array = part->if_array()) {
      values.insert(values.end(), array->begin(), array->end());
    }
  }
  if (values.empty()) {
    return absl::InvalidArgumentError("an OnlineOrNot page without data");
  }
  return values;
}

void ReadIncident(const FlatJson& data, const json::object& object, std::string_view origin,
                  std::set<std::string>& seen, Parsed& parsed) {
  Report report;
  report.native_id = FirstText(data, object, kIds);
  report.title = FirstText(data, object, kTitles);
  const auto started = FirstTime(data, object, kStarts);
  // Monitors and components have ids and names too.
  if (!started || report.title.empty()) return;
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an incident without id: '{}'", report.title));
    return;
  }
  if (!seen.insert(report.native_id).second) return;
  if (!origin.empty()) {
    report.url = fmt::format("{}/incidents/{}", origin, report.native_id);
    report.url_guessed = true;
  }
  report.impact = ImpactOf(StateFromWord(data.TextAt(object, "impact")));
  std::vector<ComponentRef> components;
  for (const json::object* component : data.ObjectsAt(object, "components")) {
    components.push_back({data.TextAt(*component, "id"), FirstText(data, *component, kTitles)});
  }
  if (!components.empty()) report.components = std::move(components);
  report.status = IncidentStatus::kInvestigating;
  OpenAt(report, *started);
  if (const auto ended = FirstTime(data, object, kEnds)) {
    report.status = IncidentStatus::kResolved;
    CloseAt(report, *ended);
  }
  parsed.reports.push_back(std::move(report));
}

class OnlineOrNot final : public Platform {
 public:
  std::string_view id() const override { return "onlineornot"; }

  // The home page holds 14 days, /incidents all there is.
  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    DocumentRequest all{std::string(kIncidents), fmt::format("{}/incidents", base_url),
                        "text/html"};
    if (purpose == Purpose::kBackfill) return {std::move(all)};
    all.every = absl::Hours(6);
    return {{std::string(kHome), fmt::format("{}/", base_url), "text/html"}, std::move(all)};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    const auto values = Open(document);
    if (!values.ok()) return values.status();
    const FlatJson data(*values, FlatJson::Keys::kIndexes);
    Parsed parsed;
    std::set<std::string> seen;
    for (const json::object* object : data.Objects()) {
      ReadIncident(data, *object, OriginOf(document.url), seen, parsed);
      const ServiceStatus state = StateFromWord(data.TextAt(*object, "status"));
      const ComponentRef component{data.TextAt(*object, "id"), data.TextAt(*object, "name")};
      if (state == ServiceStatus::kUnknown || component.name.empty()) continue;
      parsed.components.push_back({component, state});
    }
    return parsed;
  }
};

}  // namespace

const Platform& OnlineOrNotPlatform() {
  static const OnlineOrNot platform;
  return platform;
}

}  // namespace fails::platforms
