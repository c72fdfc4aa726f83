// SPDX-License-Identifier: Apache-2.0
// The past of a Statuspage: history, incidents' own documents, their HTML, the feed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/platforms/reading/statuspage_html.h"
#include "common/platforms/statuspage.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "https://status.example.com";

std::string History(std::initializer_list<const char*> codes) {
  std::string items;
  for (const char* code : codes) {
    items += fmt::format(
        R"({}{{"code":"{}","name":"N","message":"m","impact":"minor",
        "timestamp":"Feb <var data-var='date'>25</var>, <var data-var='time'>23:44</var> - Feb <var data-var='date'>26</var>, <var data-var='time'>20:27</var> UTC"}})",
        items.empty() ? "" : ",", code);
  }
  return R"({"components":[],"months":[{"name":"August","year":2026,"starts_on":6,"days":31,"incidents":[)" +
         items + R"(]},{"name":"July","year":2026,"incidents":null},7]})";
}

std::string Escaped(std::string text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"') {
      escaped += "&quot;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string HistoryHtml(const std::string& json) {
  return "<!DOCTYPE html><html><body><div data-react-class=\"Other\"></div><div "
         "data-react-class=\"HistoryIndex\" data-react-props=\"" +
         Escaped(json) + "\"></div></body></html>";
}

DocumentView View(std::string_view kind, std::string_view url, std::string_view body,
                  std::string_view state = "") {
  const bool html = body.starts_with('<');
  return {kind, url, html ? "text/html; charset=utf-8" : "application/json", body, {}, state};
}

std::vector<std::string> Urls(const std::vector<DocumentRequest>& requests) {
  std::vector<std::string> urls;
  for (const DocumentRequest& request : requests) urls.push_back(request.url);
  return urls;
}

std::vector<DocumentRequest> Next(const DocumentView& document) {
  return StatuspagePlatform().FollowUps(kBase, Purpose::kBackfill, document);
}

// Those that are asked for in any case.
std::vector<DocumentRequest> Plain(std::vector<DocumentRequest> requests) {
  std::erase_if(requests, [](const DocumentRequest& one) { return !one.instead_of.empty(); });
  return requests;
}

// "<what stands in> for <what>", without the host.
std::vector<std::string> StandIns(const std::vector<DocumentRequest>& requests) {
  std::vector<std::string> all;
  const std::size_t host = std::string_view(kBase).size();
  for (const DocumentRequest& request : requests) {
    if (request.instead_of.empty()) continue;
    all.push_back(request.url.substr(host) + " for " + request.instead_of.substr(host));
  }
  return all;
}

TEST(StatuspageHistoryTest, ABackfillBeginsAtTheFirstPage) {
  const auto requests = StatuspagePlatform().FirstRequests(kBase, Purpose::kBackfill, {});
  EXPECT_THAT(Urls(Plain(requests)), ElementsAre("https://status.example.com/history.json?page=1",
                                                 "https://status.example.com/"));
  EXPECT_EQ(requests.front().accept, "application/json");
  EXPECT_EQ(requests.back().every, absl::Hours(1));
}

TEST(StatuspageHistoryTest, LeadsToEachIncidentAndToTheNextPage) {
  const std::string body = History({"aaaaaaaaaaa1", "aaaaaaaaaaa2", "aaaaaaaaaaa1"});
  const auto document =
      View("history", "https://status.example.com/history.json?page=1", body, "1 0");
  ASSERT_TRUE(StatuspagePlatform().Recognize(document).ok());
  const auto next = Next(document);
  EXPECT_THAT(Urls(Plain(next)),
              ElementsAre("https://status.example.com/incidents/aaaaaaaaaaa1.json",
                          "https://status.example.com/incidents/aaaaaaaaaaa2.json",
                          "https://status.example.com/history.json?page=2"));
  EXPECT_EQ(Plain(next)[2].state, "2 0");
  EXPECT_THAT(StatuspagePlatform().FollowUps(kBase, Purpose::kPoll, document), IsEmpty());
}

TEST(StatuspageHistoryTest, ReportsNothingThatItsIncidentsTellBetter) {
  const std::string body = History({"aaaaaaaaaaa1"});
  const auto parsed = StatuspagePlatform().Parse(View("history", kBase, body));
  ASSERT_TRUE(parsed.ok());
  EXPECT_THAT(parsed->reports, IsEmpty());
  EXPECT_FALSE(parsed->listing);
}

