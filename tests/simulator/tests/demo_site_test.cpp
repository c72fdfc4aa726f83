// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/demo_site.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/time.h"
#include "tests/simulator/demo/render.h"
#include "tests/simulator/tests/demo_fixture.h"

namespace fails::simulator {
namespace {

namespace json = boost::json;

const char kOpenAi[] = "status.openai.com";

absl::Time TimeIn(const json::value& object, const char* field) {
  const absl::StatusOr<absl::Time> at = ParseTime(json::value_to<std::string>(object.at(field)));
  EXPECT_TRUE(at.ok()) << at.status();
  return at.value_or(absl::InfiniteFuture());
}

// Whether every time in the lists of incidents is at or before `now`.
void ExpectNothingOfTheFuture(const json::value& list, absl::Time now) {
  for (const json::value& incident : list.as_array()) {
    EXPECT_LE(TimeIn(incident, "created_at"), now);
    EXPECT_LE(TimeIn(incident, "updated_at"), now);
    for (const json::value& update : incident.at("incident_updates").as_array()) {
      EXPECT_LE(TimeIn(update, "display_at"), now);
    }
  }
}

TEST(DemoSiteTest, ServesEveryDocumentOfAStatuspage) {
  Demo demo;
  for (const PageSpec& page : DemoPages()) {
    for (const char* name : {"summary", "status", "components", "incidents", "incidents/unresolved",
                             "scheduled-maintenances", "scheduled-maintenances/upcoming",
                             "scheduled-maintenances/active"}) {
      const json::value document = demo.Json(page.host, absl::StrCat("/api/v2/", name, ".json"));
      EXPECT_EQ(document.at("page").at("name").as_string(), page.name);
    }
    EXPECT_EQ(demo.Json(page.host, "/api/v2/components.json").at("components").as_array().size(),
              page.components.size());
    EXPECT_NE(demo.Get(page.host, "/").body.find("window.uptimeData = {"), std::string::npos);
    EXPECT_EQ(demo.Get(page.host, "/nothing").status, 404);
    EXPECT_EQ(demo.Get(page.host, "/api/v2/nothing.json").status, 404);
  }
}

TEST(DemoSiteTest, ListsTheFiftyNewestNewestFirst) {
  Demo demo;
  const json::value document = demo.Json(kOpenAi, "/api/v2/incidents.json");
  const json::array& incidents = document.at("incidents").as_array();
  ASSERT_EQ(incidents.size(), 50u);
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    if (i > 0) {
      EXPECT_GE(TimeIn(incidents[i - 1], "created_at"), TimeIn(incidents[i], "created_at"));
    }
    const json::array& updates = incidents[i].at("incident_updates").as_array();
    ASSERT_FALSE(updates.empty());
    EXPECT_EQ(updates[0].at("status"), incidents[i].at("status"));
    for (std::size_t j = 1; j < updates.size(); ++j) {
      EXPECT_GE(TimeIn(updates[j - 1], "display_at"), TimeIn(updates[j], "display_at"));
    }
  }
}

TEST(DemoSiteTest, NothingIsOfTheFutureWhileTimeGoesBy) {
  Demo demo;
  for (int second = 0; second < 600; second += 7) {
    demo.clock.Advance(absl::Seconds(7));
    for (const PageSpec& page : DemoPages()) {
      const json::value incidents = demo.Json(page.host, "/api/v2/incidents.json");
      ExpectNothingOfTheFuture(incidents.at("incidents"), demo.clock.Now());
      EXPECT_LE(TimeIn(incidents.at("page"), "updated_at"), demo.clock.Now());
      ExpectNothingOfTheFuture(
          demo.Json(page.host, "/api/v2/scheduled-maintenances.json").at("scheduled_maintenances"),
          demo.clock.Now());
    }
  }
}

TEST(DemoSiteTest, IncidentsOpenMoveOnAndResolveWhileOneWatches) {
  Demo demo;
  std::set<std::string> opened, resolved, states;
  const absl::Time begin = demo.clock.Now();
  for (int second = 0; second < 600; second += 5) {
    demo.clock.Advance(absl::Seconds(5));
    for (const PageSpec& page : DemoPages()) {
      const json::value document = demo.Json(page.host, "/api/v2/incidents.json");
      for (const json::value& incident : document.at("incidents").as_array()) {
        if (TimeIn(incident, "created_at") < begin) continue;
        const std::string code = json::value_to<std::string>(incident.at("id"));
        opened.insert(code);
        states.insert(json::value_to<std::string>(incident.at("status")));
        if (!incident.at("resolved_at").is_null()) resolved.insert(code);
      }
    }
  }
  EXPECT_GE(opened.size(), 20u);  // ten minutes, one every 20 to 30 s
  EXPECT_LE(opened.size(), 32u);
  EXPECT_GE(resolved.size(), opened.size() - 9);  // those of the last three minutes may be open
  EXPECT_TRUE(states.count("investigating") && states.count("identified") &&
              states.count("monitoring") && states.count("resolved"));
}

TEST(DemoSiteTest, HistoryPagesHoldThreeMonthsAndNeverEnd) {
  Demo demo;
  const json::value first = demo.Json(kOpenAi, "/history.json?page=1");
  ASSERT_EQ(first.at("months").as_array().size(), 3u);
  EXPECT_EQ(first.at("months").at(0).at("name").as_string(), "March");
  EXPECT_EQ(first.at("months").at(0).at("year").as_int64(), 2026);
  EXPECT_EQ(first.at("months").at(0).at("starts_on").as_int64(), 0);  // a Sunday
  EXPECT_EQ(first.at("months").at(1).at("days").as_int64(), 28);
  EXPECT_EQ(demo.Json(kOpenAi, "/history.json?page=2").at("months").at(0).at("name").as_string(),
            "December");

  // Every incident of the list is in the history, and three years lie behind it.
  std::set<std::string> codes;
  int empty_pages = 0;
  for (int page = 1; page <= 20; ++page) {
    const json::value document = demo.Json(kOpenAi, absl::StrCat("/history.json?page=", page));
    std::size_t on_page = 0;
    for (const json::value& month : document.at("months").as_array()) {
      for (const json::value& incident : month.at("incidents").as_array()) {
        codes.insert(json::value_to<std::string>(incident.at("code")));
        ++on_page;
      }
    }
    empty_pages += on_page == 0;
  }
  EXPECT_GE(empty_pages, 6);
  EXPECT_GT(codes.size(), 350u);
  const json::value list = demo.Json(kOpenAi, "/api/v2/incidents.json");
  for (const json::value& incident : list.at("incidents").as_array()) {
    EXPECT_TRUE(codes.count(json::value_to<std::string>(incident.at("id"))));
  }
  const json::value one = demo.Json(kOpenAi, absl::StrCat("/incidents/", *codes.begin(), ".json"));
  EXPECT_EQ(json::value_to<std::string>(one.at("code")), *codes.begin());
}

TEST(DemoSiteTest, ControlDrivesAnIncidentThroughItsStages) {
  Demo demo(Quiet());
  const absl::StatusOr<std::string> code = demo.world->Open(
      {kOpenAi, "Test of ours", "critical", {"API", "DALL·E"}, "We look into it."});
  ASSERT_TRUE(code.ok()) << code.status();
  json::value summary = demo.Json(kOpenAi, "/api/v2/summary.json");
  ASSERT_EQ(summary.at("incidents").as_array().size(), 1u);
  EXPECT_EQ(summary.at("incidents").at(0).at("status").as_string(), "investigating");
  EXPECT_EQ(summary.at("components").at(0).at("status").as_string(), "major_outage");
  EXPECT_EQ(summary.at("components").at(1).at("status").as_string(), "operational");
  EXPECT_EQ(summary.at("status").at("indicator").as_string(), "critical");

  demo.clock.Advance(absl::Minutes(4));
  ASSERT_TRUE(demo.world->AddUpdate(*code, "resolved", "Done.").ok());
  summary = demo.Json(kOpenAi, "/api/v2/summary.json");
  EXPECT_TRUE(summary.at("incidents").as_array().empty());
  EXPECT_EQ(summary.at("components").at(0).at("status").as_string(), "operational");
  const json::value newest = demo.Json(kOpenAi, "/api/v2/incidents.json").at("incidents").at(0);
  EXPECT_EQ(newest.at("id").as_string(), *code);
  EXPECT_EQ(TimeIn(newest, "resolved_at"), demo.clock.Now());
  const json::value& last = newest.at("incident_updates").at(0);
  EXPECT_EQ(last.at("affected_components").at(1).at("name").as_string(), "DALL·E");
  EXPECT_EQ(last.at("affected_components").at(1).at("new_status").as_string(), "operational");
}

TEST(DemoSiteTest, ControlRefusesWhatThePageDoesNotHave) {
  Demo demo(Quiet());
  EXPECT_TRUE(
      absl::IsInvalidArgument(demo.world->Open({"no.host", "x", "minor", {}, ""}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(demo.world->Open({kOpenAi, "x", "huge", {}, ""}).status()));
  EXPECT_TRUE(
      absl::IsInvalidArgument(demo.world->Open({kOpenAi, "x", "minor", {"Toaster"}, ""}).status()));
  EXPECT_TRUE(absl::IsNotFound(demo.world->AddUpdate("nothing", "resolved", "")));
  EXPECT_TRUE(absl::IsInvalidArgument(demo.world->AddUpdate("nothing", "solved", "")));
}

TEST(DemoSiteTest, AQuietDemoStandsStill) {
  Demo demo(Quiet());
  std::string before;
  for (const PageSpec& page : DemoPages()) {
    before += demo.Get(page.host, "/api/v2/incidents.json").body;
    before += demo.Get(page.host, "/api/v2/summary.json").body;
    before += demo.Get(page.host, "/api/v2/scheduled-maintenances.json").body;
  }
  demo.clock.Advance(absl::Hours(24 * 20));
  std::string after;
  for (const PageSpec& page : DemoPages()) {
    after += demo.Get(page.host, "/api/v2/incidents.json").body;
    after += demo.Get(page.host, "/api/v2/summary.json").body;
    after += demo.Get(page.host, "/api/v2/scheduled-maintenances.json").body;
  }
  EXPECT_EQ(before, after);
}

TEST(DemoSiteTest, PagesTellTimeInTheirOwnZone) {
  const absl::Time summer = absl::FromCivil(absl::CivilHour(2026, 7, 1, 12), absl::UTCTimeZone());
  absl::TimeZone pacific;
  ASSERT_TRUE(absl::LoadTimeZone("America/Los_Angeles", &pacific));
  EXPECT_EQ(PageTime(summer, pacific), "2026-07-01T05:00:00.000-07:00");
  EXPECT_EQ(PageTime(summer, absl::UTCTimeZone()), "2026-07-01T12:00:00.000Z");
}

TEST(DemoSiteTest, UptimeDataCountsTheOutagesOfNinetyDays) {
  Demo demo(Quiet());
  ASSERT_TRUE(
      demo.world->Open({"status.character.ai", "x", "critical", {"Character.AI"}, ""}).ok());
  demo.clock.Advance(absl::Minutes(10));
  const std::string page = demo.Get("status.character.ai", "/").body;
  const std::string mark = "window.uptimeData = ";
  const std::size_t begin = page.find(mark) + mark.size();
  const json::value data = json::parse(page.substr(begin, page.find(";</script>") - begin));
  const json::value& days = data.as_object().begin()->value().at("days");
  ASSERT_EQ(days.as_array().size(), 90u);
  EXPECT_EQ(days.at(89).at("date").as_string(), "2026-03-10");
  EXPECT_GE(days.at(89).at("outages").at("m").as_int64(), 600);
}

}  // namespace
}  // namespace fails::simulator
