// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/statuspage_html.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status_macros.h"
#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

Impact ImpactOf(const HtmlElement& element) {
  for (const std::string_view name : Words(element.Attribute("class"))) {
    if (!name.starts_with("impact-")) continue;
    if (const auto impact = ImpactFromString(name.substr(7))) return *impact;
  }
  return Impact::kUnknown;
}

std::string TextOfFirst(const HtmlElement& element, std::string_view class_name) {
  const auto found = element.WithClass(class_name);
  return found.empty() ? "" : found.front().Text();
}

// Pieces of the text between separators that stand outside of parentheses.
std::vector<std::string_view> SplitOutside(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && depth > 0) --depth;
    if (depth > 0 || !text.substr(i).starts_with(separator)) continue;
    pieces.push_back(text.substr(begin, i - begin));
    begin = i + separator.size();
    i = begin - 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

}  // namespace

std::vector<std::string_view> SplitList(std::string_view text) {
  std::vector<std::string_view> pieces = SplitOutside(text, ", ");
  // "A, B, and C" has its "and" behind the last comma; only "A and B" has one to split at.
  if (pieces.size() == 1) return SplitOutside(text, " and ");
  if (pieces.back().starts_with("and ")) pieces.back().remove_prefix(4);
  return pieces;
}

std::vector<ComponentRef> AffectedComponents(std::string_view sentence) {
  const std::size_t colon = sentence.find("affected:");
  if (colon == std::string_view::npos) return {};
  std::string_view list = Trim(sentence.substr(colon + 9));
  if (list.ends_with('.')) list.remove_suffix(1);
  std::vector<ComponentRef> components;
  for (const std::string_view piece : SplitList(list)) {
    const std::string_view name = Trim(piece);
    const std::size_t open = name.find(" (");
    // "Claude (claude.ai)" is a name; "Group (A, B)" are two.
    if (name.ends_with(')') && open != std::string_view::npos) {
      const std::string_view inner = name.substr(open + 2, name.size() - open - 3);
      if (inner.find(", ") != std::string_view::npos) {
        for (const std::string_view member : SplitOutside(inner, ", ")) {
          components.push_back({"", std::string(Trim(member))});
        }
        continue;
      }
    }
    if (!name.empty()) components.push_back({"", std::string(name)});
  }
  return components;
}

std::optional<absl::Time> PostedAt(std::string_view text) {
  const auto words = Words(text, ",:-.");
  if (words.size() < 6) return std::nullopt;
  const auto* word = &words[words.size() - 6];
  const auto month = MonthOf(word[0]);
  const auto day = Number(word[1]), year = Number(word[2]);
  const auto hour = Number(word[3]), minute = Number(word[4]);
  if (!month || !day || !year || !hour || !minute || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  const absl::CivilSecond local(*year, *month, *day, *hour, *minute, 0);
  if (local.day() != *day) return std::nullopt;
  return TimeInZone(local, word[5]);
}

absl::StatusOr<Report> ReadStatuspageIncidentPage(std::string_view html, std::string_view url,
                                                  std::vector<std::string>& problems) {
  Report report;
  report.native_id = IncidentCodeOf(url);
  if (report.native_id.ends_with(".json")) {
    report.native_id.resize(report.native_id.size() - 5);
  }
  if (report.native_id.empty()) {
    return absl::InvalidArgumentError(fmt::format("no incident's address: '{}'", url));
  }
  FAILS_ASSIGN_OR_RETURN(const HtmlDocument document, HtmlDocument::Parse(html));
  const auto names = document.root().WithClass("incident-name");
  const auto rows = document.root().WithClass("update-row");
  if (names.empty() || rows.empty()) {
    return absl::InvalidArgumentError("HTML without an incident's name and updates");
  }
  report.title = names.front().Text();
  report.impact = ImpactOf(names.front());
  for (const HtmlElement& heading : document.root().WithTag("h1")) {
    if (report.impact == Impact::kUnknown) report.impact = ImpactOf(heading);
  }
  url = url.substr(0, url.find_first_of("?#"));
  report.url = url.ends_with(".json") ? url.substr(0, url.size() - 5) : url;
  report.url_guessed = true;
  for (const HtmlElement& row : rows) {
    const std::string posted = TextOfFirst(row, "update-timestamp");
    const auto at = PostedAt(posted);
    if (!at) {
      problems.push_back(fmt::format("incident {}: an update has no readable time: '{}'",
                                     report.native_id, posted.substr(0, 80)));
      continue;
    }
    const IncidentStatus status = StatusFromLabel(TextOfFirst(row, "update-title"));
    if (report.status == IncidentStatus::kUnknown) report.status = status;  // newest first
    report.updates.push_back({"", status, *at, TextOfFirst(row, "update-body")});
  }
  const auto affected = document.root().WithClass("components-affected");
  if (!affected.empty()) report.components = AffectedComponents(affected.front().Text());
  return report;
}

}  // namespace fails::platforms