TEST(StatuspageHistoryTest, StopsAfterThreeEmptyPagesOrAtTheCap) {
  const std::string empty = History({}), full = History({"aaaaaaaaaaa1"});
  const auto next_state = [](const std::string& body, std::string_view state) -> std::string {
    const auto next = Plain(Next(View("history", "https://s/history.json?page=9", body, state)));
    return next.empty() || next.back().kind != "history" ? "end" : next.back().state;
  };
  EXPECT_EQ(next_state(empty, "4 0"), "5 1");
  EXPECT_EQ(next_state(empty, "5 1"), "6 2");
  EXPECT_EQ(next_state(empty, "6 2"), "end") << "nobody told since when there are components";
  EXPECT_EQ(next_state(full, "6 2"), "7 0") << "a gap in the history is not its end";
  EXPECT_EQ(next_state(full, "59 0"), "60 0");
  EXPECT_EQ(next_state(full, "60 0"), "end");
  EXPECT_EQ(next_state(full, ""), "10 0") << "without a state the address tells the page";
  EXPECT_EQ(next_state(R"({"months":[]})", "6 2"), "end");
}

TEST(StatuspageHistoryTest, AQuietYearIsNotTheEndOfAPageWhoseComponentsAreOlder) {
  const auto quiet = [](std::string_view components, std::string_view months) {
    return fmt::format(R"({{"components":[{}],"months":[{}]}})", components, months);
  };
  constexpr char kSince2021[] =
      R"({"id":"a","created_at":"2021-03-02T10:00:00.000-08:00","start_date":null},
         {"id":"b","created_at":"2024-01-01T00:00:00Z","start_date":"2022-05-01"},7,{"created_at":"?"})";
  const auto next_state = [](const std::string& body, std::string_view state) -> std::string {
    const auto next = Plain(Next(View("history", "https://s/history.json?page=9", body, state)));
    return next.empty() ? "end" : next.back().state;
  };
  constexpr char kSummer2021[] =
      R"({"name":"June","year":2021,"incidents":[]},{"name":"May","year":2021,"incidents":[]},
         {"name":"April","year":2021,"incidents":[]})";
  constexpr char kSpring2021[] = R"({"name":"March","year":2021,"incidents":[]})";
  EXPECT_EQ(next_state(quiet(kSince2021, kSummer2021), "9 4"), "10 5 2021-03");
  EXPECT_EQ(next_state(quiet("", kSummer2021), "9 4 2021-03"), "10 5 2021-03")
      << "what an earlier page told is remembered";
  EXPECT_EQ(next_state(quiet(kSince2021, kSpring2021), "10 5 2021-03"), "end");
  EXPECT_EQ(next_state(quiet(kSince2021, kSpring2021), "10 0 2021-03"), "11 1 2021-03")
      << "what was entered as of before its component is found as well";
  EXPECT_EQ(next_state(quiet(kSince2021, ""), "9 4 2021-03"), "end") << "no month is shown there";
  EXPECT_EQ(next_state(quiet(kSince2021, kSummer2021), "60 4"), "end");
}

TEST(StatuspageHistoryTest, ReadsTheHtmlInWhichTheSameObjectStands) {
  const std::string body = HistoryHtml(History({"aaaaaaaaaaa1"}));
  const auto document =
      View("history", "https://status.example.com/history.json?page=1", body, "1 0");
  ASSERT_TRUE(StatuspagePlatform().Recognize(document).ok());
  EXPECT_THAT(Urls(Plain(Next(document))),
              ElementsAre("https://status.example.com/incidents/aaaaaaaaaaa1.json",
                          "https://status.example.com/history?page=2"));
  EXPECT_EQ(Next(document).back().accept, "text/html");
}

TEST(StatuspageHistoryTest, WhatCannotBeHadAsJsonIsAskedForAsHtmlAndThenAsTheFeed) {
  const auto first = StatuspagePlatform().FirstRequests(kBase, Purpose::kBackfill, {});
  EXPECT_THAT(StandIns(first), ElementsAre("/history?page=1 for /history.json?page=1",
                                           "/history.atom for /history?page=1"));
  const auto next = Next(View("history", kBase, History({"aaaaaaaaaaa1"}), "1 0"));
  EXPECT_THAT(StandIns(next),
              ElementsAre("/incidents/aaaaaaaaaaa1 for /incidents/aaaaaaaaaaa1.json",
                          "/history.atom for /incidents/aaaaaaaaaaa1",
                          "/history?page=2 for /history.json?page=2"));
  EXPECT_EQ(next.back().state, "2 0") << "the walk goes on from there";
  EXPECT_EQ(next.back().accept, "text/html");
}

TEST(StatuspageHistoryTest, APageWithoutTheHistorysDataIsNoHistory) {
  const std::string body =
      "<html><head><link rel='alternate' "
      "href='https://status.example.com/history.atom'></head></html>";
  const auto document = View("history", "https://status.example.com/history.json?page=1", body);
  EXPECT_EQ(StatuspagePlatform().Recognize(document).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Next(document), IsEmpty());
}

