// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/instatus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "https://status.example.com";

DocumentView View(std::string_view kind, std::string_view body, std::string_view state = {}) {
  const bool json = kind == "summary" || kind.starts_with("components");
  return {kind, "https://status.example.com/x", json ? "application/json" : "text/html",
          body, T("2026-09-30T12:00:00Z"),      state};
}

Parsed Read(std::string_view kind, std::string_view body) {
  return MustParse(InstatusPlatform(), View(kind, body));
}

TEST(InstatusTest, ReadsTheSummary) {
  const Parsed parsed = Read(
      "summary", R"({"page":{"name":"X","url":"https://status.example.com","status":"HASISSUES"},
    "activeIncidents":[
      {"id":"clx1","name":"Slow","started":"2026-09-30T10:00:00.000Z","status":"IDENTIFIED","impact":"PARTIALOUTAGE",
       "url":"https://status.example.com/clx1"},
      {"name":"No id","started":"2026-09-30T10:00:00Z","status":"INVESTIGATING","impact":"NEWWORD",
       "url":"https://status.example.com/clx2"},
      {"name":"Nothing at all"}],
    "activeMaintenances":[{"id":"clm1","name":"Upgrade","start":"2026-10-01T00:00:00Z","status":"NOTSTARTEDYET",
      "duration":"60","url":"https://status.example.com/clm1"}]})");
  ASSERT_THAT(parsed.reports, SizeIs(3));
  EXPECT_EQ(parsed.reports[0].impact, Impact::kMajor);
  EXPECT_EQ(parsed.reports[0].status, IncidentStatus::kIdentified);
  EXPECT_EQ(parsed.reports[0].impact_started_at, T("2026-09-30T10:00:00Z"));
  EXPECT_THAT(parsed.reports[0].updates, IsEmpty()) << "the summary does not know them";
  EXPECT_EQ(parsed.reports[1].native_id, "clx2");
  EXPECT_EQ(parsed.reports[1].impact, Impact::kUnknown);
  EXPECT_EQ(parsed.reports[2].status, IncidentStatus::kScheduled);
  EXPECT_EQ(parsed.reports[2].scheduled_until, T("2026-10-01T01:00:00Z"));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'Nothing at all'")));
  EXPECT_FALSE(parsed.listing);
  EXPECT_THAT(Read("summary", R"({"page":{"status":"UP"}})").reports, IsEmpty());
}

TEST(InstatusTest, ReadsComponentsWithTheirChildren) {
  const Parsed parsed = Read("components", R"({"components":[
    {"id":"p","name":"Platform","status":"DEGRADEDPERFORMANCE","isParent":true,"group":null,
     "children":[{"id":"c","name":"API","status":"MAJOROUTAGE"},{"id":"d","name":"Web","status":"SOMETHING"}]},
    {"id":"e","name":"App","status":"OPERATIONAL","group":{"id":"g","name":"Apps"},"children":[]}]})");
  const ComponentRef platform = {"p", "Platform"};
  EXPECT_THAT(
      parsed.components,
      ElementsAre(ComponentStatus{platform, ServiceStatus::kDegraded},
                  ComponentStatus{{"c", "API"}, ServiceStatus::kMajorOutage, platform},
                  ComponentStatus{{"d", "Web"}, ServiceStatus::kUnknown, platform},
                  ComponentStatus{{"e", "App"}, ServiceStatus::kOperational, {"g", "Apps"}}));
  EXPECT_TRUE(parsed.components_complete);
  EXPECT_FALSE(Read("components", R"({"components":[]})").components_complete);
}

TEST(InstatusTest, ReadsNoticesOfNextPages) {
  const Parsed parsed = Read(
      "page",
      R"(<script>self.__next_f.push([1,"7:{\"notices\":{\"clx1\":{\"id\":\"clx1\",\"name\":{\"default\":\"Errors – 错误\"},)"
      R"(\"impact\":\"MAJOROUTAGE\",\"started\":\"2026-09-30T10:00:00Z\",\"resolved\":\"2026-09-30T11:00:00Z\",\"status\":\"RESOLVED\"},)"
      R"(\"clx2\":{\"id\":\"clx2\",\"name\":{\"default\":\"Slow\"},\"impact\":\"DEGRADEDPERFORMANCE\",\"started\":\"2026-09-30T11:30:00Z\",\"resolved\":null,\"status\":\"MONITORING\"},)"
      R"(\"bad\":{\"id\":\"bad\",\"started\":\"yesterday\"}},\"metrics\":{}}"])</script>)");
  ASSERT_THAT(parsed.reports, SizeIs(2));
  EXPECT_EQ(parsed.reports[0].title, "Errors – 错误");
  EXPECT_EQ(parsed.reports[0].impact, Impact::kCritical);
  const Stages stages = Stages::FromUpdates(parsed.reports[0].updates);
  EXPECT_EQ(stages.investigating, T("2026-09-30T10:00:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-30T11:00:00Z"));
  EXPECT_FALSE(Stages::FromUpdates(parsed.reports[1].updates).resolved);
  EXPECT_THAT(parsed.problems, SizeIs(1));
}

