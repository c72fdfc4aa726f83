// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/check_finite.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::ElementsAre;
using testing::Never;
using testing::Ongoing;
using testing::QueryOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

v1::Analysis Answer(const Snapshot& snapshot, const QueryText& text = {}) {
  auto answer =
      Compute(*FindAnalysis("ttr-distribution"), snapshot, QueryOf(snapshot, text), Never);
  EXPECT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(testing::NotFinite(*answer), ElementsAre());
  return *std::move(answer);
}

const v1::DistributionGroup& Group(const v1::Analysis& answer, const std::string& name) {
  for (const auto& group : answer.distribution().groups()) {
    if (group.group() == name) return group;
  }
  throw std::out_of_range(name);
}

std::vector<std::string> GroupNames(const v1::Analysis& answer) {
  std::vector<std::string> names;
  for (const auto& group : answer.distribution().groups()) names.push_back(group.group());
  return names;
}

TEST(TtrDistribution, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 30),
      Resolved("openai/2", {"openai/api", "openai/chatgpt"}, "2024-03-02T00:00:00Z", 60),
      Resolved("openai/3", {"openai/api"}, "2024-03-03T00:00:00Z", 60),
      Resolved("openai/4", {"openai/api"}, "2024-03-04T00:00:00Z", 25 * 60),
      With(Resolved("openai/5", {"openai/api"}, "2024-03-05T00:00:00Z", 10),
           [](auto& r) { r.impact = Impact::kMaintenance; }),
      With(Resolved("openai/6", {"openai/api"}, "2024-03-05T00:00:00Z", 10),
           [](auto& r) { r.stages.investigating.reset(); }),
      Resolved("openai/7", {}, "2024-03-05T00:00:00Z", 10),
      Ongoing("openai/8", {"openai/api"}, "2024-08-31T23:15:00Z"),
  });
  const v1::Analysis answer = Answer(*snapshot);
  EXPECT_EQ(answer.id(), "ttr-distribution");
  EXPECT_FALSE(answer.title().empty());
  EXPECT_GT(answer.method().size(), 100u);
  EXPECT_EQ(answer.n(), 5);
  EXPECT_EQ(answer.data_version(), 1);
  EXPECT_EQ(answer.excluded().size(), 3u);
  EXPECT_EQ(answer.excluded().at("maintenance"), 1);
  EXPECT_EQ(answer.excluded().at("no_pre_resolution_stage"), 1);
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  EXPECT_EQ(answer.distribution().unit(), "seconds");
  EXPECT_THAT(GroupNames(answer), ElementsAre("openai/api", "openai/chatgpt"));

  const auto& api = Group(answer, "openai/api");
  EXPECT_EQ(api.n(), 4);
  EXPECT_EQ(api.censored(), 1);
  EXPECT_DOUBLE_EQ(api.mean(), (1800 + 3600 + 3600 + 90'000) / 4.0);
  EXPECT_DOUBLE_EQ(api.median(), 3600);
  EXPECT_DOUBLE_EQ(api.p90(), 3600 + 0.7 * 86'400);
  EXPECT_LT(api.mean_ci95().low(), api.mean());
  EXPECT_GT(api.mean_ci95().high(), api.mean());
  EXPECT_THAT(api.ecdf().x(), ElementsAre(1800, 3600, 90'000));
  EXPECT_THAT(api.ecdf().share(), ElementsAre(25, 75, 100));
  ASSERT_EQ(api.thresholds_size(), 5);
  EXPECT_EQ(api.thresholds(0).le(), 1800);
  EXPECT_EQ(api.thresholds(0).share(), 25);
  EXPECT_EQ(api.thresholds(1).share(), 75);
  EXPECT_EQ(api.thresholds(4).le(), 86'400);
  EXPECT_EQ(api.thresholds(4).share(), 75);
  ASSERT_EQ(api.bins_size(), 6);
  EXPECT_FALSE(api.bins(0).has_gt());
  EXPECT_FALSE(api.bins(5).has_le());
  EXPECT_EQ(api.bins(1).share(), 50);
  EXPECT_EQ(api.bins(2).share(), 0);
  EXPECT_EQ(api.bins(5).share(), 25);
  // The one that goes on for 45 minutes was at risk at 30 minutes, but no longer at 60.
  EXPECT_THAT(api.kaplan_meier().t(), ElementsAre(0, 1800, 3600, 90'000));
  EXPECT_THAT(api.kaplan_meier().survival(),
              ElementsAre(1, ::testing::DoubleEq(0.8), ::testing::DoubleNear(0.8 / 3, 1e-12), 0));

  const auto& chatgpt = Group(answer, "openai/chatgpt");
  EXPECT_EQ(chatgpt.n(), 1);
  EXPECT_EQ(chatgpt.mean(), 3600);
  EXPECT_FALSE(chatgpt.has_mean_ci95());
}

TEST(TtrDistribution, AChosenServiceWithoutIncidentsIsListedEmpty) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 30)});
  const v1::Analysis answer = Answer(*snapshot, {.services = {"stability-ai/rest-api"}});
  EXPECT_EQ(answer.n(), 0);
  ASSERT_THAT(GroupNames(answer), ElementsAre("stability-ai/rest-api"));
  const auto& group = answer.distribution().groups(0);
  EXPECT_EQ(group.n(), 0);
  EXPECT_EQ(group.censored(), 0);
  EXPECT_FALSE(group.has_mean() || group.has_median() || group.has_p90() || group.has_p95() ||
               group.has_p99() || group.has_mean_ci95() || group.has_kaplan_meier());
  EXPECT_TRUE(group.has_ecdf());
  EXPECT_EQ(group.ecdf().x_size(), 0);
  EXPECT_EQ(group.thresholds_size(), 5);
  EXPECT_EQ(group.bins_size(), 6);
  for (const auto& threshold : group.thresholds()) EXPECT_FALSE(threshold.has_share());
  for (const auto& bin : group.bins()) EXPECT_FALSE(bin.has_share());
}

TEST(TtrDistribution, NoData) {
  const v1::Analysis answer = Answer(*SnapshotOf({}));
  EXPECT_EQ(answer.n(), 0);
  EXPECT_TRUE(answer.excluded().empty());
  EXPECT_TRUE(answer.has_distribution());
  EXPECT_EQ(answer.distribution().groups_size(), 0);
}

TEST(TtrDistribution, AllOngoing) {
  const auto snapshot = SnapshotOf({Ongoing("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z"),
                                    Ongoing("openai/2", {"openai/api"}, "2024-08-31T00:00:00Z")});
  const v1::Analysis answer = Answer(*snapshot);
  EXPECT_EQ(answer.n(), 2);
  EXPECT_TRUE(answer.excluded().empty());
  const auto& api = Group(answer, "openai/api");
  EXPECT_EQ(api.n(), 0);
  EXPECT_EQ(api.censored(), 2);
  EXPECT_FALSE(api.has_mean());
  EXPECT_THAT(api.kaplan_meier().t(), ElementsAre(0));
  EXPECT_THAT(api.kaplan_meier().survival(), ElementsAre(1));
}

TEST(TtrDistribution, ZeroAndBelow) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 0),
      With(Resolved("openai/2", {"openai/api"}, "2024-03-01T00:00:00Z", -5), [](auto&) {}),
  });
  const auto answer = Answer(*snapshot);
  const auto& api = Group(answer, "openai/api");
  EXPECT_THAT(api.ecdf().x(), ElementsAre(-300, 0));
  EXPECT_EQ(api.bins(0).share(), 100);
  EXPECT_THAT(api.kaplan_meier().t(), ElementsAre(0, 0));
}

