// SPDX-License-Identifier: Apache-2.0
// The status feed of x.ai: an item for each affected component, those of one incident with one
// guid. The component stands in brackets before the title; severity, end and updates in the HTML.
#include "common/platforms/xai.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

constexpr std::string_view kFeed = "feed";

absl::StatusOr<Feed> Open(const DocumentView& document) {
  if (document.kind != kFeed) {
    return absl::InvalidArgumentError(fmt::format("'{}' is no document of x.ai", document.kind));
  }
  return ReadFeed(document.body);
}

// "[Grok (iOS)] Elevated errors".
struct Title {
  std::string component;
  std::string rest;
};
Title SplitTitle(std::string_view title) {
  title = Trim(title);
  const std::size_t end = title.find("] ");
  if (!title.starts_with('[') || end == std::string_view::npos) return {"", std::string(title)};
  return {std::string(Trim(title.substr(1, end - 1))), std::string(Trim(title.substr(end + 2)))};
}

// "outage", "disruption"; anything else is unknown.
Impact ImpactOfSeverity(std::string_view word) {
  if (EqualsNoCase(word, "outage")) return Impact::kCritical;
  if (EqualsNoCase(word, "disruption")) return Impact::kMajor;
  if (EqualsNoCase(word, "maintenance")) return Impact::kMaintenance;
  return Impact::kUnknown;
}

// How the components of an incident do while it goes on.
ServiceStatus LevelOf(Impact impact) {
  switch (impact) {
    case Impact::kCritical:
      return ServiceStatus::kMajorOutage;
    case Impact::kMajor:
      return ServiceStatus::kPartialOutage;
    case Impact::kMaintenance:
      return ServiceStatus::kMaintenance;
    default:
      return ServiceStatus::kUnknown;
  }
}

// What follows "Severity:" in a paragraph; empty when no paragraph begins so.
std::string Labelled(const HtmlElement& root, std::string_view tag, std::string_view label) {
  for (const HtmlElement& element : root.WithTag(tag)) {
    const std::string text = element.Text();
    if (FindNoCase(text, label) == 0) return std::string(Trim(text.substr(label.size())));
  }
  return {};
}

// <div><p><strong>date</strong></p><h3>Resolved</h3><p>text</p></div>
void ReadUpdates(const HtmlElement& root, Report& report, Parsed& parsed) {
  for (const HtmlElement& block : root.WithTag("div")) {
    const auto dates = block.WithTag("strong");
    const auto stages = block.WithTag("h3");
    if (dates.empty() || stages.empty()) continue;
    const std::string date = dates.front().Text();
    const auto at = ParseFeedTime(date);
    if (!at.ok()) {
      parsed.problems.push_back(
          fmt::format("incident {}: {}", report.native_id, std::string(at.status().message())));
      continue;
    }
    std::string body;
    for (const HtmlElement& paragraph : block.WithTag("p")) {
      const std::string text = paragraph.Text();
      if (text == date) continue;
      if (!body.empty()) body += '\n';
      body += text;
    }
    report.updates.push_back({"", StatusFromLabel(stages.front().Text()), at->at, std::move(body)});
  }
}

void ReadIncident(const std::vector<FeedItem>& group, Parsed& parsed) {
  const FeedItem& item = group.front();
  Report report;
  report.native_id = IncidentIdOf(group);
  if (report.native_id.empty()) {
    parsed.problems.push_back(fmt::format("an item without guid: '{}'", item.title));
    return;
  }
  report.title = SplitTitle(item.title).rest;
  report.url = item.link;
  report.components.emplace();
  for (const FeedItem& one : group) {
    const ComponentRef component{"", SplitTitle(one.title).component};
    const bool known = std::ranges::find(*report.components, component) != report.components->end();
    if (!component.name.empty() && !known) report.components->push_back(component);
  }
  for (const std::string& category : item.categories) {
    if (report.impact == Impact::kUnknown) report.impact = ImpactOfSeverity(category);
    if (report.status == IncidentStatus::kUnknown) report.status = StatusFromLabel(category);
  }
  const auto html = HtmlDocument::Parse(item.html);
  std::string resolved;
  if (html.ok()) {
    const HtmlElement root = html->root();
    if (report.status == IncidentStatus::kUnknown) {
      report.status = StatusFromLabel(Labelled(root, "h3", "Status:"));
    }
    if (report.impact == Impact::kUnknown) {
      report.impact = ImpactOfSeverity(Labelled(root, "p", "Severity:"));
    }
    resolved = Labelled(root, "p", "Resolved:");
    ReadUpdates(root, report, parsed);
  } else {
    parsed.problems.push_back(
        fmt::format("incident {}: {}", report.native_id, std::string(html.status().message())));
  }
  if (const auto start = item.Time()) OpenAt(report, *start);
  if (const auto end = ParseFeedTime(resolved); end.ok()) CloseAt(report, end->at);
  // The feed holds all that goes on: a component of which it tells nothing but ends does well. Of
  // several incidents the worst counts.
  const bool over = report.status == IncidentStatus::kResolved;
  for (const ComponentRef& component : *report.components) {
    parsed.components.push_back(
        {component, over ? ServiceStatus::kOperational : LevelOf(report.impact)});
  }
  parsed.reports.push_back(std::move(report));
}

class Xai final : public Platform {
 public:
  std::string_view id() const override { return "xai"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};  // a poll holds all there is
    return {{std::string(kFeed), fmt::format("{}/feed.xml", base_url), "application/rss+xml"}};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    const auto feed = Open(document);
    if (!feed.ok()) return feed.status();
    Parsed parsed;
    for (const std::vector<FeedItem>& group : GroupItems(*feed)) ReadIncident(group, parsed);
    return parsed;
  }
};

}  // namespace

const Platform& XaiPlatform() {
  static const Xai platform;
  return platform;
}

}  // namespace fails::platforms
