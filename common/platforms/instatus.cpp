// SPDX-License-Identifier: Apache-2.0
// Instatus. Its JSON knows the present only; the history stands in the scripts of its pages, of
// which there are two kinds (Next.js and Nuxt), and in feeds.
#include "common/platforms/instatus.h"

#include <fmt/format.h>

#include "common/platforms/instatus/page.h"
#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/update_list.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kSummary = "summary";
constexpr std::string_view kComponents = "components";
constexpr std::string_view kPage = "page";
constexpr std::string_view kFeed = "feed";
constexpr int kMaxHistoryPages = 60;
constexpr int kMaxEmptyPages = 3;

IncidentStatus StatusOf(std::string_view word) {
  if (EqualsNoCase(word, "NOTSTARTEDYET")) return IncidentStatus::kScheduled;
  if (EqualsNoCase(word, "INPROGRESS")) return IncidentStatus::kInProgress;
  return StatusFromLabel(word);
}

// Where the summary gives no id, the address does.
std::string IdOfNotice(const json::object& notice) {
  std::string id = IdAt(notice, "id");
  if (!id.empty()) return id;
  const std::string url = TextAt(notice, "url");
  if (id = IncidentCodeOf(url); !id.empty()) return id;
  const std::string_view path = std::string_view(url).substr(OriginOf(url).size());
  return std::string(path.substr(path.find_last_of('/') + 1));
}

// What goes on now, without its updates.
void ReadActive(const json::object& document, std::string_view key, Parsed& parsed) {
  const bool maintenance = key == "activeMaintenances";
  for (const json::object* notice : ObjectsAt(document, key)) {
    Report report;
    report.native_id = IdOfNotice(*notice);
    report.title = TextAt(*notice, "name");
    if (report.native_id.empty()) {
      parsed.problems.push_back(fmt::format("a notice without id: '{}'", report.title));
      continue;
    }
    report.url = TextAt(*notice, "url");
    report.status = StatusOf(TextAt(*notice, "status"));
    if (maintenance) {
      report.impact = Impact::kMaintenance;
      report.scheduled_for = TimeAt(*notice, "start");
      const auto minutes = NumberAt(*notice, "duration");
      if (report.scheduled_for && minutes && *minutes > 0 && *minutes < 1e6) {
        report.scheduled_until = *report.scheduled_for + absl::Minutes(*minutes);
      }
    } else {
      report.impact = ImpactOf(StateFromWord(TextAt(*notice, "impact")));
      report.impact_started_at = TimeAt(*notice, "started");
    }
    parsed.reports.push_back(std::move(report));
  }
}

// A component stands among the children of its group, or names it.
void ReadComponents(const json::object& parent, std::string_view key, const ComponentRef& group,
                    Parsed& parsed) {
  for (const json::object* component : ObjectsAt(parent, key)) {
    const ComponentRef self{IdAt(*component, "id"), TextAt(*component, "name")};
    ComponentRef own = group;
    if (const json::object* named = FindObject(*component, "group")) {
      own = {IdAt(*named, "id"), TextAt(*named, "name")};
    }
    parsed.components.push_back({self, StateFromWord(TextAt(*component, "status")), own});
    ReadComponents(*component, "children", self, parsed);
  }
}

Parsed ReadHistory(const Feed& feed) {
  Parsed parsed;
  for (const std::vector<FeedItem>& group : GroupItems(feed)) {
    const FeedItem& item = group.front();
    Report report;
    report.native_id = IncidentIdOf(group);
    if (report.native_id.empty()) {
      parsed.problems.push_back(fmt::format("an item without guid and link: '{}'", item.title));
      continue;
    }
    report.title = item.title;
    report.url = item.link;
    report.impact_started_at = group.back().Time();
    if (item.published) report.updates = ReadUpdateList(item.html, *item.published);
    if (!report.updates.empty()) report.status = report.updates.front().status;
    parsed.reports.push_back(std::move(report));
  }
  return parsed;
}