TEST(TtrDistribution, FromTheStartOfTheImpactWhenAsked) {
  const auto snapshot =
      SnapshotOf({With(Resolved("openai/1", {"openai/api"}, "2024-03-01T12:00:00Z", 30),
                       [](auto& r) { r.impact_started_at = At("2024-03-01T11:00:00Z"); })});
  const auto report = Answer(*snapshot);
  const auto impact = Answer(*snapshot, {.start = "impact"});
  EXPECT_EQ(Group(report, "openai/api").mean(), 1800);
  EXPECT_EQ(Group(impact, "openai/api").mean(), 5400);
  EXPECT_NE(report.method(), impact.method());
}

TEST(TtrDistribution, TheEnvelopeRepeatsTheEffectiveQuery) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T12:00:00Z", 30)},
                 testing::StudyNames(), 42);
  const v1::Analysis answer = Answer(*snapshot, {.tz = "Asia/Tokyo", .include = {"inconsistent"}});
  const v1::EffectiveQuery& query = answer.query();
  EXPECT_THAT(query.services(), ElementsAre("openai/api"));
  EXPECT_EQ(query.from().seconds(), absl::ToUnixSeconds(At("2024-03-01T00:00:00+09:00")));
  EXPECT_EQ(query.to().seconds(), absl::ToUnixSeconds(At("2024-09-01T00:00:00Z")));
  EXPECT_EQ(query.now().seconds(), query.to().seconds());
  EXPECT_EQ(query.tz(), "Asia/Tokyo");
  EXPECT_THAT(query.include(), ElementsAre("inconsistent"));
  EXPECT_EQ(query.impact_size(), 6);
  EXPECT_FALSE(query.has_basis());
  EXPECT_EQ(query.start(), "report");
  EXPECT_EQ(answer.data_version(), 42);
}

}  // namespace
}  // namespace fails::analytics