TEST(StatuspageHistoryTest, ACodeThatIsNoneNeverBecomesAnAddress) {
  const std::string body = History({"../../x", ""});
  const auto next = Next(View("history", "https://s/history.json?page=1", body, "1 0"));
  EXPECT_THAT(Urls(Plain(next)), ElementsAre("https://status.example.com/history.json?page=2"));
  EXPECT_EQ(next[0].state, "2 0") << "a page whose incidents cannot be read is not an empty one";
  EXPECT_THAT(StatuspagePlatform().Parse(View("history", kBase, body))->problems, SizeIs(2));
}

TEST(StatuspageHistoryTest, ReadsTheFeed) {
  const std::string body =
      R"(<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
    <id>tag:status.example.com,2005:/history</id><title>X Status - Incident History</title>
    <entry><id>tag:status.example.com,2005:Incident/123</id><published>2025-12-31T23:50:00-08:00</published>
    <updated>2026-01-01T01:09:00-08:00</updated><link rel="alternate" href="https://status.example.com/incidents/aaaaaaaaaaa1"/>
    <title>Errors</title><content type="html">&lt;p&gt;&lt;small&gt;Jan &lt;var data-var=&#x27;date&#x27;&gt; 1&lt;/var&gt;, &lt;var data-var=&#x27;time&#x27;&gt;01:09&lt;/var&gt; PST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Over.&lt;/p&gt;</content></entry>
    <entry><id>x</id><title>No address</title></entry></feed>)";
  const DocumentView document{
      "history_feed", "https://status.example.com/history.atom", "application/atom+xml", body, {}};
  ASSERT_TRUE(StatuspagePlatform().Recognize(document).ok());
  const auto parsed = StatuspagePlatform().Parse(document);
  ASSERT_THAT(parsed->reports, SizeIs(1));
  const Report& report = parsed->reports[0];
  EXPECT_EQ(report.native_id, "aaaaaaaaaaa1");
  EXPECT_EQ(report.url, "https://status.example.com/incidents/aaaaaaaaaaa1");
  EXPECT_EQ(report.impact, Impact::kUnknown);
  EXPECT_FALSE(report.components);
  ASSERT_THAT(report.updates, SizeIs(1));
  EXPECT_EQ(ToRfc3339(report.updates[0].at), "2026-01-01T09:09:00Z");
  EXPECT_THAT(parsed->problems, SizeIs(1));
}

constexpr char kIncident[] = R"({
  "id": "k3x9v2m7q1wd", "name": "Elevated errors", "status": "resolved", "impact": "major",
  "created_at": "2026-03-02T08:10:00.000-08:00", "started_at": "2026-03-02T08:00:00.000-08:00",
  "shortlink": "https://stspg.io/x", "incident_updates": [
    {"id": "u2", "status": "resolved", "body": "Over.", "display_at": "2026-03-02T09:30:00.500-08:00",
     "affected_components": [{"code":"c1","name":"API","old_status":"major_outage","new_status":"operational"}]},
    {"id": "u1", "status": "investigating", "body": "We look.", "display_at": "2026-03-02T08:10:00.000-08:00",
     "affected_components": [{"code":"c1","name":"API","old_status":"operational","new_status":"major_outage"}]}
  ], "components": [{"id": "c1", "name": "API"}] )";

TEST(StatuspageHistoryTest, AnIncidentTellsTheSameByItselfAndInTheList) {
  const std::string alone =
      std::string(kIncident) + R"(, "code": "k3x9v2m7q1wd", "impact_override": null, "metadata": {},
      "postmortem_body": null, "backfilled": false})";
  const std::string list =
      R"({"page":{"id":"p","url":"https://status.example.com"},"incidents":[)" +
      std::string(kIncident) + "}]}";
  const auto one = StatuspagePlatform().Parse(
      View("incident", "https://status.example.com/incidents/k3x9v2m7q1wd.json", alone));
  const auto many = StatuspagePlatform().Parse(View("incidents", kBase, list));
  ASSERT_TRUE(one.ok()) << one.status();
  ASSERT_TRUE(many.ok()) << many.status();
  const Report& a = one->reports.at(0);
  const Report& b = many->reports.at(0);
  EXPECT_TRUE(a.url_guessed);
  EXPECT_FALSE(b.url_guessed);
  EXPECT_EQ(a.url, b.url);
  EXPECT_EQ(a.native_id, b.native_id);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.impact, b.impact);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.components, b.components);
  EXPECT_EQ(a.updates, b.updates);
  EXPECT_EQ(a.impact_started_at, b.impact_started_at);
  EXPECT_EQ(a.component_impacts, b.component_impacts);
  EXPECT_EQ(a.backfilled, b.backfilled);
  ASSERT_TRUE(a.component_impacts);
  EXPECT_THAT(*a.component_impacts,
              ElementsAre(ComponentImpact{{"c1", "API"},
                                          *ParseTime("2026-03-02T16:10:00Z"),
                                          *ParseTime("2026-03-02T17:30:00.5Z"),
                                          ServiceStatus::kMajorOutage}));
}

