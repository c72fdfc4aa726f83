// SPDX-License-Identifier: Apache-2.0
// impacted-services and impact-distribution, with figures worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using testing::GroupOf;
using ::testing::IsEmpty;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

constexpr char kAt[] = "2024-03-01T00:00:00Z";

std::shared_ptr<const Snapshot> Sets() {
  return SnapshotOf({
      Resolved("openai/1", {"openai/chatgpt", "openai/api"}, kAt, 5),
      Resolved("openai/2", {"openai/api", "openai/chatgpt"}, kAt, 5),
      Resolved("openai/3", {"openai/chatgpt"}, kAt, 5),
      Resolved("openai/4", {"openai/api"}, kAt, 5),
      Resolved("openai/5", {}, kAt, 5),
      Resolved("anthropic/1", {"anthropic/api"}, kAt, 5),
  });
}

std::vector<std::string> Names(const v1::ServiceSet& set) {
  return {set.services().begin(), set.services().end()};
}

TEST(ImpactedServices, ByHand) {
  const auto answer = AnswerOf("impacted-services", *Sets());
  EXPECT_EQ(answer.n(), 6);
  const auto& openai = GroupOf(answer.service_sets(), "openai");
  EXPECT_EQ(openai.n(), 5);
  ASSERT_EQ(openai.combinations_size(), 4);
  EXPECT_THAT(Names(openai.combinations(0)), ElementsAre("openai/api", "openai/chatgpt"));
  EXPECT_EQ(openai.combinations(0).count(), 2);
  EXPECT_EQ(openai.combinations(0).share(), 40);
  // Ties by name, none before any.
  EXPECT_THAT(Names(openai.combinations(1)), IsEmpty());
  EXPECT_THAT(Names(openai.combinations(2)), ElementsAre("openai/api"));
  EXPECT_THAT(Names(openai.combinations(3)), ElementsAre("openai/chatgpt"));
  ASSERT_EQ(openai.impact_range_size(), 2);
  EXPECT_EQ(openai.impact_range(0).services(), 1);
  EXPECT_EQ(openai.impact_range(0).count(), 2);
  EXPECT_EQ(openai.impact_range(0).share(), 50);
  EXPECT_EQ(openai.impact_range(1).share(), 50);
  EXPECT_EQ(GroupOf(answer.service_sets(), "anthropic").n(), 1);
}

TEST(ImpactedServices, TheSetIsWholeThoughNotAllOfItIsChosen) {
  const auto result =
      AnswerOf("impacted-services", *Sets(), {.services = {"openai/chatgpt"}}).service_sets();
  ASSERT_EQ(result.groups_size(), 1);
  EXPECT_EQ(result.groups(0).n(), 3);
  EXPECT_THAT(Names(result.groups(0).combinations(0)), ElementsAre("openai/api", "openai/chatgpt"));
}

TEST(ImpactedServices, ServicesOfAnotherProviderAreNotOfTheSet) {
  const auto snapshot = SnapshotOf({Resolved("openai/1", {"openai/api", "anthropic/api"}, kAt, 5)});
  const auto result = AnswerOf("impacted-services", *snapshot).service_sets();
  EXPECT_THAT(Names(GroupOf(result, "openai").combinations(0)), ElementsAre("openai/api"));
  EXPECT_EQ(GroupOf(result, "anthropic").n(), 0);
  EXPECT_THAT(GroupOf(result, "anthropic").combinations(), IsEmpty());
}

