// SPDX-License-Identifier: Apache-2.0
// incident-outage-timeline, autocorrelation and trend, with figures worked out by hand.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::GroupOf;
using ::testing::IsEmpty;
using ::testing::IsNan;
using testing::Ongoing;
using testing::OutageOn;
using testing::Resolved;
using testing::SnapshotOf;

TEST(IncidentOutageTimeline, ByHand) {
  const auto snapshot = SnapshotOf(
      {Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2023-12-31T23:59:59Z", 120),
       Resolved("openai/2", {"openai/api"}, "2024-01-01T00:00:00Z", 5),
       Resolved("openai/3", {"openai/api"}, "2024-03-31T23:59:59Z", 5),
       Resolved("openai/4", {}, "2024-03-31T23:59:59Z", 5)},
      {OutageOn("openai/api", "2024-01-31", 0, 1), OutageOn("openai/api", "2024-01-30", 1, 1),
       OutageOn("openai/api", "2024-02-01", 0, 0)});
  const auto answer =
      AnswerOf("incident-outage-timeline", *snapshot, {.to = "2024-04-01T00:00:00Z"});
  EXPECT_EQ(answer.n(), 3);
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  const auto& timeline = answer.timeline();
  EXPECT_THAT(timeline.months(), ElementsAre("2023-12", "2024-01", "2024-02", "2024-03"));
  const auto& api = GroupOf(timeline, "openai/api");
  EXPECT_THAT(api.incidents(), ElementsAre(1, 1, 0, 1));
  EXPECT_THAT(api.outage_days(), ElementsAre(IsNan(), 2, 0, IsNan()));
  EXPECT_THAT(GroupOf(timeline, "openai/chatgpt").incidents(), ElementsAre(1, 0, 0, 0));
}

TEST(IncidentOutageTimeline, MonthsOfTheZoneAndDaysOfTheRange) {
  const auto snapshot = SnapshotOf(
      {Resolved("openai/1", {"openai/api"}, "2024-02-01T07:59:59Z", 5),
       Resolved("openai/2", {"openai/api"}, "2024-02-01T08:00:00Z", 5)},
      {OutageOn("openai/api", "2024-01-30", 0, 1), OutageOn("openai/api", "2024-01-31", 0, 1)});
  const auto timeline = AnswerOf("incident-outage-timeline", *snapshot,
                                 {.from = "2024-02-01T00:00:00Z",
                                  .to = "2024-02-02T00:00:00Z",
                                  .tz = "America/Los_Angeles"})
                            .timeline();
  EXPECT_THAT(timeline.months(), ElementsAre("2024-01", "2024-02"));
  EXPECT_THAT(timeline.groups(0).incidents(), ElementsAre(1, 1));
  // The range begins on the 31st there.
  EXPECT_THAT(timeline.groups(0).outage_days(), ElementsAre(1, IsNan()));
}

// One incident on each of the days, numbered from 1 in January 2024.
std::vector<IncidentRow> OnDays(const std::vector<int>& days) {
  std::vector<IncidentRow> rows;
  for (const int day : days) {
    rows.push_back(Resolved(fmt::format("openai/{}", rows.size()), {"openai/api", "openai/chatgpt"},
                            fmt::format("2024-01-{:02}T12:00:00Z", day), 30));
  }
  return rows;
}

TEST(Autocorrelation, ByHand) {
  // Days 2 … 9 have 2 0 2 0 0 0 0 2: mean 3/4.
  const auto snapshot = SnapshotOf(OnDays({2, 2, 4, 4, 9, 9}));
  const auto group = AnswerOf("autocorrelation", *snapshot).correlation().groups(0);
  EXPECT_EQ(group.provider(), "openai");
  ASSERT_EQ(group.series_size(), 3);
  const auto& month = group.series(0);
  EXPECT_EQ(month.period(), "month");
  EXPECT_EQ(month.length(), 1);
  EXPECT_THAT(month.acf(), IsEmpty());
  // Monday the 1st and the 8th begin weeks of 4 and 2: r_1 = -1 / 2.
  const auto& week = group.series(1);
  EXPECT_EQ(week.length(), 2);
  EXPECT_THAT(week.lags(), ElementsAre(1));
  EXPECT_THAT(week.acf(), ElementsAre(-0.5));
  EXPECT_THAT(week.band95(), ElementsAre(DoubleNear(1.959963984540054 / std::sqrt(2), 1e-12)));
  const auto& day = group.series(2);
  EXPECT_EQ(day.length(), 8);
  EXPECT_THAT(day.lags(), ElementsAre(1, 2, 3, 4, 5, 6, 7));
  const double up = 1.25, down = -0.75, all = 3 * up * up + 5 * down * down;
  EXPECT_NEAR(day.acf(0), (4 * up * down + 3 * down * down) / all, 1e-12);
  EXPECT_NEAR(day.acf(1), (up * up + 2 * up * down + 3 * down * down) / all, 1e-12);
  EXPECT_NEAR(day.acf(6), up * up / all, 1e-12);
}

