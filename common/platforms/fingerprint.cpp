// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/fingerprint.h"

#include <algorithm>
#include <array>
#include <optional>

#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/utf16.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 10> kProbePaths = {"/",
                                                          "/api/v2/summary.json",
                                                          "/api/v1/summary",
                                                          "/summary.json",
                                                          "/index.json",
                                                          "/config.json",
                                                          "/api/v3/summary",
                                                          "/api/v1/status.json",
                                                          "/incidents.json",
                                                          "/public/currentevents"};

// What the rules look at: an answer and, where it is JSON, its value.
struct Facts {
  const ProbeAnswer& answer;
  std::optional<json::value> value;
  bool utf16 = false;

  bool At(std::string_view path) const { return answer.path == path; }
  bool Has(std::string_view text) const {
    return FindNoCase(answer.body, text) != std::string_view::npos;
  }
  bool HasHeader(std::string_view name) const {
    return std::ranges::any_of(answer.headers,
                               [name](const auto& header) { return header.first == name; });
  }
  const json::object* Object() const { return value ? value->if_object() : nullptr; }
  // The object of that name in the object.
  const json::object* Member(std::string_view key) const {
    const json::object* object = Object();
    return object ? FindObject(*object, key) : nullptr;
  }
};

bool IsUlid(std::string_view id) {
  return id.size() == 26 && std::ranges::all_of(id, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

bool IsShortCode(std::string_view id) {
  return id.size() == 12 && std::ranges::all_of(id, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
         });
}

template <class Is>
bool AnyId(const Facts& facts, Is is) {
  const json::object* page = facts.Member("page");
  if (!page) return false;
  if (is(IdAt(*page, "id"))) return true;
  return std::ranges::any_of(ObjectsAt(*facts.Object(), "components"),
                             [&](const auto* component) { return is(IdAt(*component, "id")); });
}

struct Rule {
  std::string_view platform;
  bool (*holds)(const Facts&);
};

// The first that holds decides. incident.io and Statuspage answer at one path; their ids differ.
constexpr std::array kRules = {
    Rule{"statuspage", [](const Facts& f) { return f.HasHeader("x-statuspage-version"); }},
    Rule{"incidentio",
         [](const Facts& f) { return f.At("/api/v2/summary.json") && AnyId(f, IsUlid); }},
    Rule{"statuspage",
         [](const Facts& f) { return f.At("/api/v2/summary.json") && AnyId(f, IsShortCode); }},
    Rule{"incidentio",
         [](const Facts& f) {
           return f.At("/api/v1/summary") && f.Object() &&
                  f.Object()->contains("ongoing_incidents");
         }},
    Rule{"incidentio",
         [](const Facts& f) {
           return f.answer.path.starts_with("/proxy/") && f.Member("summary") != nullptr;
         }},
    Rule{"instatus",
         [](const Facts& f) {
           if (!f.At("/summary.json") || !f.Member("page")) return false;
           const std::string status = TextAt(*f.Member("page"), "status");
           return status == "UP" || status == "HASISSUES" || status == "UNDERMAINTENANCE";
         }},
    Rule{"betterstack",
         [](const Facts& f) {
           return f.At("/index.json") && f.Member("data") &&
                  TextAt(*f.Member("data"), "type") == "status_page";
         }},
    Rule{"datadog",
         [](const Facts& f) {
           return f.At("/config.json") && f.Object() && f.Object()->contains("visualizationType");
         }},
    Rule{"cloudflare_status",
         [](const Facts& f) {
           return f.At("/api/v3/summary") && f.Member("result") && BoolAt(*f.Object(), "success");
         }},
    Rule{"rootly",
         [](const Facts& f) {
           return f.At("/api/v1/status.json") && f.Member("page") &&
                  !TextAt(*f.Member("page"), "time_zone").empty();
         }},
    Rule{"rootly", [](const Facts& f) { return !f.value && f.Has("rootly.com"); }},
    Rule{"aws_health", [](const Facts& f) { return f.utf16 && f.value.has_value(); }},
    Rule{"google_cloud",
         [](const Facts& f) {
           const json::array* array = f.value ? f.value->if_array() : nullptr;
           const json::object* first =
               array && !array->empty() ? array->front().if_object() : nullptr;
           return first && first->contains("service_key");
         }},
    Rule{"onlineornot", [](const Facts& f) { return !f.value && f.Has("__reactRouterContext"); }},
    Rule{"flashduty",
         [](const Facts& f) {
           return f.answer.path.starts_with("/api/status-page/") || f.Has("flashduty") ||
                  f.Has("/api/status-page/");
         }},
    Rule{"statusio",
         [](const Facts& f) {
           return !f.value && (f.Has("api.status.io/1.0") || f.Has("statuspage_id"));
         }},
};

}  // namespace

std::span<const std::string_view> ProbePaths() {
  return kProbePaths;
}

std::string_view PlatformOf(const ProbeAnswer& answer) {
  // A challenge, an error page or an answer of another's proxy gives nothing away.
  if (answer.http_status != 200) return {};
  Facts facts{answer};
  const auto decoded = FromUtf16(answer.body);
  facts.utf16 = decoded.has_value();
  if (auto value = ParseJson(decoded ? std::string_view(*decoded) : answer.body); value.ok()) {
    facts.value = *std::move(value);
  }
  const auto rule = std::ranges::find_if(kRules, [&](const Rule& one) { return one.holds(facts); });
  return rule == kRules.end() ? std::string_view() : rule->platform;
}

}  // namespace fails::platforms