// A flat array as Nuxt writes it; indexes of values in place of values.
std::string Nuxt(std::string_view duration, std::string_view resolved_at) {
  return fmt::format(
      R"(<script type="application/json" id="__NUXT_DATA__" data-ssr="true">[["ShallowReactive",1],
    {{"data":2}},{{"incidents-by-date-2026-09":3}},{{"incidents":4}},["Reactive",5],[6],
    {{"id":7,"name":8,"lastUpdateStatus":9,"created_at":10,"duration":11,"services":12,"incidentUpdates":15,"severity":22}},
    "clx9","Chat is down","RESOLVED","2026-09-01T10:00:00Z",{},[13],{{"id":14,"name":8}},"svc1",[16,19],
    {{"id":17,"status":18,"description":8,"created_at":10}},"u1","INVESTIGATING",
    {{"id":20,"status":9,"description":8,"created_at":21}},"u2","{}","MEDIUM"]</script>)",
      duration, resolved_at);
}

TEST(InstatusTest, Quirk19DurationWinsOverALateNote) {
  const Parsed parsed = Read("page", Nuxt("5400", "2026-09-04T09:00:00Z"));
  ASSERT_THAT(parsed.reports, SizeIs(1));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "clx9");
  EXPECT_EQ(report.title, "Chat is down");
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"svc1", "Chat is down"}));
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-01T10:00:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-01T11:30:00Z")) << "not three days later";
  EXPECT_EQ(report.impact_ended_at, T("2026-09-01T11:30:00Z"));

  const Report open = Read("page", Nuxt("0", "2026-09-01T12:00:00Z")).reports.at(0);
  EXPECT_EQ(Stages::FromUpdates(open.updates).resolved, T("2026-09-01T12:00:00Z"))
      << "0 is no duration";
  EXPECT_FALSE(open.impact_ended_at);
}

TEST(InstatusTest, ReadsTheFeed) {
  const Parsed parsed =
      Read("feed", R"(<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>X</title>
    <entry><id>clx7</id><title>Errors</title><link href="https://status.example.com/incident/clx7"/>
    <published>2026-09-30T10:00:00Z</published><content type="html">text</content></entry></feed>)");
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(parsed.reports[0].native_id, "clx7");
  EXPECT_EQ(parsed.reports[0].impact_started_at, T("2026-09-30T10:00:00Z"));
}

TEST(InstatusTest, Quirk01AnotherPageIsNoAnswer) {
  EXPECT_THAT(Why(InstatusPlatform().Recognize(View("page", "<html><script></script></html>"))),
              HasSubstr("without the data of Instatus"));
  EXPECT_THAT(Why(InstatusPlatform().Recognize(
                  View("page", R"(<script id="__NUXT_DATA__">[{"other":1}]</script>)"))),
              HasSubstr("without incidents-by-date"));
  EXPECT_THAT(Why(InstatusPlatform().Recognize(View("summary", R"({"page":{}})"))),
              HasSubstr("no Instatus answer of kind 'summary'"));
}

TEST(InstatusTest, PollsAndWalksBack) {
  EXPECT_THAT(Asked(InstatusPlatform().FirstRequests(kBase, Purpose::kPoll, {})),
              ElementsAre("summary https://status.example.com/summary.json",
                          "components https://status.example.com/v2/components.json",
                          "page https://status.example.com/",
                          "components_v1 https://status.example.com/components.json",
                          "feed https://status.example.com/history.atom"));
  const auto first = InstatusPlatform().FirstRequests(kBase, Purpose::kBackfill, {});
  ASSERT_THAT(Asked(first), ElementsAre("page https://status.example.com/history/1",
                                        "page https://status.example.com/activity/page/1",
                                        "feed https://status.example.com/history.atom"));
  EXPECT_EQ(first[1].instead_of, first[0].url);
  EXPECT_EQ(first[2].instead_of, first[1].url) << "a feed that holds the newest of it";
  const std::string full = Nuxt("60", "2026-09-01T12:00:00Z");
  const auto after = [](std::string_view body, std::string_view state) {
    return InstatusPlatform().FollowUps(kBase, Purpose::kBackfill, View("page", body, state));
  };
  const auto second = after(full, first[0].state);
  ASSERT_THAT(Asked(second), ElementsAre("page https://status.example.com/history/2"));
  EXPECT_THAT(after(full, second[0].state), IsEmpty()) << "the same page once more";
  const std::string empty = R"(<script id="__NUXT_DATA__">[{"incidents-by-date":1},{}]</script>)";
  auto next = after(empty, second[0].state);
  ASSERT_THAT(next, SizeIs(1));
  next = after(empty, next[0].state);
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_THAT(after(empty, next[0].state), IsEmpty()) << "three empty pages are the beginning";
  EXPECT_THAT(after(full, "60 0"), IsEmpty());
}

TEST(InstatusTest, WalksBackWhereItBegan) {
  const std::string full = Nuxt("60", "2026-09-01T12:00:00Z");
  DocumentView view = View("page", full, "1 0");
  view.url = "https://status.example.com/activity/page/1";
  EXPECT_THAT(Asked(InstatusPlatform().FollowUps(kBase, Purpose::kBackfill, view)),
              ElementsAre("page https://status.example.com/activity/page/2"));
}

}  // namespace
}  // namespace fails::platforms
