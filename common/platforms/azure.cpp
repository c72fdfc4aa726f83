// SPDX-License-Identifier: Apache-2.0
// Azure's status feed. It shows nothing but what goes on: an item disappears when its event is
// over, so that absence means the end here, also of the last item: the channel without items is the
// only way in which Azure says that all is well. That is believed only of a channel that is Azure's
// own. The beginning stands in the text, the state in the last part of the title
// ("Service - Region - State").
#include "common/platforms/azure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/statuspage_html.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

constexpr std::string_view kFeed = "feed";

absl::StatusOr<Feed> Open(const DocumentView& document) {
  auto feed = ReadFeed(document.body);
  if (!feed.ok()) return feed;
  if (FindNoCase(feed->title, "Azure") == std::string_view::npos) {
    return absl::InvalidArgumentError(fmt::format("a feed of '{}', not of Azure", feed->title));
  }
  return feed;
}

// "Starting at 14:32 UTC on 23 July 2026", with or without what stands between.
std::optional<absl::Time> StartIn(std::string_view text) {
  for (std::size_t at = 0; (at = FindNoCase(text, "at ", at)) != std::string_view::npos; ++at) {
    const auto words = Words(text.substr(at + 3, 60), ",.;()");
    if (words.size() < 5) continue;
    const auto clock = Words(words[0], ":");
    if (clock.size() != 2) continue;
    const auto hour = Number(clock[0]);
    const auto minute = Number(clock[1]);
    std::size_t date = 2;
    if (EqualsNoCase(words[date], "on")) ++date;
    if (words.size() < date + 3) continue;
    const auto day = Number(words[date]);
    const auto month = MonthOf(words[date + 1]);
    const auto year = Number(words[date + 2]);
    if (!hour || !minute || !day || !month || !year || *hour > 23 || *minute > 59 || *day < 1 ||
        *day > 31 || *year < 2000 || *year > 2100) {
      continue;
    }
    const absl::CivilSecond local(*year, *month, *day, *hour, *minute);
    if (local.day() == *day) return TimeInZone(local, words[1]);
  }
  return std::nullopt;
}

IncidentStatus StatusOf(std::string_view title) {
  const std::size_t dash = title.rfind(" - ");
  const std::string_view clause =
      Trim(dash == std::string_view::npos ? title : title.substr(dash + 3));
  if (FindNoCase(clause, "mitigated") != std::string_view::npos) return IncidentStatus::kResolved;
  const IncidentStatus status = StatusInHeadline(clause);
  return status == IncidentStatus::kUnknown ? IncidentStatus::kInvestigating : status;
}

std::string TitleOf(std::string_view title) {
  const std::size_t dash = title.rfind(" - ");
  if (dash == std::string_view::npos) return std::string(title);
  return std::string(Trim(title.substr(0, dash)));
}

// What the title names first, and the categories: services and regions side by side.
std::vector<ComponentRef> ComponentsOf(const FeedItem& item) {
  std::vector<ComponentRef> named;
  if (const std::size_t dash = item.title.find(" - "); dash != std::string::npos) {
    for (const std::string_view name : SplitList(std::string_view(item.title).substr(0, dash))) {
      named.push_back({"", std::string(Trim(name))});
    }
  }
  for (const std::string& category : item.categories) named.push_back({"", category});
  std::vector<ComponentRef> components;
  for (ComponentRef& one : named) {
    if (std::ranges::find(components, one) == components.end()) {
      components.push_back(std::move(one));
    }
  }
  return components;
}

void ReadItem(const FeedItem& item, Parsed& parsed) {
  Report report;
  report.native_id = IncidentIdOf({item});
  const auto at = item.Time();
  if (report.native_id.empty() || !at) {
    parsed.problems.push_back(
        fmt::format("an item without guid or readable time: '{}'", item.title));
    return;
  }
  report.title = TitleOf(item.title);
  report.url = item.link;
  report.status = StatusOf(item.title);
  report.components = ComponentsOf(item);
  std::string body = HtmlToText(item.html);
  const absl::Time start = StartIn(body).value_or(*at);
  IncidentStatus stage = report.status;
  if (stage == IncidentStatus::kInvestigating) {
    const IncidentStatus told = StageInText(body);
    if (told == IncidentStatus::kIdentified || told == IncidentStatus::kMonitoring) stage = told;
  }
  report.status = stage;
  // Each change replaces the item, its guid stays: the time of its change names the update.
  report.updates.push_back({fmt::format("{}-{}", report.native_id, absl::ToUnixSeconds(*at)), stage,
                            *at, std::move(body)});
  if (start < *at || stage == IncidentStatus::kIdentified || stage == IncidentStatus::kMonitoring) {
    report.updates.push_back({"opened", IncidentStatus::kInvestigating, std::min(start, *at), ""});
  }
  report.impact_started_at = std::min(start, *at);
  parsed.reports.push_back(std::move(report));
}

class Azure final : public Platform {
 public:
  std::string_view id() const override { return "azure"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};  // what is over is gone
    return {{std::string(kFeed), fmt::format("{}/en-us/status/feed/", base_url),
             "application/rss+xml"}};
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
    parsed.of_many_products = true;
    for (const FeedItem& item : feed->items) ReadItem(item, parsed);
    if (parsed.problems.empty()) parsed.listing = Listing{.absence = Listing::Absence::kResolved};
    return parsed;
  }
};

}  // namespace

const Platform& AzurePlatform() {
  static const Azure platform;
  return platform;
}

}  // namespace fails::platforms
