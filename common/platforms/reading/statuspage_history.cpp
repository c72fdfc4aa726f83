// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_history.h"

#include <fmt/format.h>

#include <set>

#include "common/base/status_macros.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/text.h"

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

}  // namespace

absl::StatusOr<StatuspageHistory> ReadStatuspageHistory(std::string_view body) {
  auto object = Trim(body).starts_with('<') ? PropsOf(body) : ParseObject(body);
  if (!object.ok()) return object.status();
  const json::array* months = FindArray(*object, "months");
  if (!months) return absl::InvalidArgumentError("JSON without 'months': no history");
  StatuspageHistory history;
  std::set<std::string> seen;
  for (const json::value& value : *months) {
    const json::object* month = value.if_object();
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
