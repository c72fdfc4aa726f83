// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/aws_health/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/platforms/aws_health/event.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"

namespace fails::platforms::aws_health {
namespace {

// "bedrock-us-east-1" of "https://status.aws.amazon.com/#bedrock-us-east-1_1790000000".
std::string ServiceOf(const FeedItem& item) {
  const std::size_t hash = item.id.find('#');
  if (hash == std::string::npos) return {};
  const std::string_view tag = std::string_view(item.id).substr(hash + 1);
  return std::string(tag.substr(0, tag.rfind('_')));
}

struct Event {
  std::string service;
  ServiceStatus worst = ServiceStatus::kUnknown;
  std::string text;
  Report report;
};

void Add(const FeedItem& item, absl::Time at, Event& event) {
  std::string body = HtmlToText(item.html);
  if (body.empty()) body = item.title;
  event.worst = Worse(event.worst, LevelOf(item.title));
  event.text += body + "\n";
  const IncidentStatus stage = StageOf(item.title, body);
  event.report.updates.push_back({item.id, stage, at, std::move(body)});
  if (stage != IncidentStatus::kUnknown) event.report.status = stage;
}

Report Finish(Event event) {
  Report& report = event.report;
  report.impact = ImpactOf(event.worst);
  if (IsAdvisory(report.title + "\n" + event.text)) report.impact = Impact::kNone;
  const absl::Time start = std::ranges::min_element(report.updates, {}, &Update::at)->at;
  report.native_id = EventId(event.service, start);
  if (report.status != IncidentStatus::kResolved || report.updates.size() > 1) {
    OpenAt(report, start);
  }
  if (report.status == IncidentStatus::kUnknown) report.status = IncidentStatus::kInvestigating;
  return std::move(report);
}

}  // namespace

Parsed ReadEventFeed(const Feed& feed) {
  Parsed parsed;
  std::vector<std::pair<absl::Time, const FeedItem*>> items;
  for (const FeedItem& item : feed.items) {
    const auto at = item.Time();
    if (at && !ServiceOf(item).empty()) {
      items.emplace_back(*at, &item);
    } else {
      parsed.problems.push_back(
          fmt::format("an item without service or time: '{}', guid '{}'", item.title, item.id));
    }
  }
  std::ranges::stable_sort(items, {}, &std::pair<absl::Time, const FeedItem*>::first);
  std::vector<Event> events;
  std::map<std::pair<std::string, std::string>, std::size_t> open;
  for (const auto& [at, item] : items) {
    const std::pair key{ServiceOf(*item), PlainTitle(item->title)};
    auto known = open.find(key);
    if (known == open.end()) {
      known = open.emplace(key, events.size()).first;
      Event event{.service = key.first};
      event.report.title = key.second;
      event.report.url = item->link;
      event.report.components = {{ServiceRef(key.first, "", "")}};
      events.push_back(std::move(event));
    }
    Event& event = events[known->second];
    Add(*item, at, event);
    if (event.report.status == IncidentStatus::kResolved) open.erase(known);
  }
  for (Event& event : events) parsed.reports.push_back(Finish(std::move(event)));
  return parsed;
}

}  // namespace fails::platforms::aws_health
