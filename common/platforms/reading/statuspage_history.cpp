// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_history.h"

#include <fmt/format.h>

#include <set>

#include "common/base/status_macros.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

bool IsCode(std::string_view code) {
  constexpr std::string_view kAlphabet =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !code.empty() && code.size() <= 64 &&
         code.find_first_not_of(kAlphabet) == std::string_view::npos;
}

absl::StatusOr<json::object> PropsOf(std::string_view html) {
  if (html.find("HistoryIndex") == std::string_view::npos) {
    return absl::InvalidArgumentError("HTML without the history's data");
  }
  FAILS_ASSIGN_OR_RETURN(const HtmlDocument document, HtmlDocument::Parse(html));
  for (const HtmlElement& element : document.root().WithTag("div")) {
    if (element.Attribute("data-react-class") == "HistoryIndex") {
      return ParseObject(element.Attribute("data-react-props"));
    }
  }
  return absl::InvalidArgumentError("HTML without the history's data");
}

std::optional<absl::CivilMonth> SinceOf(const json::object& history) {
  std::optional<absl::CivilMonth> since;
  const json::array* components = FindArray(history, "components");
  if (!components) return since;
  for (const json::value& value : *components) {
    const json::object* component = value.if_object();
    if (!component) continue;
    for (const std::string_view key : {"start_date", "created_at"}) {
      absl::CivilDay day;  // of a time too: the zone does not matter here
      if (!absl::ParseCivilTime(TextAt(*component, key).substr(0, 10), &day)) continue;
      const absl::CivilMonth month(day);
      if (!since || month < *since) since = month;
    }
  }
  return since;
}

void ReadMonth(const json::object& month, StatuspageHistory& history) {
  const auto number = MonthOf(TextAt(month, "name"));
  const json::value* year = month.if_contains("year");
  if (!number || !year || !year->is_int64()) return;
  if (year->get_int64() < 1990 || year->get_int64() > 2200) return;
  const absl::CivilMonth shown(year->get_int64(), *number);
  if (!history.oldest || shown < *history.oldest) history.oldest = shown;
}

}  // namespace

absl::StatusOr<StatuspageHistory> ReadStatuspageHistory(std::string_view body) {
  auto object = Trim(body).starts_with('<') ? PropsOf(body) : ParseObject(body);
  if (!object.ok()) return object.status();
  const json::array* months = FindArray(*object, "months");
  if (!months) return absl::InvalidArgumentError("JSON without 'months': no history");
  StatuspageHistory history{.since = SinceOf(*object)};
  std::set<std::string> seen;
  for (const json::value& value : *months) {
    const json::object* month = value.if_object();
    if (month) ReadMonth(*month, history);
    const json::array* incidents = month ? FindArray(*month, "incidents") : nullptr;
    if (!incidents) continue;
    for (const json::value& item : *incidents) {
      const json::object* incident = item.if_object();
      std::string code = incident ? TextAt(*incident, "code") : "";
      if (!IsCode(code)) {  // it would become part of an address
        history.problems.push_back(
            fmt::format("an incident of {} {} without a usable code: '{}'", TextAt(*month, "name"),
                        incident ? TextAt(*incident, "name") : "", code.substr(0, 80)));
      } else if (seen.insert(code).second) {
        history.codes.push_back(std::move(code));
      }
    }
  }
  return history;
}

}  // namespace fails::platforms
