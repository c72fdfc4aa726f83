// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/betterstack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

DocumentView View(std::string_view kind, std::string_view body) {
  return {kind, "https://status.example.com/index.json",
          kind == "index" ? "application/json" : "application/rss+xml", body,
          T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view kind, std::string_view body) {
  return MustParse(BetterStackPlatform(), View(kind, body));
}

constexpr char kIndex[] =
    R"~({"data":{"id":"1","type":"status_page","attributes":{"company_name":"X",
  "timezone":"Pacific Time (US & Canada)","subdomain":"x","custom_domain":"status.example.com",
  "aggregate_state":"degraded","updated_at":"2026-09-30T11:00:00Z"}},
 "included":[
  {"id":"r1","type":"status_page_resource","attributes":{"public_name":"API","status":"downtime","availability":0.99,
    "status_history":[
      {"day":"2026-09-28","status":"operational","downtime_duration":0,"maintenance_duration":0},
      {"day":"2026-09-29","status":"downtime","downtime_duration":1800,"maintenance_duration":600},
      {"day":"2026-09-30","status":"not_monitored","downtime_duration":0,"maintenance_duration":0},
      {"day":"yesterday","status":"downtime","downtime_duration":5}]}},
  {"id":"r2","type":"status_page_resource","attributes":{"public_name":"Web","status":"not_monitored","status_history":null,
    "status_page_section_id":31}},
  {"id":"31","type":"status_page_section","attributes":{"name":"Sites","position":0}},
  {"id":"s1","type":"status_report","attributes":{"title":"API is failing","report_type":"manual",
    "starts_at":"2026-09-29T10:00:00Z","ends_at":"2026-09-29T10:30:00Z","aggregate_state":"resolved",
    "affected_resources":[{"status_page_resource_id":"r1","status":"resolved"}]}},
  {"id":"s2","type":"status_report","attributes":{"title":"Web is slow","report_type":"automatic",
    "starts_at":"2026-09-30T11:00:00Z","ends_at":null,"aggregate_state":"degraded",
    "affected_resources":[{"status_page_resource_id":"r2","status":"degraded"}]}},
  {"id":"s3","type":"status_report","attributes":{"title":"Upgrade","report_type":"maintenance",
    "starts_at":"2026-10-02T00:00:00Z","ends_at":"2026-10-02T01:00:00Z","aggregate_state":"maintenance",
    "affected_resources":[{"status_page_resource_id":"r1","status":"maintenance"}]}},
  {"id":"s4","type":"status_report","attributes":{"title":"No beginning","affected_resources":null}},
  {"id":"u1","type":"status_update","attributes":{"message":"We are investigating failures.","status_report_id":"s1",
    "published_at":"2026-09-29T10:02:00Z","affected_resources":[{"status_page_resource_id":"r1","status":"downtime"}]}},
  {"id":"u2","type":"status_update","attributes":{"message":"All good again.","status_report_id":"s1",
    "published_at":"2026-09-29T18:00:00Z","affected_resources":[{"status_page_resource_id":"r1","status":"resolved"}]}},
  {"id":"x","type":"a_new_type","attributes":{}}, 7, null]})~";

