// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/datadog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

DocumentView View(std::string_view body) {
  return {"config", "https://status.example.com/config.json", "application/json", body,
          T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view body) {
  return MustParse(DatadogPlatform(), View(body));
}

constexpr char kConfig[] = R"({"id":"p","name":"X","visualizationType":"bars_and_uptime_percentage",
 "components":[{"id":"g","name":"API","type":"ComponentGroup","status":"operational","components":[
    {"id":"c1","name":"Chat","type":"Component","status":"degraded"},
    {"id":"c2","name":"Batch","type":"Component","status":"brand_new"}]}],
 "incidents":[
  {"id":"i1","title":"Errors","publishedDate":"2026-09-20T10:00:00Z","resolved":true,"resolvedDate":"2026-09-20T11:00:00Z",
   "currentStatus":"resolved","componentsAffected":[{"id":"c1","name":"Chat","status":"operational"}],
   "timeline":[
    {"id":"t1","status":"investigating","description":"Looking","startedAt":"2026-09-20T10:00:00Z","createdAt":"2026-09-20T10:00:00Z",
     "componentsAffected":[{"id":"c1","name":"Chat","status":"degraded"}]},
    {"id":"t3","status":"resolved","description":"Over","startedAt":"2026-09-20T11:00:00Z","createdAt":"2026-09-20T11:00:30Z",
     "componentsAffected":[{"id":"c1","name":"Chat","status":"operational"},{"id":"c2","name":"Batch","status":"operational"}]},
    {"id":"t2","status":"identified","description":"Found","startedAt":"2026-09-20T10:20:00Z","createdAt":"2026-09-20T10:21:00Z",
     "componentsAffected":[{"id":"c1","name":"Chat","status":"major_outage"},{"id":"c2","name":"Batch","status":"partial_outage"}]},
    {"id":"t4","status":"resolved","startedAt":"later"}]},
  {"id":"i2","title":"Backfill","resolved":false,"currentStatus":"monitoring","componentsAffected":null,"timeline":[
    {"id":"u","status":"monitoring","startedAt":"2026-09-21T10:00:00Z","createdAt":"2026-09-21T10:00:00Z","componentsAffected":null}]},
  {"id":"i3","title":"Entered later","resolved":true,"currentStatus":"resolved","timeline":[
    {"id":"v2","status":"resolved","startedAt":"2026-08-01T11:00:00Z","createdAt":"2026-09-01T09:00:00Z","componentsAffected":[]},
    {"id":"v1","status":"investigating","startedAt":"2026-08-01T10:00:00Z","createdAt":"2026-09-01T09:00:00Z","componentsAffected":[]}]},
  {"title":"No id"}],
 "maintenances":null})";

TEST(DatadogTest, TheTimelineTellsHowBadItWas) {
  const Report report = Read(kConfig).reports.at(0);
  EXPECT_EQ(report.impact, Impact::kCritical)
      << "the present state of an incident that is over is operational";
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"c1", "Chat"}, ComponentRef{"c2", "Batch"}));
  const absl::Time ten = T("2026-09-20T10:00:00Z");
  EXPECT_THAT(
      *report.component_impacts,
      ElementsAre(
          ComponentImpact{{"c1", "Chat"}, ten, ten + absl::Minutes(20), ServiceStatus::kDegraded},
          ComponentImpact{{"c1", "Chat"},
                          ten + absl::Minutes(20),
                          ten + absl::Hours(1),
                          ServiceStatus::kMajorOutage},
          ComponentImpact{{"c2", "Batch"},
                          ten + absl::Minutes(20),
                          ten + absl::Hours(1),
                          ServiceStatus::kPartialOutage}));
  EXPECT_EQ(report.impact_ended_at, ten + absl::Hours(1));
}

TEST(DatadogTest, Quirk07EntriesOutOfOrderAreSortedByTheirBeginning) {
  const Parsed parsed = Read(kConfig);
  std::vector<std::string> ids;
  for (const Update& update : parsed.reports.at(0).updates) ids.push_back(update.native_id);
  EXPECT_THAT(ids, ElementsAre("t1", "t2", "t3"));
  EXPECT_FALSE(Stages::FromUpdates(parsed.reports[0].updates).Inconsistent());
  EXPECT_THAT(parsed.problems,
              ElementsAre(HasSubstr("incident i1: 1 entries"), HasSubstr("'No id'")));
}

TEST(DatadogTest, Quirk20BackfilledIsWhatWasTypedAtOnceNotWhatIsCalledSo) {
  const Parsed parsed = Read(kConfig);
  ASSERT_THAT(parsed.reports, SizeIs(3));
  EXPECT_FALSE(parsed.reports[0].backfilled);
  EXPECT_EQ(parsed.reports[1].title, "Backfill");
  EXPECT_FALSE(parsed.reports[1].backfilled);
  EXPECT_TRUE(parsed.reports[2].backfilled);
  EXPECT_EQ(Stages::FromUpdates(parsed.reports[2].updates).resolved, T("2026-08-01T11:00:00Z"));
}

TEST(DatadogTest, ReadsComponentsOfGroups) {
  const Parsed parsed = Read(kConfig);
  const ComponentRef group = {"g", "API"};
  EXPECT_THAT(parsed.components,
              ElementsAre(ComponentStatus{group, ServiceStatus::kOperational},
                          ComponentStatus{{"c1", "Chat"}, ServiceStatus::kDegraded, group},
                          ComponentStatus{{"c2", "Batch"}, ServiceStatus::kUnknown, group}));
  EXPECT_TRUE(parsed.components_complete);
}

TEST(DatadogTest, KnowsItself) {
  EXPECT_THAT(Why(DatadogPlatform().Recognize(View(R"({"components":[]})"))),
              HasSubstr("visualizationType"));
  const Parsed empty = Read(R"({"visualizationType":"x","components":[],"incidents":null})");
  EXPECT_THAT(empty.reports, IsEmpty());
  EXPECT_FALSE(empty.listing);
  EXPECT_FALSE(empty.components_complete);
  EXPECT_THAT(Asked(DatadogPlatform().FirstRequests("https://s", Purpose::kPoll, {})),
              ElementsAre("config https://s/config.json"));
}

}  // namespace
}  // namespace fails::platforms