TEST(StatuspageHistoryTest, WhatIsNoIncidentIsRefused) {
  const std::string url = "https://status.example.com/incidents/a1.json";
  for (const char* body : {"{}", "[]", R"({"id":"a1"})", R"({"incident_updates":[]})",
                           "<html><h1 class='incident-name'>N</h1></html>", ""}) {
    EXPECT_EQ(StatuspagePlatform().Recognize(View("incident", url, body)).code(),
              absl::StatusCode::kFailedPrecondition)
        << body;
  }
}

constexpr char kPage[] =
    R"(<!DOCTYPE html><html><body><h1 class="incident-name impact-major">Errors &amp; more</h1>
  <div class="row update-row"><div class="update-title">Resolved</div><div class="update-body">All <b>good</b>.<br>Really.</div>
    <div class="update-timestamp">Posted <var>2</var> years ago. <var data-var='date'>Aug 30</var>, 2022 - <var>11:57</var> PDT</div></div>
  <div class="row update-row"><div class="update-title">Update</div><div class="update-body">Still.</div>
    <div class="update-timestamp">Posted 2 years ago. Aug 30, 2022 - 11:00 PDT</div></div>
  <div class="row update-row"><div class="update-title">Identified</div><div class="update-body">Found.</div>
    <div class="update-timestamp">Posted some day</div></div>
  <div class="components-affected">This incident affected: claude.ai, Chat and more, Console (console.example.com), and Group (A, B).</div>
  </body></html>)";

TEST(StatuspageHistoryTest, ReadsAnIncidentsHtml) {
  const auto parsed = StatuspagePlatform().Parse(
      View("incident", "https://status.example.com/incidents/a1b2c3d4e5f6.json?x=1", kPage));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const Report& report = parsed->reports.at(0);
  EXPECT_EQ(report.native_id, "a1b2c3d4e5f6");
  EXPECT_EQ(report.title, "Errors & more");
  EXPECT_EQ(report.url, "https://status.example.com/incidents/a1b2c3d4e5f6");
  EXPECT_EQ(report.impact, Impact::kMajor);
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
  ASSERT_THAT(report.updates, SizeIs(2));
  EXPECT_EQ(ToRfc3339(report.updates[0].at), "2022-08-30T18:57:00Z");
  EXPECT_EQ(report.updates[0].body, "All good.\nReally.");
  EXPECT_EQ(report.updates[1].status, IncidentStatus::kUnknown) << "an update is no stage";
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"", "claude.ai"}, ComponentRef{"", "Chat and more"},
                          ComponentRef{"", "Console (console.example.com)"}, ComponentRef{"", "A"},
                          ComponentRef{"", "B"}));
  EXPECT_THAT(parsed->problems, ElementsAre(HasSubstr("Posted some day")));
}

TEST(StatuspageHistoryTest, SplitsComponentsOutsideOfParentheses) {
  EXPECT_THAT(AffectedComponents("This incident affected: API and ChatGPT."),
              ElementsAre(ComponentRef{"", "API"}, ComponentRef{"", "ChatGPT"}));
  EXPECT_THAT(AffectedComponents("This incident affected: API."),
              ElementsAre(ComponentRef{"", "API"}));
  EXPECT_THAT(AffectedComponents("Nothing of the kind"), IsEmpty());
  EXPECT_THAT(AffectedComponents("This scheduled maintenance affected: (((, and )"), SizeIs(1));
}

// Quirk 17.
TEST(StatuspageHistoryTest, Quirk17PdtAndPstInOnePage) {
  EXPECT_EQ(PostedAt("Posted 1 year ago. Jul 1, 2022 - 11:57 PST"),
            *ParseTime("2022-07-01T19:57:00Z"));
  EXPECT_EQ(PostedAt("Posted 1 year ago. Jul 1, 2022 - 11:57 PDT"),
            *ParseTime("2022-07-01T18:57:00Z"));
  EXPECT_EQ(PostedAt("Posted 1 year ago. Jan 1, 2022 - 11:57 EST"),
            *ParseTime("2022-01-01T16:57:00Z"));
  EXPECT_EQ(PostedAt("Posted 1 year ago. Feb 30, 2022 - 11:57 UTC"), std::nullopt);
  EXPECT_EQ(PostedAt("Jan 1, 2022 - 11:57 XYZ"), std::nullopt);
}

}  // namespace
}  // namespace fails::platforms
