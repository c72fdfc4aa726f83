// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/history.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace fails::simulator {
namespace json = boost::json;
namespace {

constexpr int kMonthsPerPage = 3;

std::string Moment(absl::Time at, const absl::TimeZone& zone, bool with_date) {
  const std::string time =
      absl::StrCat("<var data-var='time'>", absl::FormatTime("%H:%M", at, zone), "</var>");
  if (!with_date) return time;
  return absl::StrCat(absl::FormatTime("%b", at, zone), " <var data-var='date'>",
                      absl::ToCivilDay(at, zone).day(), "</var>, ", time);
}

// "Aug <var data-var='date'>10</var>, <var data-var='time'>00:17</var> - <var
// data-var='time'>01:30</var> UTC"
std::string Timestamp(const Incident& incident, const absl::TimeZone& zone) {
  const absl::Time begin = incident.window ? incident.window->begin : incident.created_at();
  const std::optional<absl::Time> end =
      incident.window ? std::optional(incident.window->end) : LastAt(incident, "resolved");
  std::string text = Moment(begin, zone, true);
  if (end && *end > begin) {
    const bool other_day = absl::ToCivilDay(*end, zone) != absl::ToCivilDay(begin, zone);
    absl::StrAppend(&text, " - ", Moment(*end, zone, other_day));
  }
  return absl::StrCat(text, " ", absl::FormatTime("%Z", begin, zone));
}

void AppendIncidents(const std::vector<IncidentPtr>& incidents, absl::CivilMonth month,
                     const absl::TimeZone& zone, json::array& into) {
  for (const IncidentPtr& incident : incidents) {
    const absl::Time begin = incident->window ? incident->window->begin : incident->created_at();
    if (absl::CivilMonth(absl::ToCivilDay(begin, zone)) != month) continue;
    into.push_back({{"code", incident->code},
                    {"name", incident->name},
                    {"message", incident->updates.back().body},
                    {"impact", incident->impact},
                    {"timestamp", Timestamp(*incident, zone)}});
  }
}

}  // namespace

json::array HistoryMonths(const PageView& view, int page) {
  const absl::CivilMonth current(absl::ToCivilDay(view.now, view.zone));
  json::array months;
  for (int i = 0; i < kMonthsPerPage; ++i) {
    const absl::CivilMonth month = current - (page - 1) * kMonthsPerPage - i;
    json::array incidents;
    AppendIncidents(view.incidents, month, view.zone, incidents);
    AppendIncidents(view.maintenances, month, view.zone, incidents);
    // absl's week begins with Monday = 0, the platform's with Sunday = 0.
    const int starts_on = (static_cast<int>(absl::GetWeekday(absl::CivilDay(month))) + 1) % 7;
    const absl::Time first = absl::FromCivil(month, absl::UTCTimeZone());
    months.push_back({{"name", absl::FormatTime("%B", first, absl::UTCTimeZone())},
                      {"year", month.year()},
                      {"starts_on", starts_on},
                      {"days", absl::CivilDay(month + 1) - absl::CivilDay(month)},
                      {"incidents", std::move(incidents)}});
  }
  return months;
}

}  // namespace fails::simulator
