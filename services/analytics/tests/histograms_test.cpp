// SPDX-License-Identifier: Apache-2.0
// weekday-distribution and hourly-distribution.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/invented.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::ElementsAre;
using testing::GroupOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

TEST(WeekdayDistribution, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2024-03-04T23:30:00Z", 30),  // Mon
      Resolved("openai/2", {"openai/api"}, "2024-03-05T00:30:00Z", 30),                    // Tue
      Resolved("openai/3", {}, "2024-03-10T12:00:00Z", 30),                                // Sun
      With(Resolved("openai/4", {"openai/api"}, "2024-03-04T12:00:00Z", 30),
           [](auto& r) { r.impact = Impact::kMaintenance; }),
      Resolved("anthropic/1", {"anthropic/api"}, "2024-03-09T12:00:00Z", 30),  // Sat
  });
  const v1::Analysis answer = AnswerOf("weekday-distribution", *snapshot);
  EXPECT_EQ(answer.n(), 4);
  EXPECT_EQ(answer.excluded().at("maintenance"), 1);
  EXPECT_EQ(answer.excluded().size(), 1u);
  const v1::HistogramResult& result = answer.histogram();
  ASSERT_EQ(result.bins_size(), 7);
  EXPECT_EQ(result.bins(0).string_value(), "Monday");
  EXPECT_EQ(result.bins(6).string_value(), "Sunday");
  ASSERT_EQ(result.groups_size(), 2);
  const auto& openai = result.groups(0);
  EXPECT_EQ(openai.provider(), "openai");
  ASSERT_EQ(openai.services_size(), 2);
  EXPECT_EQ(openai.services(0).service(), "openai/api");
  EXPECT_THAT(openai.services(0).counts(), ElementsAre(1, 1, 0, 0, 0, 0, 0));
  EXPECT_THAT(openai.services(1).counts(), ElementsAre(1, 0, 0, 0, 0, 0, 0));
  EXPECT_THAT(openai.distinct(), ElementsAre(1, 1, 0, 0, 0, 0, 1));
  // 3 incidents over 7 days: 3 · (1 − 3/7)² + 4 · (3/7)², all divided by 3/7.
  EXPECT_EQ(openai.chi_square().df(), 6);
  EXPECT_NEAR(openai.chi_square().statistic(), 4, 1e-12);
  EXPECT_NEAR(openai.chi_square().p_value(), 0.676676416183, 1e-9);
}

// Midnight, and with it the weekday, is that of the zone.
TEST(WeekdayDistribution, InTheZoneOfTheQuery) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-04T23:30:00Z", 30)});
  const std::map<std::string, int> weekdays = {{"UTC", 0},
                                               {"Europe/Berlin", 1},
                                               {"America/Los_Angeles", 0},
                                               {"Pacific/Kiritimati", 1},
                                               {"Asia/Kathmandu", 1}};
  for (const auto& [tz, weekday] : weekdays) {
    const auto answer = AnswerOf("weekday-distribution", *snapshot, {.tz = tz});
    EXPECT_EQ(answer.histogram().groups(0).distinct(weekday), 1) << tz;
  }
}

TEST(WeekdayDistribution, AcrossNewYear) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2023-12-31T23:59:59Z", 5),
                  Resolved("openai/2", {"openai/api"}, "2024-01-01T00:00:00Z", 5)});
  const auto answer = AnswerOf("weekday-distribution", *snapshot);
  EXPECT_THAT(answer.histogram().groups(0).distinct(), ElementsAre(1, 0, 0, 0, 0, 0, 1));
}

TEST(HourlyDistribution, DaysOf23And25Hours) {
  const auto snapshot = SnapshotOf({
      // 2024-03-10 in Los Angeles: 01:59:59 is followed by 03:00:00.
      Resolved("openai/1", {"openai/api"}, "2024-03-10T09:59:59Z", 5),
      Resolved("openai/2", {"openai/api"}, "2024-03-10T10:00:00Z", 5),
      // 2023-11-05: the hour from 01:00 happens twice.
      Resolved("openai/3", {"openai/api"}, "2023-11-05T08:30:00Z", 5),
      Resolved("openai/4", {"openai/api"}, "2023-11-05T09:30:00Z", 5),
      Resolved("openai/5", {"openai/api"}, "2023-11-05T10:00:00Z", 5),
  });
  const auto answer = AnswerOf("hourly-distribution", *snapshot, {.tz = "America/Los_Angeles"});
  const auto& hours = answer.histogram().groups(0).distinct();
  ASSERT_EQ(hours.size(), 24);
  EXPECT_EQ(hours[1], 3);
  EXPECT_EQ(hours[2], 1);
  EXPECT_EQ(hours[3], 1);
  EXPECT_EQ(answer.histogram().bins(0).number_value(), 0);
  EXPECT_EQ(answer.histogram().bins(23).number_value(), 23);
  EXPECT_EQ(answer.histogram().groups(0).chi_square().df(), 23);
}

