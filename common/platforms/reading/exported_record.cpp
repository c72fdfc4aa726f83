// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/exported_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/time/civil_time.h"
#include "common/base/status_macros.h"
#include "common/domain/incident.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::int64_t kLongestDay = 25 * 3600;

std::vector<std::string> TextsAt(const json::object& object, std::string_view key) {
  std::vector<std::string> texts;
  const json::array* list = FindArray(object, key);
  if (!list) return texts;
  for (const json::value& value : *list) {
    if (const json::string* text = value.if_string()) texts.emplace_back(*text);
  }
  return texts;
}

// A text as it is: a body may begin with white space.
std::string ExactText(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value ? value->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

void ReadUpdates(const json::object& object, Report& report, std::vector<std::string>& problems) {
  for (const json::value& value : *FindArray(object, "updates")) {
    const json::object* update = value.if_object();
    const auto at = update ? TimeAt(*update, "at") : std::nullopt;
    if (!at) {
      problems.push_back(
          fmt::format("incident {}: an update has no readable time", report.native_id));
      continue;
    }
    const auto status = IncidentStatusFromString(TextAt(*update, "status"));
    report.updates.push_back({TextAt(*update, "native_id"),
                              status.value_or(IncidentStatus::kUnknown), *at,
                              ExactText(*update, "body")});
  }
}

// An entry of a list has no updates, but the times of its stages.
void ReadStages(const json::object& stages, Report& report) {
  constexpr std::array kStages = {IncidentStatus::kPostmortem, IncidentStatus::kResolved,
                                  IncidentStatus::kMonitoring, IncidentStatus::kIdentified,
                                  IncidentStatus::kInvestigating};
  for (const IncidentStatus stage : kStages) {
    if (const auto at = TimeAt(stages, ToString(stage))) {
      report.updates.push_back({"", stage, *at, ""});
    }
  }
}

void ReadIntervals(const json::array& intervals, Report& report,
                   std::vector<std::string>& problems) {
  report.component_impacts.emplace();
  for (const json::value& value : intervals) {
    const json::object* interval = value.if_object();
    const auto from = interval ? TimeAt(*interval, "from") : std::nullopt;
    std::string service = interval ? TextAt(*interval, "service") : "";
    if (!from || service.empty()) {
      problems.push_back(fmt::format("incident {}: an impact interval without service or start",
                                     report.native_id));
      continue;
    }
    const auto level = ServiceStatusFromString(TextAt(*interval, "level"));
    report.component_impacts->push_back({{std::move(service), ""},
                                         *from,
                                         TimeAt(*interval, "to"),
                                         level.value_or(ServiceStatus::kUnknown)});
  }
}

void ReadFlags(const json::object& object, Report& report) {
  report.flags = TextsAt(object, "flags");
  report.backfilled = std::ranges::count(report.flags, flag::kBackfilled) > 0;
  const json::object* stages = FindObject(object, "stages");
  // An end that no update states is a stage all the same.
  if (stages && std::ranges::count(report.flags, "end_inferred") > 0) {
    report.end_inferred_at = TimeAt(*stages, "resolved");
  }
}

absl::Status ReadIncident(const json::object& object, Parsed& parsed) {
  Report report{.native_id = TextAt(object, "native_id"), .title = ExactText(object, "title")};
  report.provider = TextAt(object, "provider");
  // "<provider>/<native_id>" says both; the native id may hold a slash of its own.
  const std::string id = TextAt(object, "id");
  const std::size_t slash = id.find('/');
  if (slash != std::string::npos) {
    if (report.provider.empty()) report.provider = id.substr(0, slash);
    if (report.native_id.empty()) report.native_id = id.substr(slash + 1);
  }
  if (report.native_id.empty() || report.provider.empty()) {
    return absl::InvalidArgumentError("neither an incident's id nor a service's date");
  }
  report.page = TextAt(object, "page");
  report.url = HttpUrl(TextAt(object, "url"));
  report.impact = ImpactFromString(TextAt(object, "impact")).value_or(Impact::kUnknown);
  report.status =
      IncidentStatusFromString(TextAt(object, "status")).value_or(IncidentStatus::kUnknown);
  if (FindArray(object, "services")) report.services = TextsAt(object, "services");
  if (FindArray(object, "updates")) {
    ReadUpdates(object, report, parsed.problems);
  } else if (const json::object* stages = FindObject(object, "stages")) {
    ReadStages(*stages, report);
  }
  if (const json::array* intervals = FindArray(object, "impact_intervals")) {
    ReadIntervals(*intervals, report, parsed.problems);
  }
  report.impact_started_at = TimeAt(object, "impact_started_at");
  report.impact_ended_at = TimeAt(object, "impact_ended_at");
  report.scheduled_for = TimeAt(object, "scheduled_for");
  report.scheduled_until = TimeAt(object, "scheduled_until");
  report.withdrawn_at = TimeAt(object, "withdrawn_at");
  ReadFlags(object, report);
  parsed.reports.push_back(std::move(report));
  return absl::OkStatus();
}

absl::StatusOr<std::int32_t> SecondsAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (!value) return 0;
  boost::system::error_code error;
  const auto seconds = value->to_number<std::int64_t>(error);
  if (error || seconds < 0 || seconds > kLongestDay) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' of {} is no number of seconds of a day", key, json::serialize(*value)));
  }
  return static_cast<std::int32_t>(seconds);
}

absl::Status ReadDay(const json::object& object, Parsed& parsed) {
  OutageDayReport day{.provider = TextAt(object, "provider"),
                      .component = {TextAt(object, "service"), ""}};
  const std::string date = TextAt(object, "date");
  if (date.size() != 10 || !absl::ParseCivilTime(date, &day.day.date)) {
    return absl::InvalidArgumentError(fmt::format("'{}' is no date", date.substr(0, 40)));
  }
  const std::size_t slash = day.component.id.find('/');
  if (day.provider.empty() && slash != std::string::npos) {
    day.provider = day.component.id.substr(0, slash);
  }
  if (day.provider.empty()) return absl::InvalidArgumentError("a day without a provider");
  FAILS_ASSIGN_OR_RETURN(day.day.partial_seconds, SecondsAt(object, "partial_seconds"));
  FAILS_ASSIGN_OR_RETURN(day.day.major_seconds, SecondsAt(object, "major_seconds"));
  parsed.outage_days.push_back(std::move(day));
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadExportedRecord(std::string_view line, Parsed& parsed) {
  FAILS_ASSIGN_OR_RETURN(const json::object object, ParseObject(line));
  const bool day = object.contains("date") && !TextAt(object, "service").empty() &&
                   !object.contains("native_id");
  return day ? ReadDay(object, parsed) : ReadIncident(object, parsed);
}

}  // namespace fails::platforms
