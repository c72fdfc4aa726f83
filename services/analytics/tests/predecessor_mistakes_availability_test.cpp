// SPDX-License-Identifier: Apache-2.0
// What was wrong in the original FAILS about availability, outage days, sets, impact and
// autocorrelation, a test each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
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
using ::testing::IsNan;
using testing::OutageOn;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

TEST(PredecessorMistakes, OverlappingIncidentsWereSummedToAvailabilityBelowZero) {
  std::vector<IncidentRow> rows;
  for (int i = 0; i < 5; ++i) {
    rows.push_back(
        Resolved("openai/" + std::to_string(i), {"openai/api"}, "2024-03-01T00:00:00Z", 12 * 60));
  }
  const auto answer =
      AnswerOf("daily-availability", *SnapshotOf(rows), {.to = "2024-03-02T00:00:00Z"});
  EXPECT_THAT(answer.availability().groups(0).availability(), ElementsAre(50));
  const testing::Invented data = testing::Invent(3);
  for (const char* basis : {"incidents", "outages"}) {
    const auto invented = AnswerOf("daily-availability",
                                   *SnapshotOf(data.incidents, data.outage_days), {.basis = basis});
    for (const auto& group : invented.availability().groups()) {
      for (const double value : group.availability()) {
        EXPECT_TRUE(std::isnan(value) || (value >= 0 && value <= 100)) << value;
      }
    }
  }
}

TEST(PredecessorMistakes, DowntimeWithoutAnInvestigatingStageVanished) {
  const auto snapshot = SnapshotOf(
      {With(Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 12 * 60), [](auto& r) {
        r.stages.identified = r.stages.investigating;
        r.stages.investigating.reset();
      })});
  const QueryText text = {.to = "2024-03-02T00:00:00Z"};
  EXPECT_THAT(
      AnswerOf("daily-availability", *snapshot, text).availability().groups(0).availability(),
      ElementsAre(50));
  EXPECT_EQ(AnswerOf("incident-outage-timeline", *snapshot, text).timeline().groups(0).incidents(0),
            1);
  EXPECT_EQ(AnswerOf("autocorrelation", *snapshot, text).correlation().groups(0).series(2).length(),
            1);
}

TEST(PredecessorMistakes, MaintenanceRankedAboveCriticalInMeans) {
  const auto with_impact = [](const std::string& id, Impact impact) {
    return With(Resolved(id, {"openai/api"}, "2024-03-01T00:00:00Z", 5),
                [&](auto& r) { r.impact = impact; });
  };
  const auto snapshot = SnapshotOf({with_impact("openai/1", Impact::kMinor),
                                    with_impact("openai/2", Impact::kMaintenance),
                                    with_impact("openai/3", Impact::kMaintenance)});
  for (const std::vector<std::string>& include :
       {std::vector<std::string>{}, std::vector<std::string>{"maintenance"}}) {
    const auto group =
        AnswerOf("impact-distribution", *snapshot, {.include = include}).impact().groups(0);
    EXPECT_EQ(group.mean(), 1);
    EXPECT_EQ(group.median(), 1);
    EXPECT_EQ(group.n(), 1);
  }
}

TEST(PredecessorMistakes, AutocorrelationCountedAnIncidentOncePerService) {
  const std::vector<std::string> one = {"openai/api"};
  const std::vector<std::string> three = {"openai/api", "openai/chatgpt", "openai/dall-e"};
  const auto acf = [&](const std::vector<std::string>& of_the_second) {
    const auto snapshot =
        SnapshotOf({Resolved("openai/1", one, "2024-03-01T00:00:00Z", 5),
                    Resolved("openai/2", of_the_second, "2024-03-02T00:00:00Z", 5),
                    Resolved("openai/3", one, "2024-03-04T00:00:00Z", 5)});
    const auto day = AnswerOf("autocorrelation", *snapshot).correlation().groups(0).series(2);
    return std::vector<double>(day.acf().begin(), day.acf().end());
  };
  EXPECT_EQ(acf(one), acf(three));
}

TEST(PredecessorMistakes, AutocorrelationReturnedOnlyTheLastProvidersFigure) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5),
                  Resolved("openai/2", {"openai/api"}, "2024-03-04T00:00:00Z", 5),
                  Resolved("anthropic/1", {"anthropic/api"}, "2024-03-01T00:00:00Z", 5),
                  Resolved("anthropic/2", {"anthropic/api"}, "2024-03-09T00:00:00Z", 5)});
  const auto result = AnswerOf("autocorrelation", *snapshot).correlation();
  ASSERT_EQ(result.groups_size(), 2);
  EXPECT_EQ(GroupOf(result, "openai").series(2).length(), 4);
  EXPECT_EQ(GroupOf(result, "anthropic").series(2).length(), 9);
}

// Numbers like `year * 52 + week` and `year * 365 + day` skip or repeat periods.
TEST(PredecessorMistakes, PeriodsWereNumberedAsIfYearsHad52WeeksAnd365Days) {
  // 2020 has 53 ISO weeks and 366 days.
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2020-12-28T00:00:00Z", 5),
                  Resolved("openai/2", {"openai/api"}, "2021-01-04T00:00:00Z", 5),
                  Resolved("openai/3", {"openai/api"}, "2021-01-05T00:00:00Z", 5)});
  const auto group = AnswerOf("autocorrelation", *snapshot).correlation().groups(0);
  EXPECT_EQ(group.series(0).length(), 2);
  EXPECT_EQ(group.series(1).length(), 2);
  EXPECT_EQ(group.series(2).length(), 9);
}

