// SPDX-License-Identifier: Apache-2.0
// The analyses of durations but ttr-distribution, which has a file of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::ElementsAre;
using testing::GroupOf;
using testing::Ongoing;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

TEST(TtrByProvider, AnIncidentCountsOnceWhateverItHits) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2024-03-01T00:00:00Z", 10),
      Resolved("openai/2", {}, "2024-03-02T00:00:00Z", 60),
      Ongoing("openai/3", {"openai/api"}, "2024-03-03T00:00:00Z"),
  });
  const v1::Analysis answer = AnswerOf("ttr-by-provider", *snapshot);
  EXPECT_EQ(answer.n(), 3);
  EXPECT_TRUE(answer.excluded().empty()) << "no service is no hindrance";
  const auto& group = GroupOf(answer.distribution(), "openai");
  EXPECT_EQ(group.n(), 2);
  EXPECT_EQ(group.censored(), 1);
  EXPECT_EQ(group.mean(), 2100);
  ASSERT_EQ(group.thresholds_size(), 5);
  EXPECT_EQ(group.thresholds(0).le(), 600);
  EXPECT_EQ(group.thresholds(0).share(), 50);
  EXPECT_EQ(group.thresholds(1).le(), 1800);
  EXPECT_EQ(group.thresholds(2).le(), 3 * 3600);
  EXPECT_EQ(group.thresholds(3).le(), 10 * 3600);
  EXPECT_EQ(group.thresholds(4).le(), 24 * 3600);
  EXPECT_EQ(group.bins(1).gt(), 600);
  EXPECT_THAT(group.kaplan_meier().t(), ElementsAre(0, 600, 3600));
}

TEST(TtrBoxplot, ByHand) {
  std::vector<IncidentRow> rows;
  int i = 0;
  for (const int minutes : {10, 20, 30, 40, 50, 500}) {
    rows.push_back(
        Resolved("openai/" + std::to_string(++i), {"openai/api"}, "2024-03-01T00:00:00Z", minutes));
  }
  rows.push_back(Ongoing("openai/7", {"openai/api"}, "2024-03-01T00:00:00Z"));
  rows.push_back(Resolved("openai/8", {}, "2024-03-01T00:00:00Z", 1));
  const v1::Analysis answer = AnswerOf("ttr-boxplot", *SnapshotOf(rows));
  EXPECT_EQ(answer.n(), 6);
  EXPECT_EQ(answer.excluded().at("ongoing"), 1);
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  EXPECT_EQ(answer.boxplot().unit(), "seconds");
  const auto& box = GroupOf(answer.boxplot(), "openai/api");
  EXPECT_EQ(box.n(), 6);
  EXPECT_EQ(box.q1(), 60 * 22.5);
  EXPECT_EQ(box.median(), 60 * 35);
  EXPECT_EQ(box.q3(), 60 * 47.5);
  EXPECT_EQ(box.whisker_low(), 60 * 10);
  EXPECT_EQ(box.whisker_high(), 60 * 50);
  EXPECT_THAT(box.outliers(), ElementsAre(60 * 500));
}

