// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/statuspage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/base/time.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kIncident[] = R"({
  "id": "k3x9v2m7q1wd", "name": "Elevated errors on the API", "status": "postmortem",
  "created_at": "2026-03-02T08:10:00.000-08:00", "updated_at": "2026-03-02T10:00:00.000-08:00",
  "monitoring_at": null, "resolved_at": "2026-03-02T09:30:00.000-08:00", "impact": "major",
  "shortlink": "https://stspg.io/k3x9v2m7q1wd", "started_at": "2026-03-02T08:00:00.000-08:00",
  "page_id": "p1",
  "incident_updates": [
    {"id": "u3", "status": "postmortem", "body": "What we learnt\r\n- much",
     "created_at": "2026-03-03T09:00:00Z", "display_at": "2026-03-03T08:00:00Z", "affected_components": null},
    {"id": "u2", "status": "resolved", "body": "Over.", "display_at": "2026-03-02T09:30:00.500-08:00",
     "affected_components": [{"name": "No components were affected by this update."}]},
    {"id": "u1", "status": "investigating", "body": "We look.", "display_at": null,
     "created_at": "2026-03-02T08:10:00.000-08:00"}
  ],
  "components": [{"id": "c1", "name": "API"}, {"id": "c2", "name": "Chat, and more"}], "reminder_intervals": null
})";

std::string Document(const std::string& list, const std::string& items) {
  return fmt::format(
      R"({{"page":{{"id":"p1","name":"X","url":"https://status.example.com/","updated_at":"2026-03-03T08:00:00Z"}},"{}":[{}]}})",
      list, items);
}

DocumentView View(std::string_view kind, std::string_view body) {
  return {kind,
          "https://status.example.com/api/v2/x.json",
          "application/json; charset=utf-8",
          body,
          {}};
}

absl::Time T(const char* text) {
  return *ParseTime(text);
}

TEST(StatuspageTest, ReadsAnIncidentInFull) {
  const std::string body = Document("incidents", kIncident);
  const auto parsed = StatuspagePlatform().Parse(View("incidents", body));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_TRUE(parsed->problems.empty());
  EXPECT_EQ(parsed->page_updated_at, T("2026-03-03T08:00:00Z"));
  ASSERT_EQ(parsed->reports.size(), 1u);
  const Report& report = parsed->reports[0];
  EXPECT_EQ(report.native_id, "k3x9v2m7q1wd");
  EXPECT_EQ(report.title, "Elevated errors on the API");
  EXPECT_EQ(report.url, "https://status.example.com/incidents/k3x9v2m7q1wd");
  EXPECT_EQ(report.impact, Impact::kMajor);
  EXPECT_EQ(report.status, IncidentStatus::kPostmortem);
  EXPECT_EQ(report.impact_started_at, T("2026-03-02T16:00:00Z"));
  ASSERT_TRUE(report.components);
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"c1", "API"}, ComponentRef{"c2", "Chat, and more"}));
  ASSERT_EQ(report.updates.size(), 3u);
  EXPECT_EQ(report.updates[0].at, T("2026-03-03T08:00:00Z")) << "display_at, not created_at";
  EXPECT_EQ(report.updates[2].at, T("2026-03-02T16:10:00Z"))
      << "created_at where display_at is null";
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.resolved, T("2026-03-02T17:30:00Z"));
}

TEST(StatuspageTest, ReadsAMaintenance) {
  const std::string body = Document("scheduled_maintenances", R"({"id":"m1","name":"Upgrade",
    "status":"verifying","impact":"maintenance","scheduled_for":"2026-04-01T02:00:00Z",
    "scheduled_until":"2026-04-01T04:00:00Z","incident_updates":[
      {"id":"u1","status":"scheduled","body":"soon","display_at":"2026-03-20T00:00:00Z"}],"components":[]})");
  const auto parsed = StatuspagePlatform().Parse(View("scheduled_maintenances", body));
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->reports.size(), 1u);
  EXPECT_EQ(parsed->reports[0].impact, Impact::kMaintenance);
  EXPECT_EQ(parsed->reports[0].status, IncidentStatus::kInProgress);
  EXPECT_EQ(parsed->reports[0].scheduled_for, T("2026-04-01T02:00:00Z"));
  EXPECT_TRUE(parsed->reports[0].components->empty());
}

TEST(StatuspageTest, AbsentIsNotEmptyAndUnknownIsNotNone) {
  const std::string body =
      Document("incidents", R"({"id":"x","name":"N","status":"weird","impact":null,
    "incident_updates":null,"components":null})");
  const auto parsed = StatuspagePlatform().Parse(View("incidents", body));
  ASSERT_TRUE(parsed.ok());
  const Report& report = parsed->reports.at(0);
  EXPECT_FALSE(report.components);
  EXPECT_EQ(report.impact, Impact::kUnknown);
  EXPECT_EQ(report.status, IncidentStatus::kUnknown);
  EXPECT_TRUE(report.updates.empty());
}

