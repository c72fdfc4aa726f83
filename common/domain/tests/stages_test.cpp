// SPDX-License-Identifier: Apache-2.0
#include "common/domain/stages.h"

#include <gtest/gtest.h>

#include <vector>

namespace fails {
namespace {

absl::Time Minute(int minute) {
  return absl::FromUnixSeconds(1'700'000'000 + 60 * minute);
}

Update At(int minute, IncidentStatus status) {
  return {"", status, Minute(minute), "text"};
}

TEST(StagesTest, TakesTheEarliestOfEachStageButTheLastResolved) {
  const std::vector<Update> updates = {
      At(50, IncidentStatus::kResolved),    At(40, IncidentStatus::kMonitoring),
      At(35, IncidentStatus::kResolved),    At(30, IncidentStatus::kMonitoring),
      At(20, IncidentStatus::kIdentified),  At(10, IncidentStatus::kInvestigating),
      At(5, IncidentStatus::kInvestigating)};
  const Stages stages = Stages::FromUpdates(updates);
  EXPECT_EQ(stages.investigating, Minute(5));
  EXPECT_EQ(stages.identified, Minute(20));
  EXPECT_EQ(stages.monitoring, Minute(30));
  EXPECT_EQ(stages.resolved, Minute(50));
  EXPECT_FALSE(stages.postmortem);
  EXPECT_EQ(stages.StartedAt(), Minute(5));
  EXPECT_EQ(stages.ClosedAt(), Minute(50));
  EXPECT_EQ(stages.TimeToRecover(), absl::Minutes(45));
  EXPECT_FALSE(stages.Inconsistent());
}

TEST(StagesTest, HasSecondPrecision) {
  const std::vector<Update> updates = {
      {"", IncidentStatus::kInvestigating, Minute(1) + absl::Milliseconds(999), ""}};
  EXPECT_EQ(Stages::FromUpdates(updates).investigating, Minute(1));
}

TEST(StagesTest, OnlyResolvedHasAStartButNoTimeToRecover) {
  const std::vector<Update> updates = {At(7, IncidentStatus::kResolved)};
  const Stages stages = Stages::FromUpdates(updates);
  EXPECT_EQ(stages.StartedAt(), Minute(7));
  EXPECT_EQ(stages.ClosedAt(), Minute(7));
  EXPECT_FALSE(stages.TimeToRecover());
  EXPECT_FALSE(stages.HasPreResolutionStage());
}

TEST(StagesTest, WordsOfMaintenanceAndUnknownOnesAreNoStage) {
  const std::vector<Update> updates = {At(1, IncidentStatus::kScheduled),
                                       At(2, IncidentStatus::kInProgress),
                                       At(3, IncidentStatus::kUnknown)};
  EXPECT_EQ(Stages::FromUpdates(updates), Stages{});
  EXPECT_FALSE(Stages{}.StartedAt());
}

TEST(StagesTest, EachPairInTheWrongOrderIsInconsistent) {
  const auto stages = [](int investigating, int identified, int monitoring, int resolved) {
    return Stages{Minute(investigating), Minute(identified), Minute(monitoring), Minute(resolved),
                  std::nullopt};
  };
  EXPECT_FALSE(stages(1, 2, 3, 4).Inconsistent());
  EXPECT_FALSE(stages(1, 1, 1, 1).Inconsistent());
  EXPECT_TRUE(stages(3, 2, 3, 4).Inconsistent());
  EXPECT_TRUE(stages(1, 4, 3, 5).Inconsistent());
  EXPECT_TRUE(stages(1, 2, 5, 4).Inconsistent());
  Stages postmortem_first = stages(1, 2, 3, 4);
  postmortem_first.postmortem = Minute(3);
  EXPECT_TRUE(postmortem_first.Inconsistent());
  EXPECT_EQ(stages(1, 2, 5, 4).ClosedAt(), Minute(5));
}

}  // namespace
}  // namespace fails