TEST(TbfDistribution, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 9000),
      Resolved("openai/3", {"openai/api"}, "2024-03-04T00:00:00Z", 1),
      Resolved("openai/2", {"openai/api", "openai/chatgpt"}, "2024-03-02T00:00:00Z", 1),
      Resolved("openai/4", {}, "2024-03-03T00:00:00Z", 1),
  });
  const v1::Analysis answer = AnswerOf("tbf-distribution", *snapshot);
  EXPECT_EQ(answer.n(), 3) << "those without a gap count too";
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  const auto& api = GroupOf(answer.distribution(), "openai/api");
  EXPECT_EQ(api.n(), 2);
  EXPECT_EQ(api.mean(), 1.5 * 86'400);
  EXPECT_THAT(api.ecdf().x(), ElementsAre(86'400, 2 * 86'400));
  ASSERT_EQ(api.thresholds_size(), 5);
  EXPECT_EQ(api.thresholds(0).le(), 43'200);
  EXPECT_EQ(api.thresholds(1).le(), 86'400);
  EXPECT_EQ(api.thresholds(1).share(), 50);
  EXPECT_EQ(api.thresholds(4).le(), 30 * 86'400);
  EXPECT_FALSE(api.has_kaplan_meier());
  const auto& chatgpt = GroupOf(answer.distribution(), "openai/chatgpt");
  EXPECT_EQ(chatgpt.n(), 0);
  EXPECT_FALSE(chatgpt.has_mean());
}

TEST(TbfByProvider, TheIncidentsOfAProviderInOneRow) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2024-03-01T00:00:00Z", 1),
      Resolved("openai/2", {}, "2024-03-01T06:00:00Z", 1),
      Resolved("openai/3", {"openai/chatgpt"}, "2024-03-01T07:00:00Z", 1),
  });
  const v1::Analysis answer = AnswerOf("tbf-by-provider", *snapshot);
  EXPECT_EQ(answer.n(), 3);
  EXPECT_THAT(GroupOf(answer.distribution(), "openai").ecdf().x(), ElementsAre(3600, 6 * 3600));
}

TEST(TbfBoxplot, SameSecondIsNoGap) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00.000Z", 1),
                  Resolved("openai/2", {"openai/api"}, "2024-03-01T00:00:00.001Z", 1)});
  const auto& box = GroupOf(AnswerOf("tbf-boxplot", *snapshot).boxplot(), "openai/api");
  EXPECT_EQ(box.n(), 1);
  EXPECT_EQ(box.median(), 0);
  EXPECT_EQ(box.whisker_low(), 0);
  EXPECT_EQ(box.whisker_high(), 0);
}

TEST(TbfDistribution, FromTheStartOfTheImpactWhenAsked) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 1),
                  With(Resolved("openai/2", {"openai/api"}, "2024-03-02T00:00:00Z", 1),
                       [](auto& r) { r.impact_started_at = At("2024-03-01T12:00:00Z"); })});
  const auto mean = [&](const QueryText& text) {
    return GroupOf(AnswerOf("tbf-distribution", *snapshot, text).distribution(), "openai/api")
        .mean();
  };
  EXPECT_EQ(mean({}), 86'400);
  EXPECT_EQ(mean({.start = "impact"}), 43'200);
}

// The gaps of any starts, in whatever order they came, add up to the time between first and last.
RC_GTEST_PROP(TimeBetweenFailures, AreTheDifferencesOfSortedStarts, ()) {
  const auto minutes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400'000));
  std::vector<IncidentRow> rows;
  std::vector<double> starts;
  for (const int minute : minutes) {
    const absl::Time at = At("2023-06-01T00:00:00Z") + absl::Minutes(minute);
    rows.push_back(Resolved("openai/" + std::to_string(rows.size()), {"openai/api"},
                            absl::FormatTime(at, absl::UTCTimeZone()), 1));
    starts.push_back(60.0 * minute);
  }
  std::ranges::sort(starts);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < starts.size(); ++i) gaps.push_back(starts[i] - starts[i - 1]);
  std::ranges::sort(gaps);
  const auto snapshot = SnapshotOf(rows);
  const v1::Analysis answer = AnswerOf("tbf-distribution", *snapshot);
  RC_ASSERT(answer.n() == static_cast<std::int64_t>(rows.size()));
  if (rows.empty()) return;
  const auto& group = GroupOf(answer.distribution(), "openai/api");
  RC_ASSERT(group.n() == static_cast<std::int64_t>(gaps.size()));
  if (gaps.empty()) return;
  const double sum = group.mean() * static_cast<double>(gaps.size());
  RC_ASSERT(std::abs(sum - (starts.back() - starts.front())) < 1e-3);
  std::vector<double> distinct = gaps;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  RC_ASSERT(std::vector<double>(group.ecdf().x().begin(), group.ecdf().x().end()) == distinct);
}

}  // namespace
}  // namespace fails::analytics
