// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/statusio.h"

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
  return {kind, "https://status.example.com/", kind == "page" ? "text/html" : "application/json",
          body, T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view kind, std::string_view body) {
  return MustParse(StatusIoPlatform(), View(kind, body));
}

constexpr char kStatus[] = R"({"result":{
  "status_overall":{"updated":"2026-09-30T11:00:00.000Z","status":"Partial Service Disruption","status_code":400},
  "status":[{"id":"c1","name":"API","status":"Partial Service Disruption","status_code":400,
      "containers":[{"id":"d1","name":"US","status_code":400}]},
    {"id":"c2","name":"Web","status":"Security Event","status_code":600}],
  "incidents":[{"_id":"i1","name":"API errors","datetime_open":"2026-09-30T10:00:00.000Z",
    "messages":[{"details":"Looking","state":100,"status":400,"datetime":"2026-09-30T10:01:00.000Z"},
      {"details":"Better","state":300,"status":300,"datetime":"2026-09-30T10:40:00.000Z"}],
    "components_affected":[{"name":"API","_id":"c1"}],"containers_affected":null}],
  "maintenance":{"active":[],"upcoming":[{"_id":"m1","name":"Upgrade","datetime_planned_start":"2026-10-01T00:00:00Z",
    "datetime_planned_end":"2026-10-01T01:00:00Z","messages":null}]}}})";

TEST(StatusIoTest, ReadsTheStatus) {
  const Parsed parsed = Read("status", kStatus);
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "i1");
  EXPECT_EQ(report.impact, Impact::kMajor);
  EXPECT_EQ(report.status, IncidentStatus::kMonitoring);
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"c1", "API"}));
  EXPECT_EQ(Stages::FromUpdates(report.updates).monitoring, T("2026-09-30T10:40:00Z"));
  EXPECT_EQ(report.impact_started_at, T("2026-09-30T10:00:00Z"));
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kScheduled);
  EXPECT_EQ(parsed.reports[1].scheduled_until, T("2026-10-01T01:00:00Z"));
  EXPECT_THAT(parsed.components,
              ElementsAre(ComponentStatus{{"c1", "API"}, ServiceStatus::kPartialOutage},
                          ComponentStatus{{"c2", "Web"}, ServiceStatus::kUnknown}));
  EXPECT_EQ(parsed.page_updated_at, T("2026-09-30T11:00:00Z"));
}

TEST(StatusIoTest, AnEmptyListIsARecoveryOnlyIfThePageSaysSo) {
  ASSERT_TRUE(Read("status", kStatus).listing);
  EXPECT_EQ(Read("status", kStatus).listing->absence, Listing::Absence::kResolved);
  EXPECT_TRUE(Read("status", R"({"result":{"status_overall":{"status_code":100},"incidents":[]}})")
                  .listing);
  EXPECT_FALSE(Read("status", R"({"result":{"status_overall":{"status_code":500},"incidents":[]}})")
                   .listing);
  EXPECT_FALSE(
      Read("status", R"({"result":{"status_overall":{"status_code":100},"incidents":null}})")
          .listing);
}

TEST(StatusIoTest, ThePageLeadsToTheApi) {
  constexpr char kPage[] = R"(<html><script>var statuspage_id = "0123456789abcdef01234567";</script>
    <div class="component"><p class="component_name">API</p><p class="component-status">Operational</p></div></html>)";
  EXPECT_THAT(Asked(StatusIoPlatform().FirstRequests("https://s", Purpose::kPoll, {})),
              ElementsAre("page https://s/"));
  EXPECT_THAT(Asked(StatusIoPlatform().FollowUps("https://s", Purpose::kPoll, View("page", kPage))),
              ElementsAre("status https://api.status.io/1.0/status/0123456789abcdef01234567"));
  EXPECT_THAT(Read("page", kPage).components,
              ElementsAre(ComponentStatus{{"", "API"}, ServiceStatus::kOperational}));
  EXPECT_THAT(StatusIoPlatform().FollowUps("https://s", Purpose::kPoll,
                                           View("page", "statuspage_id 12345")),
              IsEmpty());
  EXPECT_THAT(Why(StatusIoPlatform().Recognize(View("page", "<html></html>"))),
              HasSubstr("neither"));
}

}  // namespace
}  // namespace fails::platforms
