// SPDX-License-Identifier: Apache-2.0
// resolution-stages and status-combinations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::DoubleNear;
using testing::GroupOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

IncidentRow Full(const std::string& id, int identified, int monitoring, int resolved) {
  return With(Resolved(id, {"openai/api"}, "2024-03-01T00:00:00Z", resolved), [&](auto& r) {
    r.stages.identified = At("2024-03-01T00:00:00Z") + absl::Minutes(identified);
    r.stages.monitoring = At("2024-03-01T00:00:00Z") + absl::Minutes(monitoring);
  });
}

TEST(ResolutionStages, ByHand) {
  const auto snapshot = SnapshotOf({
      Full("openai/1", 10, 30, 60),
      Full("openai/2", 20, 80, 90),
      With(Resolved("openai/3", {"openai/api", "openai/chatgpt"}, "2024-03-01T00:00:00Z", 100),
           [](auto& r) {
             r.stages.monitoring = At("2024-03-01T01:00:00Z");
             r.stages.postmortem = At("2024-03-02T01:40:00Z");
           }),
      Resolved("openai/4", {}, "2024-03-01T00:00:00Z", 100),
  });
  const v1::Analysis answer = AnswerOf("resolution-stages", *snapshot);
  EXPECT_EQ(answer.n(), 3);
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  EXPECT_EQ(answer.stages().unit(), "seconds");
  const auto& api = GroupOf(answer.stages(), "openai/api");
  ASSERT_EQ(api.stages_size(), 4);
  const auto& investigate = api.stages(0);
  EXPECT_EQ(investigate.stage(), "investigate");
  EXPECT_EQ(investigate.n(), 2);
  EXPECT_EQ(investigate.mean(), 900);
  EXPECT_EQ(investigate.median(), 900);
  EXPECT_EQ(api.stages(1).stage(), "repair");
  EXPECT_EQ(api.stages(1).mean(), 2400);
  EXPECT_EQ(api.stages(2).stage(), "check");
  EXPECT_EQ(api.stages(2).n(), 3);
  EXPECT_DOUBLE_EQ(api.stages(2).mean(), 1600);
  EXPECT_EQ(api.stages(2).median(), 1800);
  EXPECT_EQ(api.stages(3).stage(), "learn");
  EXPECT_EQ(api.stages(3).mean(), 86'400);
  // 30, 80 and 80 minutes of 190.
  EXPECT_DOUBLE_EQ(investigate.share(), 100 * 30 / 190.0);
  EXPECT_DOUBLE_EQ(api.stages(1).share() + investigate.share() + api.stages(2).share(), 100);
  EXPECT_FALSE(api.stages(3).has_share()) << "learning is no part of the recovery";

  const auto& chatgpt = GroupOf(answer.stages(), "openai/chatgpt");
  EXPECT_EQ(chatgpt.stages(0).n(), 0);
  EXPECT_FALSE(chatgpt.stages(0).has_mean() || chatgpt.stages(0).has_median());
  EXPECT_EQ(chatgpt.stages(2).share(), 100);
}

TEST(ResolutionStages, StagesWithoutAnyTimeHaveNoShares) {
  const auto answer = AnswerOf("resolution-stages", *SnapshotOf({Full("openai/1", 0, 0, 0)}));
  for (const auto& stage : answer.stages().groups(0).stages()) EXPECT_FALSE(stage.has_share());
  EXPECT_EQ(answer.stages().groups(0).stages(0).mean(), 0);
}

TEST(StatusCombinations, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5),
      Resolved("openai/2", {"openai/api", "openai/chatgpt"}, "2024-03-01T00:00:00Z", 5),
      Full("openai/3", 1, 2, 3),
      With(Resolved("openai/4", {}, "2024-03-01T00:00:00Z", 5),
           [](auto& r) { r.stages.investigating.reset(); }),
  });
  const v1::Analysis answer = AnswerOf("status-combinations", *snapshot);
  EXPECT_EQ(answer.n(), 4);
  ASSERT_EQ(answer.combinations().groups_size(), 3);
  const auto& all = answer.combinations().groups(0);
  EXPECT_EQ(all.group(), "all");
  EXPECT_EQ(all.n(), 4);
  ASSERT_EQ(all.combinations_size(), 3);
  EXPECT_EQ(all.combinations(0).stages(), "S1_S4");
  EXPECT_EQ(all.combinations(0).count(), 2);
  EXPECT_EQ(all.combinations(0).share(), 50);
  EXPECT_EQ(all.combinations(1).stages(), "S1_S2_S3_S4") << "ties by name";
  EXPECT_EQ(all.combinations(2).stages(), "S4");
  const auto& api = GroupOf(answer.combinations(), "openai/api");
  EXPECT_EQ(api.n(), 3);
  EXPECT_THAT(api.combinations(0).share(), DoubleNear(200.0 / 3, 1e-12));
  EXPECT_EQ(GroupOf(answer.combinations(), "openai/chatgpt").n(), 1);
}

TEST(StatusCombinations, NothingAtAll) {
  const auto answer = AnswerOf("status-combinations", *SnapshotOf({}));
  ASSERT_EQ(answer.combinations().groups_size(), 1);
  EXPECT_EQ(answer.combinations().groups(0).n(), 0);
  EXPECT_EQ(answer.combinations().groups(0).combinations_size(), 0);
}

}  // namespace
}  // namespace fails::analytics
