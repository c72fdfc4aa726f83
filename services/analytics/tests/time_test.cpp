// SPDX-License-Identifier: Apache-2.0
// Days, weeks, months and spans of time against the naive forms of the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "absl/time/civil_time.h"
#include "common/base/time.h"
#include "services/analytics/domain/snapshot/outage_calendar.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/day_grid.h"
#include "services/analytics/domain/time/spans.h"
#include "services/analytics/domain/time/zone_clock.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::ElementsAre;

// Clocks that change at 1, 2, 3 o'clock, at midnight and by half an hour; one that skipped a day.
constexpr const char* kZones[] = {"UTC",          "America/Los_Angeles", "Europe/Berlin",
                                  "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
                                  "Africa/Cairo", "Pacific/Apia"};

absl::TimeZone Zone(const std::string& name) {
  return LoadZone(name).value();
}

absl::TimeZone AnyZone() {
  return Zone(*rc::gen::element("UTC", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata",
                                "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo",
                                "Pacific/Apia"));
}

// 1995 … 2045, beyond the end of the tables of zones.
std::int64_t AnySecond() {
  return *rc::gen::inRange<std::int64_t>(788'918'400, 2'366'841'600);
}

RC_GTEST_PROP(ZoneClock, SaysWhatTheZoneSays, ()) {
  const absl::TimeZone tz = AnyZone();
  const std::int64_t a = AnySecond();
  const std::int64_t b = AnySecond();
  const ZoneClock clock(tz, std::min(a, b), std::max(a, b));
  for (int i = 0; i < 50; ++i) {
    const auto at = *rc::gen::inRange<std::int64_t>(std::min(a, b), std::max(a, b) + 1);
    RC_ASSERT(DayOfNumber(clock.Day(at)) == absl::ToCivilDay(absl::FromUnixSeconds(at), tz));
  }
}

TEST(ZoneClock, ChangesInTheVerySecond) {
  for (const char* zone : kZones) {
    const absl::TimeZone tz = Zone(zone);
    const std::int64_t first = absl::ToUnixSeconds(At("2008-01-01T00:00:00Z"));
    const std::int64_t last = absl::ToUnixSeconds(At("2025-01-01T00:00:00Z"));
    const ZoneClock clock(tz, first, last);
    absl::Time at = absl::FromUnixSeconds(first);
    absl::TimeZone::CivilTransition transition;
    while (tz.NextTransition(at, &transition)) {
      at = tz.At(transition.to).trans;
      if (absl::ToUnixSeconds(at) > last) break;
      for (const int off : {-3601, -1, 0, 1, 3600}) {
        const std::int64_t second = absl::ToUnixSeconds(at) + off;
        if (second < first || second > last) continue;
        const absl::CivilSecond local = absl::ToCivilSecond(absl::FromUnixSeconds(second), tz);
        EXPECT_EQ(clock.Local(second), local - absl::CivilSecond(1970, 1, 1)) << zone << second;
      }
    }
  }
}

RC_GTEST_PROP(DayGrid, FindsTheDayOfASecond, ()) {
  const absl::TimeZone tz = AnyZone();
  const auto first = *rc::gen::inRange<std::int32_t>(9'000, 19'000);
  const auto days = *rc::gen::inRange<std::int32_t>(0, 800);
  const DayGrid grid(tz, first, first + days);
  RC_ASSERT(grid.size() == static_cast<std::size_t>(days) + 1);
  const auto at = *rc::gen::inRange<std::int64_t>(grid.begin(), grid.end());
  const std::size_t index = grid.IndexOfSecond(at);
  RC_ASSERT(grid.begin(index) <= at && at < grid.end(index));
  const std::int32_t day = DayNumber(absl::ToCivilDay(absl::FromUnixSeconds(at), tz));
  RC_ASSERT(grid.day(index) == day);
}

TEST(DayGrid, DaysOfAClockChangeAndASkippedDay) {
  const auto hours = [](const char* zone, absl::CivilDay day) {
    const DayGrid grid(Zone(zone), DayNumber(day) - 1, DayNumber(day) + 1);
    return static_cast<double>(grid.length(1)) / 3600;
  };
  EXPECT_EQ(hours("America/Los_Angeles", absl::CivilDay(2024, 3, 10)), 23);
  EXPECT_EQ(hours("America/Los_Angeles", absl::CivilDay(2023, 11, 5)), 25);
  EXPECT_EQ(hours("Australia/Lord_Howe", absl::CivilDay(2023, 10, 1)), 23.5);
  EXPECT_EQ(hours("America/Sao_Paulo", absl::CivilDay(2018, 11, 4)), 23);  // from 1 o'clock on
  EXPECT_EQ(hours("Pacific/Apia", absl::CivilDay(2011, 12, 30)), 0);
  EXPECT_EQ(hours("UTC", absl::CivilDay(2024, 3, 10)), 24);
}

TEST(DaysOf, TheLastDayIsThatOfTheLastSecond) {
  const auto snapshot = testing::SnapshotOf({});
  const auto labels = [&](const QueryText& text) {
    const DayRange days = DaysOf(testing::QueryOf(*snapshot, text));
    return std::vector<std::string>{DayLabel(days.first), DayLabel(days.last)};
  };
  EXPECT_THAT(labels({.from = "2024-03-01T00:00:00Z", .to = "2024-04-01T00:00:00Z"}),
              ElementsAre("2024-03-01", "2024-03-31"));
  EXPECT_THAT(labels({.from = "2024-03-01T00:00:00Z", .to = "2024-04-01T00:00:01Z"}),
              ElementsAre("2024-03-01", "2024-04-01"));
  EXPECT_THAT(labels({.from = "2024-03-01T00:00:00Z",
                      .to = "2024-04-01T00:00:00Z",
                      .tz = "America/Los_Angeles"}),
              ElementsAre("2024-02-29", "2024-03-31"));
  EXPECT_THAT(labels({.from = "2024-03-01T00:00:00.2Z", .to = "2024-03-01T00:00:00.4Z"}),
              ElementsAre("2024-03-01", "2024-03-01"));
}

RC_GTEST_PROP(Civil, WeeksAndMonthsAreThoseOfTheCalendar, ()) {
  const auto day = *rc::gen::inRange<std::int32_t>(-719'162, 2'932'897);  // years 1 … 9999
  const absl::CivilDay civil = DayOfNumber(day);
  const std::int32_t month = MonthOfDay(day);
  RC_ASSERT(DayOfNumber(FirstDayOfMonth(month)) == absl::CivilDay(absl::CivilMonth(civil)));
  RC_ASSERT(FirstDayOfMonth(month) <= day && day < FirstDayOfMonth(month + 1));
  const bool monday = absl::GetWeekday(civil) == absl::Weekday::monday;
  RC_ASSERT((WeekOfDay(day) != WeekOfDay(day - 1)) == monday);
  RC_ASSERT(ParseDayLabel(DayLabel(day)) == day);
  RC_ASSERT(ParseMonthLabel(MonthLabel(month)) == month);
}

TEST(Civil, Labels) {
  EXPECT_EQ(DayLabel(0), "1970-01-01");
  EXPECT_EQ(DayLabel(-719'162), "0001-01-01");
  EXPECT_EQ(MonthLabel(MonthOfDay(-1)), "1969-12");
  for (const char* text : {"", "2024", "2024-6-30", "2024-06-31", "2024-13-01", "2024-06-30 ",
                           "2024/06/30", "2o24-06-30", "-024-06-30", "2024-06-+1"}) {
    EXPECT_EQ(ParseDayLabel(text), std::nullopt) << text;
  }
  for (const char* text : {"", "2024-6", "2024-00", "2024-13", "2024-06-01", "24-06", "+024-06"}) {
    EXPECT_EQ(ParseMonthLabel(text), std::nullopt) << text;
  }
}

std::vector<Span> AnySpans() {
  return *rc::gen::container<std::vector<Span>>(rc::gen::apply(
      [](std::int64_t begin, std::int64_t length) {
        return Span{begin, begin + length};
      },
      rc::gen::inRange<std::int64_t>(-60, 60), rc::gen::inRange<std::int64_t>(-3, 15)));
}

std::set<std::int64_t> SecondsOf(const std::vector<Span>& spans) {
  std::set<std::int64_t> seconds;
  for (const Span& span : spans) {
    for (std::int64_t at = span.begin; at < span.end; ++at) seconds.insert(at);
  }
  return seconds;
}

RC_GTEST_PROP(UnionOf, HoldsTheSameSecondsOnce, ()) {
  const std::vector<Span> spans = AnySpans();
  const std::vector<Span> disjoint = UnionOf(spans);
  RC_ASSERT(SecondsOf(disjoint) == SecondsOf(spans));
  for (std::size_t i = 0; i < disjoint.size(); ++i) {
    RC_ASSERT(disjoint[i].begin < disjoint[i].end);
    RC_ASSERT(i == 0 || disjoint[i - 1].end < disjoint[i].begin);
  }
}

RC_GTEST_PROP(SecondsWithin, CountsThem, ()) {
  const std::vector<Span> disjoint = UnionOf(AnySpans());
  const auto begin = *rc::gen::inRange<std::int64_t>(-80, 80);
  const auto end = *rc::gen::inRange<std::int64_t>(-80, 80);
  std::int64_t naive = 0;
  for (const std::int64_t at : SecondsOf(disjoint)) naive += at >= begin && at < end ? 1 : 0;
  RC_ASSERT(SecondsWithin(disjoint, begin, end) == naive);
}

}  // namespace
}  // namespace fails::analytics
