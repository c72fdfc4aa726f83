// SPDX-License-Identifier: Apache-2.0
// Better Stack. Every unknown path answers 200 with the page's shell, so that the form decides. The
// feed has an item for each update and joins those that name one incident; it is asked for only
// where the index fails.
#include "common/platforms/betterstack.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/betterstack/index.h"
#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/states.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kIndex = "index";
constexpr std::string_view kFeed = "feed";

absl::StatusOr<json::object> Open(const DocumentView& document) {
  if (document.kind != kIndex) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' is no Better Stack document", document.kind));
  }
  auto object = ParseObject(document.body);
  if (!object.ok()) return object;
  const json::object* data = FindObject(*object, "data");
  if (!data || TextAt(*data, "type") != "status_page") {
    return absl::InvalidArgumentError("JSON without a 'status_page': no Better Stack answer");
  }
  return object;
}

// Titles ("X went down", "X recovered") tell where it stands, not how bad it is.
IncidentStatus StatusOf(const FeedItem& item, const std::string& body) {
  const IncidentStatus status = StatusInHeadline(item.title);
  return status != IncidentStatus::kUnknown ? status : StageInText(body);
}

Parsed ReadUpdatesFeed(const Feed& feed) {
  Parsed parsed;
  for (const std::vector<FeedItem>& group : GroupItems(feed)) {
    Report report;
    report.native_id = IncidentIdOf(group);
    std::optional<absl::Time> oldest, newest;
    for (const FeedItem& item : group) {
      const auto at = item.Time();
      if (!at) {
        parsed.problems.push_back(fmt::format("an item without a readable time: '{}'", item.title));
        continue;
      }
      std::string body = HtmlToText(item.html);
      if (body.empty()) body = item.title;
      const IncidentStatus status = StatusOf(item, body);
      report.updates.push_back({item.id, status, *at, std::move(body)});
      if (!oldest || *at < *oldest) {
        oldest = at;
        report.title = item.title;  // of how it began
      }
      if (!newest || *at >= *newest) {
        newest = at;
        report.status = status;
      }
    }
    if (report.native_id.empty() || !oldest) continue;
    report.url = group.front().link;
    if (report.status != IncidentStatus::kResolved || report.updates.size() > 1) {
      OpenAt(report, *oldest);
    }
    parsed.reports.push_back(std::move(report));
  }
  return parsed;
}

class BetterStack final : public Platform {
 public:
  std::string_view id() const override { return "betterstack"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (purpose != Purpose::kPoll) return {};
    DocumentRequest index{std::string(kIndex), fmt::format("{}/index.json", base_url),
                          "application/json"};
    DocumentRequest feed{std::string(kFeed), fmt::format("{}/feed.rss", base_url),
                         "application/rss+xml"};
    feed.instead_of = index.url;
    return {std::move(index), std::move(feed)};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (document.kind == kFeed) return AsForeign(ReadFeed(document.body).status());
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    if (document.kind == kFeed) {
      const auto feed = ReadFeed(document.body);
      if (!feed.ok()) return feed.status();
      return ReadUpdatesFeed(*feed);
    }
    const auto object = Open(document);
    if (!object.ok()) return object.status();
    return betterstack::ReadIndex(*object, document.fetched_at);
  }
};

}  // namespace

const Platform& BetterStackPlatform() {
  static const BetterStack platform;
  return platform;
}

}  // namespace fails::platforms
