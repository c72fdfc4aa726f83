// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/aws_health/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms::aws_health {
namespace {

namespace json = boost::json;
using namespace std::string_view_literals;

constexpr std::array kPrefixes = {"[RESOLVED]"sv,
                                  "Informational message:"sv,
                                  "Service degradation:"sv,
                                  "Service disruption:"sv,
                                  "Performance issues:"sv,
                                  "Service is operating normally:"sv,
                                  "Service is operating normally"sv};

constexpr std::array kAdvisories = {"compliance"sv,     "export control"sv, "deprecat"sv,
                                    "end of support"sv, "end of life"sv,    "revoke access"sv,
                                    "revoked access"sv, "access policy"sv,  "scheduled change"sv};
// An advisory that speaks of these is an outage all the same.
constexpr std::array kOutages = {"error rate"sv,   "errors"sv, "latenc"sv,     "outage"sv,
                                 "connectivity"sv, "fail"sv,   "degradation"sv};

template <class Words>
bool SpeaksOf(const std::string& lower, const Words& words) {
  return std::ranges::any_of(
      words, [&lower](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// 0 is over; the others are said to be information, degradation and disruption.
ServiceStatus LevelOfCode(int code) {
  switch (code) {
    case 0:
      return ServiceStatus::kOperational;
    case 1:
      return ServiceStatus::kDegraded;
    case 2:
      return ServiceStatus::kPartialOutage;
    case 3:
      return ServiceStatus::kMajorOutage;
    default:
      return ServiceStatus::kUnknown;
  }
}

std::optional<int> CodeAt(const json::object& object, std::string_view key) {
  const auto number = NumberAt(object, key);
  if (!number || *number < 0 || *number > 99) return std::nullopt;
  return static_cast<int>(*number);
}

struct Log {
  std::vector<Update> updates;
  ServiceStatus worst = ServiceStatus::kUnknown;
  std::string text;  // all of it, to tell advisories by
};

Log ReadLog(const std::vector<const json::object*>& entries, const std::string& event,
            Parsed& parsed) {
  Log log;
  for (const json::object* entry : entries) {
    const std::string headline = TextAt(*entry, "summary");
    std::string body = HtmlToText(TextAt(*entry, "message"));
    if (body.empty()) body = headline;
    log.text += headline + "\n" + body + "\n";
    const auto code = CodeAt(*entry, "status");
    if (code) log.worst = Worse(log.worst, LevelOfCode(*code));
    log.worst = Worse(log.worst, LevelOf(headline));
    const auto at = UnixSecondsAt(*entry, "timestamp");
    if (!at) {
      parsed.problems.push_back(fmt::format("event {}: an entry without a readable time", event));
      continue;
    }
    const bool over = code == 0;
    const IncidentStatus stage = over ? IncidentStatus::kResolved : StageOf(headline, body);
    log.updates.push_back({"", stage, *at, std::move(body)});
  }
  return log;
}

void Finish(Log log, std::string_view title, absl::Time start, std::optional<absl::Time> end,
            Report& report) {
  report.title = PlainTitle(title);
  report.updates = std::move(log.updates);
  report.impact = ImpactOf(log.worst);
  if (report.impact == Impact::kNone) report.impact = Impact::kUnknown;
  if (IsAdvisory(report.title + "\n" + log.text)) report.impact = Impact::kNone;
  OpenAt(report, start);
  if (end) CloseAt(report, *end);
  const auto newest = std::ranges::max_element(report.updates, {}, &Update::at);
  report.status = end ? IncidentStatus::kResolved : newest->status;
  if (report.status == IncidentStatus::kUnknown) report.status = IncidentStatus::kInvestigating;
}

}  // namespace

std::string EventId(std::string_view service, absl::Time start) {
  return fmt::format("{}_{}", service, absl::ToUnixSeconds(start));
}

ComponentRef ServiceRef(std::string_view service, std::string_view name, std::string_view region) {
  const std::string suffix = fmt::format(" ({})", region);
  if (!region.empty() && name.ends_with(suffix)) name.remove_suffix(suffix.size());
  if (!name.empty()) return {std::string(service), std::string(name)};
  const bool regional = !service.empty() && service.back() >= '0' && service.back() <= '9';
  const std::string_view code = regional ? service.substr(0, service.find('-')) : service;
  return {std::string(service), std::string(code)};
}

std::string PlainTitle(std::string_view title) {
  std::string_view rest = Trim(title);
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view prefix : kPrefixes) {
      if (!EqualsNoCase(rest.substr(0, prefix.size()), prefix)) continue;
      const std::string_view behind = Trim(rest.substr(prefix.size()));
      if (behind.empty()) return std::string(rest);
      rest = behind;
      cut = true;
    }
  }
  return std::string(rest);
}

IncidentStatus StageOf(std::string_view headline, std::string_view text) {
  if (FindNoCase(headline, "[RESOLVED]") != std::string_view::npos ||
      FindNoCase(headline, "operating normally") != std::string_view::npos) {
    return IncidentStatus::kResolved;
  }
  // An update that is not marked as resolved is none, whatever its text looks forward to.
  const IncidentStatus stage = StageInText(text);
  return stage == IncidentStatus::kResolved ? IncidentStatus::kMonitoring : stage;
}

ServiceStatus LevelOf(std::string_view headline) {
  if (FindNoCase(headline, "Service disruption") == 0) return ServiceStatus::kMajorOutage;
  if (FindNoCase(headline, "Service degradation") == 0) return ServiceStatus::kPartialOutage;
  if (FindNoCase(headline, "Performance issues") == 0) return ServiceStatus::kPartialOutage;
  if (FindNoCase(headline, "Informational message") == 0) return ServiceStatus::kDegraded;
  return ServiceStatus::kUnknown;
}

bool IsAdvisory(std::string_view text) {
  const std::string lower = ToLower(text);
  return SpeaksOf(lower, kAdvisories) && !SpeaksOf(lower, kOutages);
}

void ReadCurrentEvent(const json::object& event, Parsed& parsed) {
  const std::string service = TextAt(event, "service");
  const auto start = UnixSecondsAt(event, "date");
  if (service.empty() || !start) {
    parsed.problems.push_back(
        fmt::format("an event without service or date: '{}'", TextAt(event, "arn")));
    return;
  }
  Report report;
  report.native_id = EventId(service, *start);
  const std::string region = TextAt(event, "region_name");
  const ComponentRef component = ServiceRef(service, TextAt(event, "service_name"), region);
  report.components = {{component}};
  if (const json::object* impacted = FindObject(event, "impacted_services")) {
    for (const auto& member : *impacted) {
      const json::object* other = member.value().if_object();
      ComponentRef ref = ServiceRef({member.key().data(), member.key().size()},
                                    other ? TextAt(*other, "service_name") : "", region);
      if (ref.id != service) report.components->push_back(std::move(ref));
    }
  }
  Log log = ReadLog(ObjectsAt(event, "event_log"), report.native_id, parsed);
  const auto code = CodeAt(event, "status");
  const ServiceStatus now = code ? LevelOfCode(*code) : ServiceStatus::kUnknown;
  log.worst = Worse(log.worst, now);
  auto end = UnixSecondsAt(event, "end_time");
  if (!end && code == 0 && !log.updates.empty()) {
    end = std::ranges::max_element(log.updates, {}, &Update::at)->at;
  }
  parsed.components.push_back({component, now});
  Finish(std::move(log), TextAt(event, "summary"), *start, end, report);
  parsed.reports.push_back(std::move(report));
}

void ReadPastEvent(const json::object& event, Parsed& parsed) {
  std::string service = ToLower(TextAt(event, "service"));
  std::erase(service, '_');
  const std::string region = TextAt(event, "region");
  const auto start = UnixMillisAt(event, "startTime");
  if (service.empty() || !start) {
    parsed.problems.push_back(
        fmt::format("an event without service or startTime: '{}'", TextAt(event, "typeCode")));
    return;
  }
  if (!region.empty() && region != "global") service += "-" + region;
  Report report;
  report.native_id = EventId(service, *start);
  report.components = {{ServiceRef(service, "", "")}};
  Log log;
  if (const json::object* metadata = FindObject(event, "metadata")) {
    const auto entries = ParseJson(TextAt(*metadata, "EVENT_LOG"));
    if (entries.ok()) {
      log = ReadLog(ObjectsAt(json::object{{"log", *entries}}, "log"), report.native_id, parsed);
    } else {
      parsed.problems.push_back(fmt::format("event {}: EVENT_LOG is {}", report.native_id,
                                            std::string(entries.status().message())));
    }
  }
  std::string title = TextAt(event, "typeCode");
  if (!log.text.empty()) {
    if (const std::string first = log.text.substr(0, log.text.find('\n')); !first.empty()) {
      title = first;
    }
  }
  Finish(std::move(log), title, *start, UnixMillisAt(event, "endTime"), report);
  parsed.reports.push_back(std::move(report));
}

}  // namespace fails::platforms::aws_health
