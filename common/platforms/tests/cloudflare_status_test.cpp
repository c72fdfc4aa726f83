// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/cloudflare_status.h"

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
  return {kind, "https://status.example.com/api/v3/summary", "application/json", body,
          T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view kind, std::string_view body) {
  return MustParse(CloudflareStatusPlatform(), View(kind, body));
}

constexpr char kSummary[] = R"({"success":true,"result":{
  "components":[{"id":"fvg","name":"Example","status":"degraded_performance"},{"id":"x","name":"Y","status":"hm"}],
  "active_incidents":[
   {"id":"a1","name":"API errors","status":"identified","impact":"major","created_at":"2026-09-10T01:02:00Z",
    "starts_at":"2026-09-10T01:00:00Z","resolved_at":null,"components":[{"id":"fvg","name":"Example"}],
    "last_update":{"status":"identified","message":"Found","created_at":"2026-09-10T01:05:00Z"}},
   {"id":"a2","name":"Example elevated error rate","status":"identified","impact":"odd","components":[]},
   {"name":"No id"}],
  "recent_incidents":[{"id":"../b1","name":"Old","status":"resolved","impact":"minor","components":[{"id":"fvg","name":"Example"}],
    "starts_at":"2026-09-01T01:00:00Z","resolved_at":"2026-09-01T02:00:00Z"}]}})";

TEST(CloudflareStatusTest, ReadsTheSummary) {
  const Parsed parsed = Read("summary", kSummary);
  ASSERT_THAT(parsed.reports, SizeIs(3));
  EXPECT_EQ(parsed.reports[0].impact, Impact::kMajor);
  EXPECT_EQ(parsed.reports[0].impact_started_at, T("2026-09-10T01:00:00Z"));
  EXPECT_THAT(*parsed.reports[0].components, ElementsAre(ComponentRef{"fvg", "Example"}));
  EXPECT_THAT(parsed.reports[0].updates, IsEmpty()) << "the last one alone would pass for all";
  EXPECT_EQ(parsed.reports[1].impact, Impact::kUnknown);
  EXPECT_EQ(parsed.reports[2].impact_ended_at, T("2026-09-01T02:00:00Z"));
  EXPECT_THAT(parsed.components,
              ElementsAre(ComponentStatus{{"fvg", "Example"}, ServiceStatus::kDegraded},
                          ComponentStatus{{"x", "Y"}, ServiceStatus::kUnknown}));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'No id'")));
  EXPECT_TRUE(parsed.of_many_products);
  EXPECT_FALSE(parsed.listing);
}

TEST(CloudflareStatusTest, Quirk08AnIncidentIsNotAttributedByItsText) {
  const Parsed parsed = Read("summary", kSummary);
  ASSERT_TRUE(parsed.reports[1].components);
  EXPECT_THAT(*parsed.reports[1].components, IsEmpty());
}

TEST(CloudflareStatusTest, FollowsIncidentsThatNameAComponent) {
  const auto requests =
      CloudflareStatusPlatform().FollowUps("https://s", Purpose::kPoll, View("summary", kSummary));
  EXPECT_THAT(Asked(requests), ElementsAre("incident https://s/api/v3/incidents/a1"))
      << "an id that is a path is none";
}

TEST(CloudflareStatusTest, ReadsAnIncidentInFull) {
  const Parsed parsed = Read(
      "incident", R"({"success":true,"result":{"id":"a1","name":"API errors","status":"resolved",
    "impact":"critical","components":[{"id":"fvg","name":"Example"}],"updates":[
      {"id":"u1","status":"investigating","message":"Looking","display_at":"2026-09-10T01:01:00Z","created_at":"2026-09-10T01:02:00Z"},
      {"id":"u2","status":"resolved","body":"Over","created_at":"2026-09-10T02:00:00Z"},
      {"id":"u3","status":"resolved"}]}})");
  ASSERT_THAT(parsed.reports, SizeIs(1));
  const Stages stages = Stages::FromUpdates(parsed.reports[0].updates);
  EXPECT_EQ(stages.investigating, T("2026-09-10T01:01:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-10T02:00:00Z"));
  EXPECT_THAT(parsed.problems, SizeIs(1));
}

TEST(CloudflareStatusTest, KnowsItself) {
  EXPECT_THAT(
      Why(CloudflareStatusPlatform().Recognize(View("summary", R"({"success":true,"result":{}})"))),
      HasSubstr("no Cloudflare Status answer"));
  EXPECT_FALSE(CloudflareStatusPlatform()
                   .Recognize(View("summary", R"({"success":false,"result":{"components":[]}})"))
                   .ok());
}

}  // namespace
}  // namespace fails::platforms
