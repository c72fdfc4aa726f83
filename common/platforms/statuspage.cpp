// SPDX-License-Identifier: Apache-2.0
// Atlassian Statuspage: https://<page>/api/v2/*.json for the present, /history.json and
// /incidents/<code>.json for the past, the page itself for its uptime calendars. Times carry the
// page's own offset; updates stand newest first.
#include "common/platforms/statuspage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "absl/time/civil_time.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/statuspage_documents.h"
#include "common/platforms/reading/statuspage_history.h"
#include "common/platforms/reading/statuspage_uptime.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kHtml = "text/html";

// Pages of the history never end; three without an incident are taken for the end of it, unless the
// page's components are older than what was shown: there are years without an incident.
constexpr int kEmptyHistoryPages = 3;
constexpr int kMostHistoryPages = 60;

constexpr std::size_t kShowcaseComponents = 50;  // in one request
constexpr absl::Duration kCalendarEvery = absl::Hours(1);

// Where the walk through the history stands: the page asked for, how many before it were empty, and
// since when there are components ("2021-02"), if a page has told.
struct HistoryPlace {
  int page = 1;
  int empty = 0;
  std::optional<absl::CivilMonth> since = {};
};

std::string ToState(const HistoryPlace& place) {
  const std::string numbers = fmt::format("{} {}", place.page, place.empty);
  return place.since ? fmt::format("{} {}", numbers, absl::FormatCivilTime(*place.since)) : numbers;
}

HistoryPlace PlaceOf(const DocumentView& document) {
  HistoryPlace place;
  const auto words = Words(document.state);
  if (words.size() == 2 || words.size() == 3) {
    place.page = Number(words[0]).value_or(1);
    place.empty = Number(words[1]).value_or(0);
    absl::CivilMonth since;
    if (words.size() == 3 && absl::ParseCivilTime(std::string(words[2]), &since))
      place.since = since;
  } else if (const std::size_t at = document.url.find("page="); at != std::string_view::npos) {
    const std::string_view rest = document.url.substr(at + 5);
    place.page = Number(rest.substr(0, rest.find_first_not_of("0123456789"))).value_or(1);
  }
  return place;
}

DocumentRequest UptimeRequest(std::string_view base_url) {
  return {"uptime", fmt::format("{}/", base_url), std::string(kHtml), "", kCalendarEvery};
}

std::vector<DocumentRequest> ShowcaseRequests(std::string_view base_url,
                                              const std::vector<std::string>& components) {
  std::vector<DocumentRequest> requests;
  for (std::size_t i = 0; i < components.size(); i += kShowcaseComponents) {
    const auto first = components.begin() + static_cast<std::ptrdiff_t>(i);
    const auto last =
        first + static_cast<std::ptrdiff_t>(std::min(kShowcaseComponents, components.size() - i));
    requests.push_back(
        {"uptime_showcase",
         fmt::format("{}/uptime_showcase?components={}", base_url, fmt::join(first, last, ",")),
         std::string(kJson), "", kCalendarEvery});
  }
  return requests;
}

DocumentRequest Instead(const DocumentRequest& of, std::string_view kind, std::string url,
                        std::string_view accept) {
  return {.kind = std::string(kind),
          .url = std::move(url),
          .accept = std::string(accept),
          .state = of.state,
          .instead_of = of.url};
}

// The last resort: the newest incidents, without impact and components.
DocumentRequest FeedInstead(std::string_view base_url, const DocumentRequest& of) {
  return Instead(of, "history_feed", fmt::format("{}/history.atom", base_url),
                 "application/atom+xml");
}

// A page of the history. Where JSON cannot be had, its HTML holds the same, and all behind it are
// asked for as HTML.
void AddHistoryPage(std::string_view base_url, const HistoryPlace& place, bool html,
                    std::vector<DocumentRequest>& requests) {
  const auto url = [&](std::string_view path) {
    return fmt::format("{}{}?page={}", base_url, path, place.page);
  };
  if (html) {
    requests.push_back({"history", url("/history"), std::string(kHtml), ToState(place)});
    return;
  }
  requests.push_back({"history", url("/history.json"), std::string(kJson), ToState(place)});
  requests.push_back(Instead(requests.back(), "history", url("/history"), kHtml));
  if (place.page == 1) requests.push_back(FeedInstead(base_url, requests.back()));
}

void AddIncident(std::string_view base_url, std::string_view code, bool html,
                 std::vector<DocumentRequest>& requests) {
  const std::string url = fmt::format("{}/incidents/{}", base_url, code);
  requests.push_back({"incident", fmt::format("{}.json", url),
                      html ? "application/json, text/html;q=0.5" : std::string(kJson)});
  requests.push_back(Instead(requests.back(), "incident", url, kHtml));
  requests.push_back(FeedInstead(base_url, requests.back()));
}

std::vector<DocumentRequest> BehindHistory(std::string_view base_url,
                                           const DocumentView& document) {
  const auto history = ReadStatuspageHistory(document.body);
  if (!history.ok()) return {};
  const bool html = LooksLikeHtml(document.body);
  std::vector<DocumentRequest> requests;
  for (const std::string& code : history->codes) AddIncident(base_url, code, html, requests);
  HistoryPlace next = PlaceOf(document);
  next.empty = history->codes.empty() && history->problems.empty() ? next.empty + 1 : 0;
  next.page += 1;
  if (history->since && (!next.since || *history->since < *next.since)) next.since = history->since;
  const bool before = next.since && history->oldest && *next.since < *history->oldest;
  if ((next.empty < kEmptyHistoryPages || before) && next.page <= kMostHistoryPages) {
    AddHistoryPage(base_url, next, html, requests);
  }
  return requests;
}

class Statuspage final : public Platform {
 public:
  std::string_view id() const override { return "statuspage"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    std::vector<DocumentRequest> requests;
    if (purpose == Purpose::kBackfill) {
      AddHistoryPage(base_url, {}, false, requests);
    } else {
      for (const StatuspageEndpoint& endpoint : StatuspageEndpoints()) {
        requests.push_back({std::string(endpoint.kind),
                            fmt::format("{}{}", base_url, endpoint.path), std::string(kJson)});
      }
    }
    requests.push_back(UptimeRequest(base_url));
    return requests;
  }

  std::vector<DocumentRequest> FollowUps(std::string_view base_url, Purpose purpose,
                                         const DocumentView& document) const override {
    if (document.kind == "uptime") {
      const auto uptime = ReadStatuspageUptime(document.body);
      if (!uptime.ok()) return {};
      return ShowcaseRequests(base_url, uptime->lazy_components);
    }
    if (document.kind == "history" && purpose == Purpose::kBackfill) {
      return BehindHistory(base_url, document);
    }
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    return RecognizeStatuspage(document);
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    return ParseStatuspage(document);
  }
};

}  // namespace

const Platform& StatuspagePlatform() {
  static const Statuspage platform;
  return platform;
}

}  // namespace fails::platforms