// A test needs something to test.
TEST(HourlyDistribution, WithoutIncidentsThereIsNoTest) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-04T23:30:00Z", 30)});
  const auto answer =
      AnswerOf("hourly-distribution", *snapshot, {.services = {"anthropic/claude"}});
  ASSERT_EQ(answer.histogram().groups_size(), 1);
  const auto& group = answer.histogram().groups(0);
  EXPECT_EQ(group.provider(), "anthropic");
  EXPECT_EQ(group.distinct_size(), 24);
  EXPECT_TRUE(group.has_chi_square());
  EXPECT_FALSE(group.chi_square().has_statistic() || group.chi_square().has_p_value());
}

// A provider of which no service is known stands in the answer when it has an incident.
TEST(HourlyDistribution, AProviderWithoutServices) {
  const auto snapshot =
      SnapshotOf({Resolved("character-ai/1", {}, "2024-03-04T23:30:00Z", 30),
                  Resolved("openai/1", {"openai/api"}, "2024-03-04T00:00:00Z", 1)});
  const auto answer = AnswerOf("hourly-distribution", *snapshot);
  EXPECT_EQ(answer.n(), 2);
  const auto& group = GroupOf(answer.histogram(), "character-ai");
  EXPECT_EQ(group.services_size(), 0);
  EXPECT_EQ(group.distinct(23), 1);
}

// Against the calendar of abseil, incident by incident.
TEST(Histograms, AgreeWithTheCalendar) {
  const testing::Invented data = testing::Invent(11);
  const auto snapshot = SnapshotOf(data.incidents);
  for (const char* name : {"UTC", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu",
                           "America/Sao_Paulo", "Africa/Casablanca"}) {
    absl::TimeZone zone;
    ASSERT_TRUE(absl::LoadTimeZone(name, &zone));
    std::map<std::string, std::map<int, int>> weekdays, hours;  // by service or provider, by bin
    const QueryText text = {.tz = name, .include = {"maintenance", "inconsistent"}};
    for (const IncidentRow& row : data.incidents) {
      std::optional<absl::Time> started;
      for (const auto& stage : {row.stages.investigating, row.stages.identified,
                                row.stages.monitoring, row.stages.resolved}) {
        if (stage && (!started || *stage < *started)) started = stage;
      }
      if (!started || *started >= At("2024-09-01T00:00:00Z")) continue;
      const absl::CivilSecond local = absl::ToCivilSecond(*started, zone);
      std::vector<std::string> groups = {row.provider.str()};
      for (const ServiceId& service : row.services) groups.push_back(service.str());
      for (const std::string& group : groups) {
        ++weekdays[group][static_cast<int>(absl::GetWeekday(absl::CivilDay(local)))];
        ++hours[group][local.hour()];
      }
    }
    const auto expect = [&](const char* id, auto& expected) {
      const auto answer = AnswerOf(id, *snapshot, text);
      int seen = 0;
      for (const auto& group : answer.histogram().groups()) {
        for (int bin = 0; bin < answer.histogram().bins_size(); ++bin) {
          EXPECT_EQ(group.distinct(bin), expected[group.provider()][bin]) << id << name << bin;
          for (const auto& series : group.services()) {
            EXPECT_EQ(series.counts(bin), expected[series.service()][bin]) << id << name << bin;
          }
          seen += static_cast<int>(group.distinct(bin));
        }
      }
      EXPECT_EQ(seen, answer.n());
      EXPECT_GT(seen, 300);
    };
    expect("weekday-distribution", weekdays);  // absl's weekdays begin with Monday, too
    expect("hourly-distribution", hours);
  }
}

}  // namespace
}  // namespace fails::analytics
