// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_uptime.h"

#include <fmt/format.h>

#include <optional>
#include <set>

#include "absl/time/civil_time.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

// A day of a change to winter time has 25 hours.
constexpr std::int64_t kLongestDay = 25 * 3600;

// A page sets the variable once or twice; each try may read all of the rest.
constexpr int kMostTries = 8;

// Absent: no number of seconds that a day can hold. A key that is missing is none.
std::optional<std::int32_t> SecondsAt(const json::object* outages, std::string_view key) {
  const json::value* value = outages ? outages->if_contains(key) : nullptr;
  if (!value || value->is_null()) return 0;
  boost::system::error_code error;
  const auto seconds = value->to_number<std::int64_t>(error);
  if (error || seconds < 0 || seconds > kLongestDay) return std::nullopt;
  return static_cast<std::int32_t>(seconds);
}

void ReadDay(const json::object& day, const ComponentRef& component, StatuspageUptime& uptime) {
  const std::string date = TextAt(day, "date");
  absl::CivilDay civil;
  if (date.size() != 10 || !absl::ParseCivilTime(date, &civil)) {
    uptime.problems.push_back(
        fmt::format("calendar of {}: no date: '{}'", component.name, date.substr(0, 40)));
    return;
  }
  const json::object* outages = FindObject(day, "outages");
  const auto partial = SecondsAt(outages, "p");
  const auto major = SecondsAt(outages, "m");
  if (!partial || !major) {
    uptime.problems.push_back(
        fmt::format("calendar of {}: {} has impossible seconds", component.name, date));
    return;
  }
  uptime.days.push_back({"", component, {civil, *partial, *major}});
}

// {<componentId>: {component: {code, name}, days: […]}}
void ReadCalendars(const json::object& calendars, StatuspageUptime& uptime) {
  for (const auto& [key, value] : calendars) {
    const json::object* calendar = value.if_object();
    const json::array* days = calendar ? FindArray(*calendar, "days") : nullptr;
    if (!days) continue;
    const json::object* described = FindObject(*calendar, "component");
    const ComponentRef component{std::string(key), described ? TextAt(*described, "name") : ""};
    for (const json::value& day : *days) {
      if (const json::object* object = day.if_object()) ReadDay(*object, component, uptime);
    }
  }
}

// The object that begins at the start of the text, whatever follows it.
std::optional<json::object> LeadingObject(std::string_view text) {
  if (!text.starts_with('{')) return std::nullopt;
  json::stream_parser parser;
  boost::system::error_code error;
  parser.write_some(text.data(), text.size(), error);
  if (error || !parser.done()) return std::nullopt;
  json::value value = parser.release();
  return std::move(value.as_object());
}

// `var uptimeData = {…}`, `window.uptimeData = {…}`; an alias line has no object.
std::optional<json::object> UptimeData(std::string_view html) {
  constexpr std::string_view kName = "uptimeData";
  int tries = 0;
  for (std::size_t at = 0; (at = html.find(kName, at)) != std::string_view::npos;) {
    at += kName.size();
    const std::size_t equals = html.find_first_not_of(" \t\r\n", at);
    if (equals == std::string_view::npos || html[equals] != '=') continue;
    const std::size_t value = html.find_first_not_of(" \t\r\n", equals + 1);
    if (value == std::string_view::npos || ++tries > kMostTries) break;
    if (auto object = LeadingObject(html.substr(value))) return object;
  }
  return std::nullopt;
}

std::vector<std::string> LazyComponents(std::string_view html) {
  constexpr std::string_view kAttribute = "data-uptime-lazy=";
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (std::size_t at = 0; (at = html.find(kAttribute, at)) != std::string_view::npos;) {
    at += kAttribute.size();
    if (at == html.size() || (html[at] != '"' && html[at] != '\'')) continue;
    const std::size_t end = html.find(html[at], at + 1);
    if (end == std::string_view::npos) break;
    std::string id(html.substr(at + 1, end - at - 1));
    const bool plain = !id.empty() && id.size() <= 64 &&
                       ToLower(id).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") ==
                           std::string::npos;
    if (plain && seen.insert(id).second) ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace

absl::StatusOr<StatuspageUptime> ReadStatuspageUptime(std::string_view html) {
  StatuspageUptime uptime;
  uptime.lazy_components = LazyComponents(html);
  const auto data = UptimeData(html);
  if (data) ReadCalendars(*data, uptime);
  if (!data && uptime.lazy_components.empty()) {
    return absl::InvalidArgumentError("HTML without an uptime calendar");
  }
  return uptime;
}

absl::StatusOr<StatuspageUptime> ReadStatuspageShowcase(std::string_view text) {
  const auto object = ParseObject(text);
  if (!object.ok()) return object.status();
  const json::object* timelines = FindObject(*object, "timelines");
  if (!timelines) return absl::InvalidArgumentError("JSON without 'timelines': no uptime calendar");
  StatuspageUptime uptime;
  ReadCalendars(*timelines, uptime);
  return uptime;
}

}  // namespace fails::platforms