TEST(PredecessorMistakes, LeadingZerosInflatedTheAutocorrelation) {
  std::vector<IncidentRow> rows;
  for (const int day : {1, 2, 5, 6, 9}) {
    rows.push_back(Resolved("openai/" + std::to_string(day), {"openai/api"},
                            "2024-03-0" + std::to_string(day) + "T00:00:00Z", 5));
  }
  // Another provider's history is no reason for zeros, nor is a range that begins earlier.
  rows.push_back(Resolved("anthropic/1", {"anthropic/api"}, "2020-03-01T00:00:00Z", 5));
  const auto snapshot = SnapshotOf(rows);
  const auto day = [&](const QueryText& text) {
    return GroupOf(AnswerOf("autocorrelation", *snapshot, text).correlation(), "openai").series(2);
  };
  EXPECT_EQ(day({}).length(), 9);
  EXPECT_EQ(day({.from = "2010-01-01T00:00:00Z"}).length(), 9);
  // 1 1 0 0 1 1 0 0 1; with four years of zeros before them it were above 0.5.
  EXPECT_NEAR(day({}).acf(0), 1 / 90.0, 1e-9);
}

// `flag == 1` where the flag is 2.
TEST(PredecessorMistakes, ADayWithAPartialAndAMajorOutageWasDropped) {
  const auto snapshot = SnapshotOf({}, {OutageOn("openai/api", "2024-03-01", 5, 5),
                                        OutageOn("openai/chatgpt", "2024-03-01", 5, 0),
                                        OutageOn("openai/chatgpt", "2024-03-02", 0, 5)});
  const auto matrix = AnswerOf("cooccurrence-matrix", *snapshot,
                               {.from = "2024-03-01T00:00:00Z", .to = "2024-03-03T00:00:00Z"})
                          .matrix();
  EXPECT_THAT(matrix.rows(0).values(), ElementsAre(1, 1));
  EXPECT_THAT(matrix.rows(1).values(), ElementsAre(1, 2));
}

TEST(PredecessorMistakes, MissingOutageFiguresWereReportedAsNumbers) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5)});
  EXPECT_THAT(AnswerOf("cooccurrence-matrix", *snapshot).matrix().rows(0).values(),
              ElementsAre(IsNan()));
  EXPECT_THAT(AnswerOf("cooccurrence-probability", *snapshot).matrix().rows(0).values(),
              ElementsAre(IsNan()));
  const QueryText march = {.to = "2024-04-01T00:00:00Z"};
  EXPECT_THAT(
      AnswerOf("incident-outage-timeline", *snapshot, march).timeline().groups(0).outage_days(),
      ElementsAre(IsNan()));
}

TEST(PredecessorMistakes, CalendarDatesWereTakenForUtc) {
  const auto snapshot = SnapshotOf({}, {OutageOn("openai/api", "2024-03-31", 0, 5)});
  for (const char* tz : {"UTC", "America/Los_Angeles", "Asia/Tokyo"}) {
    const auto timeline =
        AnswerOf("incident-outage-timeline", *snapshot,
                 {.from = "2024-03-20T00:00:00Z", .to = "2024-04-10T00:00:00Z", .tz = tz})
            .timeline();
    EXPECT_THAT(timeline.months(), ElementsAre("2024-03", "2024-04")) << tz;
    EXPECT_THAT(timeline.groups(0).outage_days(), ElementsAre(1, IsNan())) << tz;
  }
}

// The ICPE table of impact ranges.
TEST(PredecessorMistakes, AnIncidentWeighedAsMuchAsTheServicesItHit) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5),
                  Resolved("openai/2", {"openai/api", "openai/chatgpt", "openai/dall-e"},
                           "2024-03-02T00:00:00Z", 5)});
  const auto range =
      AnswerOf("impacted-services", *snapshot).service_sets().groups(0).impact_range();
  ASSERT_EQ(range.size(), 2);
  EXPECT_EQ(range[0].share(), 50);
  EXPECT_EQ(range[1].share(), 50);
}

TEST(PredecessorMistakes, ProviderFiguresIgnoredTheChosenServices) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5),
                  Resolved("openai/2", {"openai/chatgpt"}, "2024-03-04T00:00:00Z", 5),
                  Resolved("anthropic/1", {"anthropic/api"}, "2024-03-01T00:00:00Z", 5)});
  const QueryText text = {.services = {"openai/chatgpt"}};
  for (const char* id : {"impacted-services", "autocorrelation", "impact-distribution", "trend",
                         "data-quality", "reliability-summary"}) {
    EXPECT_EQ(AnswerOf(id, *snapshot, text).n(), 1) << id;
  }
  EXPECT_EQ(AnswerOf("impact-distribution", *snapshot, text).impact().groups_size(), 1);
}

}  // namespace
}  // namespace fails::analytics