TEST(StatuspageTest, OneBadIncidentCostsOnlyItself) {
  const std::string body =
      Document("incidents", std::string(kIncident) + R"(, 7, {"name":"no id"}, {"id":"y","name":"Y",
      "incident_updates":[{"id":"u","status":"resolved","display_at":"noon"}]})");
  const auto parsed = StatuspagePlatform().Parse(View("incidents", body));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->reports.size(), 2u);
  EXPECT_THAT(parsed->problems,
              ElementsAre(HasSubstr("no object"), HasSubstr("'no id'"), HasSubstr("incident y")));
  EXPECT_FALSE(parsed->listing) << "a list that was not read whole claims nothing";
}

TEST(StatuspageTest, AListClaimsToBeCompleteBackToItsOldest) {
  const auto listing = [](int n, std::string_view kind) {
    std::string items;
    for (int i = 0; i < n; ++i) {
      items += fmt::format(R"({}{{"id":"i{}","created_at":"2026-01-{:02}T00:00:00Z"}})",
                           i ? "," : "", i, 28 - i % 28);
    }
    const std::string body = Document("incidents", items);
    return StatuspagePlatform().Parse(View(kind, body))->listing;
  };
  ASSERT_TRUE(listing(3, "incidents"));
  EXPECT_FALSE(listing(3, "incidents")->oldest) << "fewer than 50: reaches back to the first";
  EXPECT_EQ(listing(50, "incidents")->oldest, T("2026-01-01T00:00:00Z"));
  EXPECT_FALSE(listing(0, "incidents")) << "an empty list is never a recovery";
  EXPECT_FALSE(listing(3, "unresolved"));
}

TEST(StatuspageTest, ListsComponentsWithTheirGroupsButNoGroups) {
  const std::string body = Document(
      "components",
      R"({"id":"c1","name":"API","status":"degraded_performance","group":false,"group_id":"g"},
    {"id":"g","name":"All","status":"operational","group":true,"group_id":null},
    {"id":"c2","name":"Web","status":"operational","group":false,"group_id":null},
    {"id":"c3","name":"App","status":"operational","group":false,"group_id":"not listed"})");
  const auto parsed = StatuspagePlatform().Parse(View("components", body));
  ASSERT_TRUE(parsed.ok());
  EXPECT_THAT(
      parsed->components,
      ElementsAre(ComponentStatus{{"c1", "API"}, ServiceStatus::kDegraded, {"g", "All"}},
                  ComponentStatus{{"c2", "Web"}, ServiceStatus::kOperational},
                  ComponentStatus{{"c3", "App"}, ServiceStatus::kOperational, {"not listed", ""}}));
}

TEST(StatuspageTest, TellsForeignAnswersInWords) {
  const auto recognize = [](std::string_view content_type, std::string_view body) {
    return StatuspagePlatform().Recognize(
        {"incidents", "https://status.example.com/api/v2/incidents.json", content_type, body, {}});
  };
  EXPECT_THAT(std::string(recognize("text/html; charset=utf-8", "<html>").message()),
              HasSubstr("HTML instead of JSON ('text/html; charset=utf-8')"));
  EXPECT_THAT(std::string(recognize("application/json", "{\"page\":{}").message()),
              HasSubstr("not JSON"));
  EXPECT_THAT(std::string(recognize("application/json", "{\"incidents\":[]}").message()),
              HasSubstr("without 'page'"));
  EXPECT_TRUE(recognize("Application/JSON", Document("incidents", kIncident)).ok());
}

TEST(StatuspageTest, DeepNestingIsRefusedNotFollowed) {
  const std::string deep = "{\"page\":" + std::string(100'000, '[');
  EXPECT_EQ(StatuspagePlatform().Parse(View("incidents", deep)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(StatuspageTest, PollsTheListsAndHourlyTheCalendars) {
  std::vector<std::string> urls;
  for (const auto& request : StatuspagePlatform().FirstRequests("https://s", Purpose::kPoll, {})) {
    urls.push_back(request.url);
  }
  EXPECT_THAT(urls, ElementsAre("https://s/api/v2/incidents.json",
                                "https://s/api/v2/incidents/unresolved.json",
                                "https://s/api/v2/scheduled-maintenances.json",
                                "https://s/api/v2/components.json", "https://s/api/v2/summary.json",
                                "https://s/"));
}

}  // namespace
}  // namespace fails::platforms
