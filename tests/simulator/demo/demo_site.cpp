// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/demo_site.h"

#include <array>
#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "boost/json.hpp"
#include "tests/simulator/demo/history.h"
#include "tests/simulator/demo/html.h"
#include "tests/simulator/demo/render.h"

namespace fails::simulator {
namespace json = boost::json;
namespace {

constexpr std::size_t kLongestList = 50;
constexpr int kLastPage = 100'000;  // keeps the arithmetic of months in range

using Filter = std::function<bool(const Incident&)>;

bool Any(const Incident&) {
  return true;
}
bool IsOpen(const Incident& incident) {
  return incident.open();
}
bool IsUpcoming(const Incident& maintenance) {
  return maintenance.status() == "scheduled";
}

json::array List(const Renderer& render, const std::vector<IncidentPtr>& incidents,
                 const Filter& filter) {
  json::array list;
  for (const IncidentPtr& incident : incidents) {
    if (list.size() == kLongestList) break;
    if (filter(*incident)) list.push_back(render.Listed(*incident));
  }
  return list;
}

json::object Summary(const PageView& view, const Renderer& render) {
  return {{"page", render.Page()},
          {"components", render.Components()},
          {"incidents", List(render, view.incidents, IsOpen)},
          {"scheduled_maintenances", List(render, view.maintenances, IsOpen)},
          {"status", render.Status()}};
}

json::object Incidents(const PageView& view, const Renderer& render, const Filter& filter) {
  return {{"page", render.Page()}, {"incidents", List(render, view.incidents, filter)}};
}

json::object Maintenances(const PageView& view, const Renderer& render, const Filter& filter) {
  return {{"page", render.Page()},
          {"scheduled_maintenances", List(render, view.maintenances, filter)}};
}

// A document of /api/v2, or nothing.
std::optional<json::object> Api(absl::string_view name, const PageView& view,
                                const Renderer& render) {
  if (name == "summary") return Summary(view, render);
  if (name == "status") return json::object{{"page", render.Page()}, {"status", render.Status()}};
  if (name == "components") {
    return json::object{{"page", render.Page()}, {"components", render.Components()}};
  }
  if (name == "incidents") return Incidents(view, render, Any);
  if (name == "incidents/unresolved") return Incidents(view, render, IsOpen);
  if (name == "scheduled-maintenances") return Maintenances(view, render, Any);
  if (name == "scheduled-maintenances/upcoming") return Maintenances(view, render, IsUpcoming);
  if (name == "scheduled-maintenances/active") return Maintenances(view, render, IsRunning);
  return std::nullopt;
}

const Incident* Find(const PageView& view, absl::string_view code) {
  for (const auto* list : {&view.incidents, &view.maintenances}) {
    for (const IncidentPtr& incident : *list) {
      if (incident->code == code) return incident.get();
    }
  }
  return nullptr;
}

Response History(const Request& request, const PageView& view, const Renderer& render) {
  int page = 1;
  if (!absl::SimpleAtoi(request.Query("page"), &page) || page < 1 || page > kLastPage) page = 1;
  return JsonResponse(json::serialize(
      json::object{{"components", render.Components()}, {"months", HistoryMonths(view, page)}}));
}

Response Html(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

Response OneIncident(absl::string_view name, const PageView& view, const Renderer& render) {
  const bool as_json = absl::ConsumeSuffix(&name, ".json");
  const Incident* incident = Find(view, name);
  if (incident == nullptr) return HtmlResponse(404, "Page not found");
  if (as_json) return JsonResponse(json::serialize(render.Detailed(*incident)));
  return Html(IncidentPage(view, *incident));
}

Response Document(const Request& request, const PageView& view, const Renderer& render) {
  absl::string_view path = request.path;
  if (path == "/" || path == "/index.html") return Html(IndexPage(view));
  const bool wants_json = absl::StrContains(request.Header("accept"), "application/json");
  if (path == "/history.json" || (path == "/history" && wants_json)) {
    return History(request, view, render);
  }
  if (absl::ConsumePrefix(&path, "/incidents/")) return OneIncident(path, view, render);
  if (absl::ConsumePrefix(&path, "/api/v2/") && absl::ConsumeSuffix(&path, ".json")) {
    if (std::optional<json::object> document = Api(path, view, render)) {
      return JsonResponse(json::serialize(*document));
    }
  }
  return HtmlResponse(404, "Page not found");
}

}  // namespace

Response DemoSite::Get(const Request& request) {
  const absl::StatusOr<std::optional<PageView>> view = world_.Look(request.host);
  if (!view.ok()) return HtmlResponse(500, std::string(view.status().message()));
  if (!view->has_value()) return HtmlResponse(404, "Page not found");
  // The page calls itself by the address it was asked under, so that links from it lead here and
  // not to the provider.
  const std::string base_url = absl::StrCat("http://", request.Header("host"), "/", request.host);
  Response response = Document(request, **view, Renderer(**view, base_url));
  response.headers["X-Statuspage-Version"] = "simulator";
  return response;
}

}  // namespace fails::simulator