absl::StatusOr<json::object> OpenJson(const DocumentView& document) {
  auto object = ParseObject(document.body);
  if (!object.ok()) return object;
  const json::object* page = FindObject(*object, "page");
  const bool good = document.kind == kSummary ? page && !TextAt(*page, "status").empty()
                                              : FindArray(*object, "components") != nullptr;
  if (!good) {
    return absl::InvalidArgumentError(
        fmt::format("JSON of another form: no Instatus answer of kind '{}'", document.kind));
  }
  return object;
}

// The numbered pages of the history: of classic pages, and of those made with Nuxt.
constexpr std::string_view kClassic = "/history/";
constexpr std::string_view kActivity = "/activity/page/";

// "3 1 clx…": the history page, how many empty ones came before it, the first id of the last one.
DocumentRequest HistoryPage(std::string_view base_url, std::string_view folder, int number,
                            int empty, std::string_view first_id) {
  return {std::string(kPage), fmt::format("{}{}{}", base_url, folder, number), "text/html",
          fmt::format("{} {} {}", number, empty, first_id)};
}

class Instatus final : public Platform {
 public:
  std::string_view id() const override { return "instatus"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    const auto url = [base_url](std::string_view path) {
      return fmt::format("{}{}", base_url, path);
    };
    DocumentRequest feed{std::string(kFeed), url("/history.atom"), "application/atom+xml"};
    if (purpose == Purpose::kBackfill) {
      DocumentRequest classic = HistoryPage(base_url, kClassic, 1, 0, "");
      DocumentRequest activity = HistoryPage(base_url, kActivity, 1, 0, "");
      activity.instead_of = classic.url;
      feed.instead_of = activity.url;
      return {std::move(classic), std::move(activity), std::move(feed)};
    }
    DocumentRequest components{std::string(kComponents), url("/v2/components.json"),
                               "application/json"};
    DocumentRequest old_components{"components_v1", url("/components.json"), "application/json"};
    old_components.instead_of = components.url;
    DocumentRequest page{std::string(kPage), url("/"), "text/html"};
    feed.instead_of = page.url;
    return {{std::string(kSummary), url("/summary.json"), "application/json"},
            std::move(components),
            std::move(page),
            std::move(old_components),
            std::move(feed)};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view base_url, Purpose purpose,
                                         const DocumentView& document) const override {
    if (purpose != Purpose::kBackfill || document.kind != kPage) return {};
    const auto parsed = Parse(document);
    const auto words = Words(document.state);
    if (!parsed.ok() || words.size() < 2) return {};
    const auto number = Number(words[0]);
    const auto before = Number(words[1]);
    if (!number || !before || *number >= kMaxHistoryPages) return {};
    const bool empty = parsed->reports.empty();
    const std::string first_id = empty ? "" : parsed->reports.front().native_id;
    // A page that knows no numbers shows the same again and again.
    if (!empty && words.size() > 2 && words[2] == first_id) return {};
    if (empty && *before + 1 >= kMaxEmptyPages) return {};
    const std::string_view folder =
        document.url.find(kActivity) == std::string_view::npos ? kClassic : kActivity;
    return {HistoryPage(base_url, folder, *number + 1, empty ? *before + 1 : 0, first_id)};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (document.kind != kPage && document.kind != kFeed) {
      if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
      return AsForeign(OpenJson(document).status());
    }
    return AsForeign(Parse(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    if (document.kind == kPage) {
      return instatus::ReadPage(document.body, OriginOf(document.url));
    }
    if (document.kind == kFeed) {
      const auto feed = ReadFeed(document.body);
      if (!feed.ok()) return feed.status();
      return ReadHistory(*feed);
    }
    const auto object = OpenJson(document);
    if (!object.ok()) return object.status();
    Parsed parsed;
    if (document.kind == kSummary) {
      ReadActive(*object, "activeIncidents", parsed);
      ReadActive(*object, "activeMaintenances", parsed);
    } else {
      ReadComponents(*object, "components", {}, parsed);
      parsed.components_complete = !parsed.components.empty();
    }
    return parsed;
  }
};

}  // namespace

const Platform& InstatusPlatform() {
  static const Instatus platform;
  return platform;
}

}  // namespace fails::platforms
