// SPDX-License-Identifier: Apache-2.0
// What was wrong in the original's figures, one test each that would have caught it. Those of
// availability, outages and impact are in predecessor_mistakes_availability_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/invented.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using ::testing::ElementsAre;
using testing::GroupOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

const char* const kDistributions[] = {"ttr-distribution", "ttr-by-provider", "tbf-distribution",
                                      "tbf-by-provider"};

// It stacked the shares "within 1 h", "within 3 h" …, each of which holds the one before.
TEST(PredecessorMistakes, StackedSharesExceeded100Percent) {
  const testing::Invented data = testing::Invent(3);
  const auto snapshot = SnapshotOf(data.incidents);
  for (const char* id : kDistributions) {
    const v1::Analysis answer = AnswerOf(id, *snapshot);
    for (const auto& group : answer.distribution().groups()) {
      ASSERT_GT(group.n(), 10);
      double sum = 0;
      for (const auto& bin : group.bins()) sum += bin.share();
      EXPECT_NEAR(sum, 100, 1e-9) << id << " " << group.group();
    }
  }
}

// It took the mean of (x <= t) over all thresholds, so a short incident counted for each.
TEST(PredecessorMistakes, AnIncidentCountedInSeveralBins) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5),
                  Resolved("openai/2", {"openai/api"}, "2024-03-02T00:00:00Z", 5)});
  for (const char* id : kDistributions) {
    const v1::Analysis answer = AnswerOf(id, *snapshot);
    int bins_with_any = 0;
    for (const auto& bin : answer.distribution().groups(0).bins()) {
      bins_with_any += bin.share() > 0 ? 1 : 0;
    }
    EXPECT_EQ(bins_with_any, 1) << id;
  }
}

// It filtered dates by the column of 'investigating', which a quarter of the incidents do not have.
TEST(PredecessorMistakes, IncidentsWithoutInvestigatingVanished) {
  const auto late = [](const std::string& id, const char* start) {
    return With(Resolved(id, {"openai/api"}, start, 60), [&](auto& r) {
      r.stages.identified = r.stages.investigating;
      r.stages.investigating.reset();
    });
  };
  const auto snapshot = SnapshotOf(
      {late("openai/1", "2024-03-04T10:00:00Z"), late("openai/2", "2024-03-05T10:00:00Z")});
  const QueryText text = {.from = "2024-03-01T00:00:00Z", .to = "2024-04-01T00:00:00Z"};
  for (const Analysis* analysis : AllAnalyses()) {
    if (!analysis->demands(testing::QueryOf(*snapshot)).incidents) continue;
    EXPECT_EQ(AnswerOf(std::string(analysis->id()), *snapshot, text).n(), 2) << analysis->id();
  }
  EXPECT_THAT(AnswerOf("weekday-distribution", *snapshot, text).histogram().groups(0).distinct(),
              ElementsAre(1, 1, 0, 0, 0, 0, 0));
  EXPECT_EQ(AnswerOf("ttr-distribution", *snapshot, text).distribution().groups(0).mean(), 3600);
  EXPECT_EQ(AnswerOf("tbf-distribution", *snapshot, text).distribution().groups(0).mean(), 86'400);
}

// Its plots of providers used all incidents, whichever services were chosen.
TEST(PredecessorMistakes, ProviderPlotsIgnoredTheChosenServices) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-04T10:00:00Z", 60),
                  Resolved("openai/2", {"openai/chatgpt"}, "2024-03-05T10:00:00Z", 60),
                  Resolved("openai/3", {}, "2024-03-06T10:00:00Z", 60),
                  Resolved("anthropic/1", {"anthropic/api"}, "2024-03-06T10:00:00Z", 60)});
  const QueryText text = {.services = {"openai/chatgpt"}};
  for (const char* id :
       {"ttr-by-provider", "tbf-by-provider", "weekday-distribution", "hourly-distribution",
        "impacted-services", "autocorrelation", "impact-distribution"}) {
    EXPECT_EQ(AnswerOf(id, *snapshot, text).n(), 1) << id;
  }
  const auto ttr = AnswerOf("ttr-by-provider", *snapshot, text);
  ASSERT_EQ(ttr.distribution().groups_size(), 1);
  EXPECT_EQ(ttr.distribution().groups(0).n(), 1);
  const auto week = AnswerOf("weekday-distribution", *snapshot, text);
  EXPECT_THAT(week.histogram().groups(0).distinct(), ElementsAre(0, 1, 0, 0, 0, 0, 0));
}

// A figure that could not be drawn was left out of a page that said all was well.
TEST(PredecessorMistakes, MissingFiguresWereReportedAsSuccess) {
  const std::set<std::string> study = {
      "weekday-distribution",     "hourly-distribution", "ttr-distribution",
      "ttr-by-provider",          "ttr-boxplot",         "tbf-distribution",
      "tbf-by-provider",          "tbf-boxplot",         "resolution-stages",
      "status-combinations",      "daily-availability",  "cooccurrence-matrix",
      "cooccurrence-probability", "impacted-services",   "incident-outage-timeline",
      "autocorrelation",          "impact-distribution"};
  const auto nothing = SnapshotOf({});
  for (const std::string& id : study) {
    ASSERT_NE(FindAnalysis(id), nullptr) << id;
    EXPECT_NE(AnswerOf(id, *nothing).result_case(), v1::Analysis::RESULT_NOT_SET) << id;
  }
}

// One module worked in UTC, the next in US/Pacific.
TEST(PredecessorMistakes, EveryModuleHadATimeZoneOfItsOwn) {
  // Monday in Los Angeles, Tuesday in UTC; the last hour of February there, March here.
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2022-03-01T07:30:00Z", 10)});
  const auto answer = [&](const char* id, const char* tz) {
    return AnswerOf(id, *snapshot, {.tz = tz});
  };
  EXPECT_EQ(answer("weekday-distribution", "UTC").histogram().groups(0).distinct(1), 1);
  EXPECT_EQ(answer("weekday-distribution", "America/Los_Angeles").histogram().groups(0).distinct(0),
            1);
  EXPECT_EQ(answer("hourly-distribution", "UTC").histogram().groups(0).distinct(7), 1);
  EXPECT_EQ(answer("hourly-distribution", "America/Los_Angeles").histogram().groups(0).distinct(23),
            1);
  EXPECT_EQ(answer("incident-outage-timeline", "UTC").timeline().months(0), "2022-03");
  EXPECT_EQ(answer("incident-outage-timeline", "America/Los_Angeles").timeline().months(0),
            "2022-02");
  for (const Analysis* analysis : AllAnalyses()) {
    const auto of_zone = answer(std::string(analysis->id()).c_str(), "America/Los_Angeles");
    EXPECT_EQ(of_zone.query().tz(), "America/Los_Angeles") << analysis->id();
  }
}

// Services were recognised by the name on the page: two providers have an "API".
TEST(PredecessorMistakes, ServicesWereMatchedByDisplayName) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-04T10:00:00Z", 60),
                  Resolved("anthropic/1", {"anthropic/api"}, "2024-03-05T10:00:00Z", 30)});
  const v1::Analysis answer = AnswerOf("ttr-distribution", *snapshot);
  EXPECT_EQ(GroupOf(answer.distribution(), "openai/api").mean(), 3600);
  EXPECT_EQ(GroupOf(answer.distribution(), "anthropic/api").mean(), 1800);
}

}  // namespace
}  // namespace fails::analytics
