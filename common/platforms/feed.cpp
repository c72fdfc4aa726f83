// SPDX-License-Identifier: Apache-2.0
// RSS and Atom of whatever status page: items become incidents by their guid, then by their link;
// what a title or a text says of the state becomes updates. Feeds know neither impact nor
// components.
#include "common/platforms/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/status_macros.h"
#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/update_list.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9";

constexpr std::array kPlaces = {
    "/history.atom"sv,       "/feed.atom"sv,   "/de.atom"sv,  "/_rss"sv, "/rss/all.rss"sv,
    "/en-us/status/feed/"sv, "/history.rss"sv, "/feed.rss"sv, "/feed"sv, "/feed.xml"sv};

bool IsFeedAddress(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  return std::ranges::any_of(std::array{".rss"sv, ".atom"sv, ".xml"sv, "feed"sv},
                             [&](std::string_view end) { return url.ends_with(end); });
}

// "[RESOLVED] Errors" and "Resolved: Errors" are named "Errors" as long as they last.
std::string WithoutState(std::string_view title) {
  std::string_view rest = Trim(title);
  std::size_t end = std::string_view::npos;
  if (rest.starts_with('[')) {
    end = rest.find(']');
  } else if (const std::size_t colon = rest.find(": "); colon < 20) {
    end = colon;
  }
  if (end == std::string_view::npos) return std::string(rest);
  const std::string_view label = rest.substr(0, end);
  if (StatusInHeadline(label) == IncidentStatus::kUnknown) return std::string(rest);
  const std::string_view bare = Trim(rest.substr(end + 1));
  return std::string(bare.empty() ? rest : bare);
}

// Of the title; where that says nothing, of the text's first line ("Status: Resolved").
IncidentStatus StateOf(const FeedItem& item, std::string_view text) {
  const IncidentStatus state = StatusInHeadline(item.title);
  if (state != IncidentStatus::kUnknown) return state;
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.size() <= 60 ? StatusInHeadline(line) : IncidentStatus::kUnknown;
}

void AddItem(const FeedItem& item, absl::Time at, Report& report) {
  if (item.published) {
    std::vector<Update> listed = ReadUpdateList(item.html, *item.published);
    if (!listed.empty()) {
      report.updates.insert(report.updates.end(), listed.begin(), listed.end());
      return;
    }
  }
  std::string text = HtmlToText(item.html);
  const IncidentStatus state = StateOf(item, text);
  const bool over = state == IncidentStatus::kResolved || state == IncidentStatus::kCompleted;
  // One item for all of an incident: it was published when it began and changed when it was over.
  if (over && item.published && item.updated && item.updated->at > item.published->at) {
    report.impact_started_at = item.published->at;
    at = item.updated->at;
  }
  report.updates.push_back({"", state, at, text.empty() ? item.title : std::move(text)});
}

std::optional<Report> ReadGroup(std::vector<FeedItem> group, std::vector<std::string>& problems) {
  Report report{.native_id = IncidentIdOf(group)};
  const std::string shown = group.front().title;
  std::erase_if(group, [](const FeedItem& item) { return !item.Time(); });
  if (report.native_id.empty() || group.empty()) {
    problems.push_back(fmt::format("an item without a guid, a link or a time: '{}'", shown));
    return std::nullopt;
  }
  std::ranges::stable_sort(group, {}, [](const FeedItem& item) { return *item.Time(); });
  report.title = WithoutState(group.front().title);
  report.url = HttpUrl(group.back().link);
  for (const FeedItem& item : group) AddItem(item, *item.Time(), report);
  std::ranges::stable_sort(report.updates, std::ranges::greater{}, &Update::at);
  for (const Update& update : report.updates) {
    if (report.status == IncidentStatus::kUnknown) report.status = update.status;
  }
  return report;
}

class FeedPages final : public Platform {
 public:
  std::string_view id() const override { return "feed"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};  // what a feed holds is all that it has
    if (IsFeedAddress(base_url)) {
      return {{"feed", std::string(base_url), std::string(kAccept)}};
    }
    std::vector<DocumentRequest> requests;
    // One after the other, until one has it.
    for (const std::string_view place : kPlaces) {
      const std::string before = requests.empty() ? "" : requests.back().url;
      requests.push_back({fmt::format("feed {}", place), fmt::format("{}{}", base_url, place),
                          std::string(kAccept)});
      requests.back().instead_of = before;
    }
    return requests;
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    const auto feed = ReadFeed(document.body);
    if (feed.ok()) return absl::OkStatus();
    const bool html = FindNoCase(document.content_type, "html") != std::string_view::npos;
    return absl::FailedPreconditionError(html ? "HTML instead of a feed"
                                              : std::string(feed.status().message()));
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    FAILS_ASSIGN_OR_RETURN(const Feed feed, ReadFeed(document.body));
    Parsed parsed;
    for (std::vector<FeedItem>& group : GroupItems(feed)) {
      if (auto report = ReadGroup(std::move(group), parsed.problems)) {
        parsed.reports.push_back(std::move(*report));
      }
    }
    return parsed;
  }
};

}  // namespace

const Platform& FeedPlatform() {
  static const FeedPages platform;
  return platform;
}

}  // namespace fails::platforms