TEST(ImpactedServices, Cells) {
  const auto snapshot = Sets();
  const Query query = testing::QueryOf(*snapshot);
  const auto cell = [&](const char* key) {
    return testing::RowsOfCell(*FindAnalysis("impacted-services"), *snapshot, query, key);
  };
  // In any order.
  EXPECT_THAT(cell("provider:openai;services:openai/chatgpt,openai/api").value(),
              ElementsAre(0, 1));
  EXPECT_THAT(cell("provider:openai;services:none").value(), ElementsAre(4));
  EXPECT_THAT(cell("provider:openai;services:openai/dall-e").value(), IsEmpty());
  EXPECT_THAT(cell("provider:openai;count:1").value(), ElementsAre(2, 3));
  for (const char* bad :
       {"provider:openai;services:anthropic/api", "provider:openai;services:openai/api,",
        "provider:openai;count:0", "provider:openai;count:1.5", "services:openai/api",
        "provider:openai;services:openai/api;count:1", "provider:character"}) {
    EXPECT_EQ(cell(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

std::shared_ptr<const Snapshot> OfLevels(const std::vector<Impact>& levels) {
  std::vector<IncidentRow> rows;
  for (const Impact impact : levels) {
    rows.push_back(With(Resolved("openai/" + std::to_string(rows.size()), {"openai/api"}, kAt, 5),
                        [&](auto& r) { r.impact = impact; }));
  }
  return SnapshotOf(rows);
}

TEST(ImpactDistribution, ByHand) {
  const auto snapshot = OfLevels({Impact::kNone, Impact::kMinor, Impact::kMinor, Impact::kCritical,
                                  Impact::kUnknown, Impact::kMaintenance});
  const auto answer = AnswerOf("impact-distribution", *snapshot);
  EXPECT_EQ(answer.n(), 5);
  EXPECT_EQ(answer.excluded().at("maintenance"), 1);
  const auto& group = answer.impact().groups(0);
  EXPECT_EQ(group.provider(), "openai");
  EXPECT_EQ(group.n(), 5);
  ASSERT_EQ(group.levels_size(), 5);
  const std::vector<std::string> names = {"none", "minor", "major", "critical", "unknown"};
  const std::vector<int> counts = {1, 2, 0, 1, 1};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(group.levels(i).impact(), names[static_cast<std::size_t>(i)]);
    EXPECT_EQ(group.levels(i).count(), counts[static_cast<std::size_t>(i)]);
    EXPECT_EQ(group.levels(i).share(), 20 * counts[static_cast<std::size_t>(i)]);
  }
  EXPECT_EQ(group.maintenance(), 0);
  EXPECT_DOUBLE_EQ(group.mean(), (0 + 1 + 1 + 3) / 4.0);
  EXPECT_DOUBLE_EQ(group.median(), 1);
}

TEST(ImpactDistribution, MediansAndEmptyGroups) {
  const auto median = [](const std::vector<Impact>& levels) {
    return AnswerOf("impact-distribution", *OfLevels(levels)).impact().groups(0).median();
  };
  EXPECT_EQ(median({Impact::kCritical}), 3);
  EXPECT_EQ(median({Impact::kMinor, Impact::kMajor}), 1.5);
  EXPECT_EQ(median({Impact::kNone, Impact::kCritical}), 1.5);
  EXPECT_EQ(median({Impact::kNone, Impact::kNone, Impact::kCritical}), 0);
  const auto empty =
      AnswerOf("impact-distribution", *OfLevels({Impact::kMinor}), {.services = {"anthropic/api"}})
          .impact();
  ASSERT_EQ(empty.groups_size(), 1);
  EXPECT_EQ(empty.groups(0).n(), 0);
  EXPECT_EQ(empty.groups(0).levels_size(), 4);
  EXPECT_FALSE(empty.groups(0).levels(0).has_share());
  EXPECT_FALSE(empty.groups(0).has_mean() || empty.groups(0).has_median());
}

TEST(ImpactDistribution, Cells) {
  const auto snapshot = OfLevels({Impact::kNone, Impact::kMaintenance, Impact::kMajor});
  const Query query = testing::QueryOf(*snapshot, {.include = {"maintenance"}});
  const auto cell = [&](const char* key) {
    return testing::RowsOfCell(*FindAnalysis("impact-distribution"), *snapshot, query, key);
  };
  EXPECT_THAT(cell("provider:openai;impact:maintenance").value(), ElementsAre(1));
  EXPECT_THAT(cell("provider:openai").value(), ElementsAre(0, 2));
  EXPECT_EQ(cell("provider:openai;impact:bad").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace fails::analytics
