// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {

// One <item> (RSS) or <entry> (Atom).
struct FeedItem {
  std::string id;     // <guid>, <id>; may be empty
  std::string link;   // to the item's page; may be empty
  std::string title;  // plain text
  std::string html;   // <content:encoded>, <content>, <description> or <summary>, as HTML
  std::vector<std::string> categories;
  std::optional<ZonedTime> published;  // <pubDate>, <dc:date>, <published>
  std::optional<ZonedTime> updated;    // <updated>

  // published, else updated.
  std::optional<absl::Time> Time() const;
};

struct Feed {
  std::string title;
  std::string link;  // the page it belongs to; may be empty
  std::optional<absl::Time> updated;
  std::vector<FeedItem> items;  // in the order of the feed
};

// RSS 0.91 to 2.0, RSS 1.0 and Atom. Unreadable times are absent. INVALID_ARGUMENT: no XML, or none
// of these.
absl::StatusOr<Feed> ReadFeed(std::string_view xml);

// What becomes one report: items of one guid (apart from its #fragment), and items that link to one
// page of an incident. A link to the feed's own page or to the root of a site joins nothing.
// Groups stand in the order in which the feed first shows them, items in the feed's.
std::vector<std::vector<FeedItem>> GroupItems(const Feed& feed);

// A short id for a group: the incident's own part of its link or of its guid.
std::string IncidentIdOf(const std::vector<FeedItem>& group);

// The part of an address that names an incident ("8kb29fwgbp25" of ".../incidents/8kb29fwgbp25");
// empty for one of another form.
std::string IncidentCodeOf(std::string_view url);

}  // namespace fails::platforms
