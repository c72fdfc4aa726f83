// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/update_list.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/platforms/reading/html.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

struct WallTime {
  int month, day, hour, minute;
  std::string_view zone;  // may be empty
};

// "Jun  8, 18:09 UTC", "Jun 8, 18:09".
std::optional<WallTime> ReadWallTime(std::string_view text) {
  const auto words = Words(text, ",:");
  if (words.size() != 4 && words.size() != 5) return std::nullopt;
  const auto month = MonthOf(words[0]);
  const auto day = Number(words[1]);
  const auto hour = Number(words[2]);
  const auto minute = Number(words[3]);
  if (!month || !day || !hour || !minute || *day < 1 || *day > 31 || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  return WallTime{*month, *day, *hour, *minute, words.size() == 5 ? words[4] : ""};
}

struct Written {
  WallTime when;
  IncidentStatus status;
  std::string body;
};

// A paragraph as text: the line with the time, then "Resolved - text".
std::optional<Written> ReadParagraph(std::string_view text) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return std::nullopt;
  const auto when = ReadWallTime(text.substr(0, line));
  if (!when) return std::nullopt;
  const std::string_view rest = Trim(text.substr(line));
  const std::size_t dash = rest.find(" - ");
  if (dash == std::string_view::npos) {
    const std::string_view label = rest.ends_with(" -") ? rest.substr(0, rest.size() - 2) : rest;
    return Written{*when, StatusFromLabel(label), ""};
  }
  return Written{*when, StatusFromLabel(rest.substr(0, dash)),
                 std::string(Trim(rest.substr(dash + 3)))};
}

}  // namespace

absl::CivilSecond NearestYear(int month, int day, int hour, int minute, absl::CivilSecond anchor) {
  absl::CivilSecond best;
  std::optional<absl::civil_diff_t> distance;
  for (const absl::civil_year_t year : {anchor.year() - 1, anchor.year(), anchor.year() + 1}) {
    const absl::CivilSecond candidate(year, month, day, hour, minute, 0);
    if (candidate.day() != day) continue;  // 29 February
    const absl::civil_diff_t away = std::abs(candidate - anchor);
    if (!distance || away < *distance) {
      distance = away;
      best = candidate;
    }
  }
  return distance ? best : absl::CivilSecond(anchor.year(), month, day, hour, minute, 0);
}

std::vector<Update> ReadUpdateList(std::string_view html, const ZonedTime& published) {
  const auto document = HtmlDocument::Parse(html);
  if (!document.ok()) return {};
  std::vector<std::string> texts;  // what the views in `written` point into
  for (const HtmlElement& paragraph : document->root().WithTag("p")) {
    texts.push_back(paragraph.Text());
  }
  std::vector<Written> written;
  for (const std::string& text : texts) {
    if (auto update = ReadParagraph(text)) {
      written.push_back(std::move(*update));
    } else if (!written.empty()) {  // an update's text can have paragraphs of its own
      std::string& body = written.back().body;
      body += (body.empty() ? "" : "\n") + text;
    }
  }
  const absl::TimeZone zone = absl::FixedTimeZone(published.offset_seconds);
  absl::CivilSecond anchor = absl::ToCivilSecond(published.at, zone);
  std::vector<Update> updates;
  for (auto it = written.rbegin(); it != written.rend(); ++it) {
    const WallTime& when = it->when;
    anchor = NearestYear(when.month, when.day, when.hour, when.minute, anchor);
    const auto at =
        when.zone.empty() ? absl::FromCivil(anchor, zone) : TimeInZone(anchor, when.zone);
    if (!at) continue;  // a zone that we do not know
    updates.push_back({"", it->status, *at, std::move(it->body)});
  }
  std::ranges::reverse(updates);
  return updates;
}

}  // namespace fails::platforms
