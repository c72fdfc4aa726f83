// SPDX-License-Identifier: Apache-2.0
// daily-availability, with figures worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using testing::GroupOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsNan;
using testing::Ongoing;
using testing::OutageOn;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

v1::AvailabilityResult Availability(const Snapshot& snapshot, const QueryText& text) {
  return AnswerOf("daily-availability", snapshot, text).availability();
}

double Up(double minutes_down, double minutes = 1440) {
  return 100 * (minutes - minutes_down) / minutes;
}

TEST(DailyAvailability, ByHand) {
  const auto snapshot = SnapshotOf({
      // 2024-03-01 23:00 … 2024-03-02 01:00
      Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2024-03-01T23:00:00Z", 120),
      // within and beyond the first
      Resolved("openai/2", {"openai/api"}, "2024-03-01T23:30:00Z", 60),
      Resolved("openai/3", {"openai/api"}, "2024-03-02T00:30:00Z", 60),
      Resolved("openai/4", {"openai/api"}, "2024-03-04T00:00:00Z", 1440),
  });
  const auto result =
      Availability(*snapshot, {.from = "2024-02-29T00:00:00Z", .to = "2024-03-06T00:00:00Z"});
  EXPECT_THAT(result.dates(), ElementsAre("2024-02-29", "2024-03-01", "2024-03-02", "2024-03-03",
                                          "2024-03-04", "2024-03-05"));
  const auto& api = GroupOf(result, "openai/api");
  EXPECT_THAT(api.availability(),
              ElementsAre(IsNan(), DoubleEq(Up(60)), DoubleEq(Up(90)), 100, 0, 100));
  EXPECT_EQ(api.days(), 5);
  EXPECT_EQ(api.min(), 0);
  EXPECT_DOUBLE_EQ(api.mean(), (Up(60) + Up(90) + 200) / 5);
  EXPECT_DOUBLE_EQ(api.median(), Up(60));
  EXPECT_EQ(api.share_100(), 40);
  EXPECT_EQ(api.share_99(), 40);
  EXPECT_EQ(api.share_90(), 80);
  EXPECT_EQ(api.share_below_90(), 20);
  EXPECT_THAT(GroupOf(result, "openai/chatgpt").availability(),
              ElementsAre(IsNan(), DoubleEq(Up(60)), DoubleEq(Up(60)), 100, 100, 100));
}

TEST(DailyAvailability, FromTheProvidersCalendar) {
  const auto snapshot = SnapshotOf(
      {Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 600)},
      {OutageOn("openai/api", "2024-03-01", 100, 10), OutageOn("openai/api", "2024-03-02", 0, 0),
       OutageOn("openai/api", "2024-03-04", 0, 1440), OutageOn("openai/api", "2024-03-09", 5, 5)});
  const auto answer =
      AnswerOf("daily-availability", *snapshot,
               {.from = "2024-03-01T00:00:00Z", .to = "2024-03-05T00:00:00Z", .basis = "outages"});
  EXPECT_EQ(answer.n(), 0);
  EXPECT_THAT(answer.excluded(), IsEmpty());
  EXPECT_THAT(answer.method(), HasSubstr("0.3"));
  const auto& api = GroupOf(answer.availability(), "openai/api");
  EXPECT_THAT(api.availability(), ElementsAre(DoubleEq(Up(40)), 100, IsNan(), 0));
  EXPECT_EQ(api.days(), 3);
}

// A label is a label: a zone of the query moves no date of a calendar.
TEST(DailyAvailability, CalendarDatesStayWhereTheyAre) {
  const auto snapshot = SnapshotOf({}, {OutageOn("openai/api", "2024-03-02", 0, 144)});
  for (const char* tz : {"UTC", "America/Los_Angeles", "Asia/Tokyo"}) {
    const auto result = Availability(*snapshot, {.from = "2024-03-01T12:00:00Z",
                                                 .to = "2024-03-03T12:00:00Z",
                                                 .tz = tz,
                                                 .basis = "outages"});
    for (int i = 0; i < result.dates_size(); ++i) {
      const double value = result.groups(0).availability(i);
      EXPECT_EQ(result.dates(i) == "2024-03-02", value == 90) << tz << result.dates(i) << value;
    }
  }
}