TEST(Autocorrelation, AConstantSeriesHasNoValuesAndNoIncidentsNoSeries) {
  const auto snapshot = SnapshotOf(OnDays({2, 3, 4, 5}));
  const auto result = AnswerOf("autocorrelation", *snapshot).correlation();
  const auto& day = result.groups(0).series(2);
  EXPECT_THAT(day.lags(), ElementsAre(1, 2, 3));
  EXPECT_THAT(day.acf(), Each(IsNan()));
  EXPECT_THAT(day.band95(), Each(IsNan()));
  const auto other =
      AnswerOf("autocorrelation", *snapshot, {.services = {"anthropic/claude"}}).correlation();
  ASSERT_EQ(other.groups_size(), 1);
  EXPECT_EQ(other.groups(0).series(2).length(), 0);
  EXPECT_THAT(other.groups(0).series(2).acf(), IsEmpty());
}

// Incidents of openai in the months after December 2021, so many in each, that take so many
// minutes.
std::vector<IncidentRow> InMonths(const std::vector<int>& counts, const std::vector<int>& minutes) {
  std::vector<IncidentRow> rows;
  for (std::size_t month = 0; month < counts.size(); ++month) {
    for (int i = 0; i < counts[month]; ++i) {
      const absl::CivilMonth civil = absl::CivilMonth(2022, 1) + static_cast<int>(month);
      const absl::Time at =
          absl::FromCivil(absl::CivilDay(civil) + i, absl::UTCTimeZone()) + absl::Hours(3);
      rows.push_back(Resolved(fmt::format("openai/{}", rows.size()), {"openai/api"},
                              absl::FormatTime(at, absl::UTCTimeZone()), minutes[month] + i));
    }
  }
  return rows;
}

TEST(Trend, ByHand) {
  auto rows = InMonths({1, 3, 0, 2}, {10, 20, 0, 40});
  rows.push_back(Ongoing("openai/x", {"openai/api"}, "2022-04-10T00:00:00Z"));
  const auto answer = AnswerOf("trend", *SnapshotOf(rows), {.to = "2022-05-01T00:00:00Z"});
  EXPECT_EQ(answer.n(), 7);
  const auto& trend = answer.trend();
  EXPECT_EQ(trend.period(), "month");
  EXPECT_EQ(trend.unit(), "seconds");
  EXPECT_THAT(trend.periods(), ElementsAre("2022-01", "2022-02", "2022-03", "2022-04"));
  const auto& openai = GroupOf(trend, "openai");
  EXPECT_THAT(openai.incidents(), ElementsAre(1, 3, 0, 3));
  EXPECT_THAT(openai.median_ttr(), ElementsAre(600, 21 * 60, IsNan(), 40.5 * 60));
  EXPECT_THAT(openai.change_points(), IsEmpty());
}

TEST(Trend, SaysWhenTheRateAndTheDurationsChanged) {
  const auto snapshot = SnapshotOf(InMonths({2, 3, 2, 4, 3, 2, 9, 11, 10, 9, 12, 10},
                                            {60, 70, 60, 80, 60, 70, 61, 7, 6, 7, 6, 8}));
  const auto trend =
      AnswerOf("trend", *snapshot, {.from = "2021-06-01T00:00:00Z", .to = "2022-12-15T00:00:00Z"})
          .trend();
  // Months before the first incident are no segment of their own; the last is not whole.
  EXPECT_EQ(trend.periods_size(), 19);
  const auto& changes = trend.groups(0).change_points();
  ASSERT_EQ(changes.size(), 2);
  EXPECT_EQ(changes[0].series(), "incidents");
  EXPECT_EQ(changes[0].period(), "2022-07");
  EXPECT_NEAR(changes[0].before(), 16 / 6.0, 1e-9);
  EXPECT_NEAR(changes[0].after(), 51 / 5.0, 1e-9);
  EXPECT_LE(changes[0].p_value(), 0.01);
  EXPECT_EQ(changes[1].series(), "median_ttr");
  EXPECT_EQ(changes[1].period(), "2022-08");
  EXPECT_GT(changes[1].before(), 3600);
  EXPECT_LT(changes[1].after(), 15 * 60);
}

TEST(MonthCells, RefuseMonthsThatTheAnswerLacks) {
  const auto snapshot = SnapshotOf(OnDays({2, 4}));
  const Query query = testing::QueryOf(*snapshot, {.to = "2024-03-01T00:00:00Z"});
  for (const auto& [id, key] : std::vector<std::pair<std::string, std::string>>{
           {"incident-outage-timeline", "group:openai/api;month:"},
           {"trend", "group:openai;period:"}}) {
    const auto cell = [&](const std::string& month) {
      return testing::RowsOfCell(*FindAnalysis(id), *snapshot, query, key + month);
    };
    EXPECT_THAT(cell("2024-01").value(), ElementsAre(0, 1));
    EXPECT_THAT(cell("2024-02").value(), IsEmpty());
    for (const char* bad : {"2024-03", "2023-12", "2024-1", "January", "2024-01-02"}) {
      EXPECT_EQ(cell(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
    }
  }
}

}  // namespace
}  // namespace fails::analytics