TEST(BetterStackTest, ReadsReports) {
  const Parsed parsed = Read("index", kIndex);
  ASSERT_THAT(parsed.reports, SizeIs(3));
  const Report& over = parsed.reports[0];
  EXPECT_EQ(over.native_id, "s1");
  EXPECT_EQ(over.url, "https://status.example.com/incident/s1");
  EXPECT_EQ(over.impact, Impact::kCritical) << "what it was, not what it is";
  EXPECT_EQ(over.status, IncidentStatus::kResolved);
  EXPECT_THAT(*over.components, ElementsAre(ComponentRef{"r1", "API"}));
  EXPECT_THAT(*over.component_impacts, ElementsAre(ComponentImpact{{"r1", "API"},
                                                                   T("2026-09-29T10:00:00Z"),
                                                                   T("2026-09-29T10:30:00Z"),
                                                                   ServiceStatus::kMajorOutage}));
  const Stages stages = Stages::FromUpdates(over.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-29T10:02:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-29T10:30:00Z")) << "ends_at, not the late note";
  const Report& open = parsed.reports[1];
  EXPECT_EQ(open.impact, Impact::kMinor);
  EXPECT_EQ(open.status, IncidentStatus::kInvestigating);
  EXPECT_EQ(Stages::FromUpdates(open.updates).investigating, T("2026-09-30T11:00:00Z"));
  EXPECT_FALSE((*open.component_impacts)[0].to);
  const Report& maintenance = parsed.reports[2];
  EXPECT_EQ(maintenance.impact, Impact::kMaintenance);
  EXPECT_EQ(maintenance.status, IncidentStatus::kScheduled);
  EXPECT_EQ(maintenance.scheduled_until, T("2026-10-02T01:00:00Z"));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'yesterday'"), HasSubstr("'No beginning'")));
  EXPECT_FALSE(parsed.listing) << "older reports drop out";
}

TEST(BetterStackTest, ReadsComponents) {
  const Parsed parsed = Read("index", kIndex);
  EXPECT_THAT(
      parsed.components,
      ElementsAre(ComponentStatus{{"r1", "API"}, ServiceStatus::kMajorOutage},
                  ComponentStatus{{"r2", "Web"}, ServiceStatus::kUnknown, {"31", "Sites"}}));
  EXPECT_TRUE(parsed.components_complete);
}

TEST(BetterStackTest, Quirk21DaysKeepTheLabelOfThePagesZone) {
  const Parsed parsed = Read("index", kIndex);
  const OutageDay quiet{absl::CivilDay(2026, 9, 28), 0, 0};
  const OutageDay loud{absl::CivilDay(2026, 9, 29), 0, 1800};
  EXPECT_THAT(parsed.outage_days, ElementsAre(OutageDayReport{"", {"r1", "API"}, quiet},
                                              OutageDayReport{"", {"r1", "API"}, loud}))
      << "maintenance is no outage, a day that was not monitored is no day";
}

// As many updates as there are items; one that links to the page only is told by its guid.
constexpr char kFeed[] =
    R"(<rss version="2.0"><channel><title>X status</title><link>https://status.example.com/</link>
  <item><title>Model A recovered</title><link>https://status.example.com/</link>
    <guid>https://status.example.com/incident/101#b</guid><pubDate>Tue, 29 Sep 2026 10:30:00 +0000</pubDate></item>
  <item><title>Model A went down</title><link>https://status.example.com/</link>
    <guid>https://status.example.com/incident/101#a</guid><pubDate>Tue, 29 Sep 2026 10:00:00 +0000</pubDate></item>
  <item><title>Model A went down</title><link>https://status.example.com/</link>
    <guid>https://status.example.com/incident/100#a</guid><pubDate>Tue, 29 Sep 2026 09:00:00 +0000</pubDate></item>
  <item><title>Broken date</title><guid>https://status.example.com/incident/99#a</guid><pubDate>soon</pubDate></item>
</channel></rss>)";

TEST(BetterStackTest, Quirk13FlapsOfOneTitleAreToldApartById) {
  const Parsed parsed = Read("feed", kFeed);
  ASSERT_THAT(parsed.reports, SizeIs(2));
  EXPECT_EQ(parsed.reports[0].native_id, "101");
  EXPECT_EQ(parsed.reports[0].title, "Model A went down");
  EXPECT_EQ(parsed.reports[0].status, IncidentStatus::kResolved);
  EXPECT_EQ(parsed.reports[0].impact, Impact::kUnknown) << "a title is no severity";
  const Stages stages = Stages::FromUpdates(parsed.reports[0].updates);
  EXPECT_EQ(stages.investigating, T("2026-09-29T10:00:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-29T10:30:00Z"));
  EXPECT_EQ(parsed.reports[1].native_id, "100");
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kInvestigating);
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'Broken date'")));
}

TEST(BetterStackTest, Quirk01TheShellOfThePageIsNoAnswer) {
  DocumentView view = View("index", "<!doctype html><div id=app></div>");
  view.content_type = "text/html; charset=utf-8";
  EXPECT_THAT(Why(BetterStackPlatform().Recognize(view)), HasSubstr("instead of JSON"));
  EXPECT_THAT(Why(BetterStackPlatform().Recognize(View("index", R"({"data":{"type":"error"}})"))),
              HasSubstr("without a 'status_page'"));
  EXPECT_THAT(Read("index", R"({"data":{"type":"status_page"},"included":null})").reports,
              IsEmpty());
}

TEST(BetterStackTest, AsksForTheFeedOnlyInsteadOfTheIndex) {
  const auto requests =
      BetterStackPlatform().FirstRequests("https://s", Purpose::kPoll, absl::UnixEpoch());
  EXPECT_THAT(Asked(requests),
              ElementsAre("index https://s/index.json", "feed https://s/feed.rss"));
  EXPECT_EQ(requests[1].instead_of, "https://s/index.json");
  EXPECT_THAT(BetterStackPlatform().FirstRequests("https://s", Purpose::kBackfill, {}), IsEmpty());
}

}  // namespace
}  // namespace fails::platforms