TEST(DailyAvailability, DaysOfAClockChangeHave23And25Hours) {
  const auto snapshot = SnapshotOf({
      // Midnight to midnight in Los Angeles: 23 hours, and half of 25.
      Resolved("openai/1", {"openai/api"}, "2024-03-10T08:00:00Z", 23 * 60),
      Resolved("openai/2", {"openai/api"}, "2023-11-05T07:00:00Z", 750),
  });
  const auto spring = Availability(
      *snapshot,
      {.from = "2024-03-10T08:00:00Z", .to = "2024-03-12T07:00:00Z", .tz = "America/Los_Angeles"});
  EXPECT_THAT(spring.groups(0).availability(), ElementsAre(0, 100));
  const auto autumn = Availability(
      *snapshot,
      {.from = "2023-11-05T07:00:00Z", .to = "2023-11-06T08:00:00Z", .tz = "America/Los_Angeles"});
  EXPECT_THAT(autumn.groups(0).availability(), ElementsAre(50));
}

TEST(DailyAvailability, ADayThatAZoneSkippedHasNoValue) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2011-12-28T12:00:00Z", 3 * 1440)});
  const auto result = Availability(
      *snapshot,
      {.from = "2011-12-29T10:00:00Z", .to = "2012-01-01T10:00:00Z", .tz = "Pacific/Apia"});
  EXPECT_THAT(result.dates(), ElementsAre("2011-12-29", "2011-12-30", "2011-12-31", "2012-01-01"));
  // Down until the 31st, 12:00 UTC, which is 2 o'clock of the 1st there.
  EXPECT_THAT(result.groups(0).availability(), ElementsAre(0, IsNan(), 0, DoubleEq(Up(120))));
}

TEST(DailyAvailability, TakesWhatBeganBeforeTheRange) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2022-01-01T00:00:00Z", 400 * 1440),
                  Resolved("openai/2", {"openai/api"}, "2022-05-30T00:00:00Z", 60)});
  const auto answer = AnswerOf("daily-availability", *snapshot,
                               {.from = "2022-06-01T00:00:00Z", .to = "2022-06-03T00:00:00Z"});
  EXPECT_EQ(answer.n(), 1);
  EXPECT_THAT(answer.availability().groups(0).availability(), ElementsAre(0, 0));
}

TEST(DailyAvailability, WhatIsOngoingLastsUpToNowAndTheFutureIsUnknown) {
  const auto snapshot = SnapshotOf({Ongoing("openai/1", {"openai/api"}, "2024-08-30T12:00:00Z")});
  const auto result = Availability(*snapshot, {.from = "2024-08-30T00:00:00Z",
                                               .to = "2024-09-03T00:00:00Z",
                                               .now = "2024-09-01T06:00:00Z"});
  EXPECT_THAT(result.groups(0).availability(), ElementsAre(50, 0, 75, IsNan()));
  EXPECT_EQ(result.groups(0).days(), 3);
}

TEST(DailyAvailability, BeginsWithTheFirstIncidentOrCalendarRecordOfAnyKind) {
  const auto maintenance = With(Resolved("openai/1", {"openai/api"}, "2024-03-02T12:00:00Z", 60),
                                [](auto& r) { r.impact = Impact::kMaintenance; });
  const QueryText text = {.from = "2024-03-01T00:00:00Z", .to = "2024-03-05T00:00:00Z"};
  const auto by_incident = Availability(*SnapshotOf({maintenance}), text);
  EXPECT_THAT(by_incident.groups(0).availability(), ElementsAre(IsNan(), 100, 100, 100));
  const auto by_calendar =
      Availability(*SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-04T12:00:00Z", 720)},
                               {OutageOn("openai/api", "2024-03-03", 0, 0)}),
                   text);
  EXPECT_THAT(by_calendar.groups(0).availability(), ElementsAre(IsNan(), IsNan(), 100, 50));
}

