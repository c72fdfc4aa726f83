// SPDX-License-Identifier: Apache-2.0
#include "common/domain/incident.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fails {
namespace {

using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

absl::StatusOr<Incident> MakeWith(IncidentContent content) {
  return Incident::Make(ProviderId("openai"), "abc", std::move(content), 1, kNow, kNow, kNow);
}

TEST(IncidentTest, RefusesWhatCannotBeAnIncident) {
  EXPECT_FALSE(Incident::Make(ProviderId(""), "abc", {}, 1, kNow, kNow, kNow).ok());
  EXPECT_FALSE(Incident::Make(ProviderId("openai"), "", {}, 1, kNow, kNow, kNow).ok());
  EXPECT_FALSE(Incident::Make(ProviderId("openai"), "abc", {}, 0, kNow, kNow, kNow).ok());
}

TEST(IncidentTest, SortsServicesAndUpdates) {
  IncidentContent content;
  content.services = {ServiceId("openai/chatgpt"), ServiceId("openai/api"),
                      ServiceId("openai/chatgpt")};
  content.updates = {{"1", IncidentStatus::kInvestigating, kNow, "first"},
                     {"2", IncidentStatus::kResolved, kNow + absl::Minutes(5), "last"}};
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_EQ(incident->id().str(), "openai/abc");
  EXPECT_THAT(incident->content().services,
              ElementsAre(ServiceId("openai/api"), ServiceId("openai/chatgpt")));
  EXPECT_EQ(incident->content().updates.front().native_id, "2");
  EXPECT_EQ(incident->sort_at(), kNow);
}

TEST(IncidentTest, FlagsWhatIsOddAndKeepsTheOriginal) {
  IncidentContent content;
  content.status = IncidentStatus::kResolved;
  content.updates = {{"1", IncidentStatus::kResolved, kNow, "posted at once"}};
  content.backfilled = true;
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_THAT(incident->flags(), ElementsAre(flag::kBackfilled, flag::kNoPreResolutionStage,
                                             flag::kNoService, flag::kZeroLength));
  EXPECT_EQ(incident->content().updates.size(), 1u);
}

TEST(IncidentTest, ResolvedBeforeItBeganIsFlagged) {
  IncidentContent content;
  content.updates = {{"1", IncidentStatus::kInvestigating, kNow, ""},
                     {"2", IncidentStatus::kResolved, kNow - absl::Minutes(3), ""}};
  content.services = {ServiceId("openai/api")};
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_THAT(incident->flags(), ElementsAre(flag::kNegativeDuration));
}

TEST(IncidentTest, AReopenedIncidentHasNoEndButKeepsItsStages) {
  IncidentContent content;
  content.status = IncidentStatus::kInvestigating;
  content.updates = {{"1", IncidentStatus::kInvestigating, kNow, ""},
                     {"2", IncidentStatus::kResolved, kNow + absl::Minutes(3), ""},
                     {"3", IncidentStatus::kInvestigating, kNow + absl::Minutes(9), ""}};
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_TRUE(incident->ongoing());
  EXPECT_FALSE(incident->resolved_at());
  EXPECT_FALSE(incident->closed_at());
  EXPECT_FALSE(incident->duration());
  EXPECT_EQ(incident->stages().resolved, kNow + absl::Minutes(3));
}

TEST(IncidentTest, AnInferredEndIsAStageWithoutAnUpdate) {
  IncidentContent content;
  content.status = IncidentStatus::kResolved;
  content.services = {ServiceId("openai/api")};
  content.updates = {{"1", IncidentStatus::kInvestigating, kNow, ""}};
  content.end_inferred_at = kNow + absl::Minutes(7) + absl::Milliseconds(5);
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_EQ(incident->closed_at(), kNow + absl::Minutes(7));
  EXPECT_EQ(incident->content().updates.size(), 1u);
  EXPECT_THAT(incident->flags(), ElementsAre(flag::kEndInferred));
}

TEST(IncidentTest, IntervalsAreSortedByServiceThenTime) {
  const ServiceId api("openai/api"), chatgpt("openai/chatgpt");
  IncidentContent content;
  content.impact_intervals = {
      {chatgpt, kNow, std::nullopt, ServiceStatus::kDegraded},
      {api, kNow + absl::Minutes(2), std::nullopt, ServiceStatus::kDegraded},
      {api, kNow, kNow + absl::Minutes(1), ServiceStatus::kMajorOutage}};
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  const auto& sorted = incident->content().impact_intervals;
  EXPECT_EQ(sorted[0].from, kNow);
  EXPECT_EQ(sorted[0].service, api);
  EXPECT_EQ(sorted[2].service, chatgpt);
}

TEST(IncidentTest, OngoingUntilAWordSaysOtherwise) {
  const auto ongoing = [](IncidentStatus status) {
    IncidentContent content;
    content.status = status;
    return MakeWith(content)->ongoing();
  };
  EXPECT_TRUE(ongoing(IncidentStatus::kInvestigating));
  EXPECT_TRUE(ongoing(IncidentStatus::kMonitoring));
  EXPECT_TRUE(ongoing(IncidentStatus::kInProgress));
  EXPECT_TRUE(ongoing(IncidentStatus::kUnknown));
  EXPECT_FALSE(ongoing(IncidentStatus::kResolved));
  EXPECT_FALSE(ongoing(IncidentStatus::kPostmortem));
  EXPECT_FALSE(ongoing(IncidentStatus::kScheduled));
  EXPECT_FALSE(ongoing(IncidentStatus::kCompleted));
}

TEST(IncidentTest, AMaintenanceSortsByItsAnnouncedStart) {
  IncidentContent content;
  content.status = IncidentStatus::kScheduled;
  content.scheduled_for = kNow + absl::Hours(48);
  content.updates = {{"1", IncidentStatus::kScheduled, kNow, ""}};
  const auto incident = MakeWith(content);
  ASSERT_TRUE(incident.ok());
  EXPECT_FALSE(incident->started_at());
  EXPECT_EQ(incident->sort_at(), kNow + absl::Hours(48));
}

TEST(LevelsTest, WordsGoBothWays) {
  for (const char* word : {"unknown", "none", "minor", "major", "critical", "maintenance"}) {
    EXPECT_EQ(ToString(*ImpactFromString(word)), word);
  }
  for (const char* word : {"unknown", "investigating", "identified", "monitoring", "resolved",
                           "postmortem", "scheduled", "in_progress", "completed"}) {
    EXPECT_EQ(ToString(*IncidentStatusFromString(word)), word);
  }
  EXPECT_FALSE(ImpactFromString("huge"));
  EXPECT_FALSE(IncidentStatusFromString("update"));
}

}  // namespace
}  // namespace fails