TEST(DailyAvailability, AChosenServiceWithoutDataHasNoNumbers) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 5)});
  const auto result = Availability(*snapshot, {.services = {"anthropic/claude"},
                                               .from = "2024-03-01T00:00:00Z",
                                               .to = "2024-03-03T00:00:00Z"});
  ASSERT_EQ(result.groups_size(), 1);
  const auto& group = result.groups(0);
  EXPECT_EQ(group.days(), 0);
  EXPECT_THAT(group.availability(), ElementsAre(IsNan(), IsNan()));
  EXPECT_FALSE(group.has_min() || group.has_mean() || group.has_median() || group.has_share_100() ||
               group.has_share_below_90());
}

TEST(DailyAvailability, TheStartOfTheImpactWhenAsked) {
  const auto snapshot =
      SnapshotOf({With(Resolved("openai/1", {"openai/api"}, "2024-03-02T12:00:00Z", 60),
                       [](auto& r) { r.impact_started_at = At("2024-03-01T12:00:00Z"); })});
  const QueryText text = {
      .from = "2024-03-01T00:00:00Z", .to = "2024-03-03T00:00:00Z", .start = "impact"};
  EXPECT_THAT(Availability(*snapshot, text).groups(0).availability(),
              ElementsAre(50, DoubleEq(Up(13 * 60))));
}

TEST(DailyAvailability, RefusesARangeTooLongToAnswer) {
  const auto snapshot = SnapshotOf({Resolved(
      "openai/1", {"openai/api", "openai/chatgpt", "openai/dall-e"}, "2024-03-01T00:00:00Z", 5)});
  const Analysis& analysis = *FindAnalysis("daily-availability");
  const auto query = ResolveQuery({.from = "0001-01-01T00:00:00Z", .to = "9999-12-31T00:00:00Z"},
                                  *snapshot, At("2024-09-01T00:00:00Z"), analysis.bases());
  const auto answer = Compute(analysis, *snapshot, query.value(), testing::Never);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(answer.status().ToString(), HasSubstr("so long before to: '9999-12-31T00:00:00Z'"));
}

TEST(DailyAvailability, TheCellOfADayIsWhatWasDownThen) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T23:00:00Z", 60),  // ends at midnight
      Resolved("openai/2", {"openai/api"}, "2024-03-01T23:00:00Z", 61),
      Resolved("openai/3", {"openai/chatgpt"}, "2024-03-02T12:00:00Z", 60),
      Resolved("openai/4", {"openai/api"}, "2024-03-02T12:00:00Z", 0),  // no downtime at all
      Resolved("openai/5", {"openai/api"}, "2024-02-20T00:00:00Z", 60 * 24 * 30),
  });
  const Analysis& analysis = *FindAnalysis("daily-availability");
  for (const char* basis : {"incidents", "outages"}) {
    const Query query =
        ResolveQuery({.from = "2024-03-01T00:00:00Z", .to = "2024-03-04T00:00:00Z", .basis = basis},
                     *snapshot, At("2024-09-01T00:00:00Z"), analysis.bases())
            .value();
    const auto cell = [&](const char* key) {
      return testing::RowsOfCell(analysis, *snapshot, query, key);
    };
    EXPECT_THAT(cell("group:openai/api;date:2024-03-02").value(), ElementsAre(1, 4)) << basis;
    EXPECT_THAT(cell("group:openai/api;date:2024-03-01").value(), ElementsAre(0, 1, 4)) << basis;
    EXPECT_THAT(cell("group:openai/api").value(), ElementsAre(0, 1, 3, 4)) << basis;
    for (const char* bad : {"group:openai/api;date:2024-03-04", "group:openai/api;date:2024-3-2",
                            "group:openai/api;date:2024-02-30", "date:2024-03-02"}) {
      EXPECT_EQ(cell(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
    }
  }
}

}  // namespace
}  // namespace fails::analytics
