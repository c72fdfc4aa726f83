// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/schedule.h"

#include <gtest/gtest.h>

#include "common/base/time.h"

namespace fails::scraper {
namespace {

const absl::Time kNow = *ParseTime("2026-01-01T00:00:00Z");
constexpr absl::Duration kInterval = absl::Seconds(60);
constexpr double kMiddle = 0.5;  // no jitter

absl::Duration DelayAfter(int failures, double random = kMiddle,
                          std::optional<absl::Duration> retry_after = {},
                          absl::Duration interval = kInterval) {
  return NextPollAt({}, kNow, interval, failures, retry_after, random) - kNow;
}

TEST(ScheduleTest, GoodPollsFollowTheIntervalWithJitterInItsBounds) {
  EXPECT_EQ(DelayAfter(0), kInterval);
  EXPECT_EQ(DelayAfter(0, 0.0), absl::Seconds(54));
  for (double random = 0; random < 1; random += 0.01) {
    EXPECT_GE(DelayAfter(0, random), absl::Seconds(54)) << random;
    EXPECT_LE(DelayAfter(0, random), absl::Seconds(66)) << random;
  }
}

TEST(ScheduleTest, FailuresDoubleTheIntervalUpToTheMost) {
  const int expected_seconds[] = {60, 60, 120, 240, 480, 900, 900};
  for (int failures = 0; failures < 7; ++failures) {
    EXPECT_EQ(DelayAfter(failures), absl::Seconds(expected_seconds[failures])) << failures;
  }
  EXPECT_EQ(DelayAfter(1'000'000), absl::Minutes(15));
}

TEST(ScheduleTest, AnIntervalLongerThanTheMostStaysAsItIs) {
  EXPECT_EQ(DelayAfter(9, kMiddle, {}, absl::Hours(2)), absl::Hours(2));
}

TEST(ScheduleTest, RetryAfterIsNeverUndercut) {
  for (double random = 0; random < 1; random += 0.01) {
    EXPECT_GE(DelayAfter(1, random, absl::Minutes(40)), absl::Minutes(40)) << random;
    EXPECT_LE(DelayAfter(1, random, absl::Minutes(40)), absl::Minutes(44)) << random;
  }
}

TEST(ScheduleTest, AShortRetryAfterDoesNotShortenTheBackoff) {
  EXPECT_EQ(DelayAfter(3, kMiddle, absl::Seconds(1)), absl::Seconds(240));
}

TEST(ScheduleTest, TheCircuitOpensAfterFiveFailuresAndSaysSo) {
  EXPECT_FALSE(CircuitOpen({}, 4));
  EXPECT_EQ(CircuitWords({}, 4, kNow), "");
  EXPECT_TRUE(CircuitOpen({}, 5));
  EXPECT_EQ(CircuitWords({}, 5, kNow + absl::Milliseconds(900)),
            "5 polls in a row failed, trying again at 2026-01-01T00:00:00Z with one request");
}

TEST(ScheduleTest, APageThatAnswersTheSameForAMonthIsFrozen) {
  EXPECT_EQ(FrozenWords({}, std::nullopt, kNow), "");
  EXPECT_EQ(FrozenWords({}, kNow - absl::Hours(24 * 29), kNow), "");
  EXPECT_EQ(FrozenWords({}, kNow - absl::Hours(24 * 31), kNow),
            "answers, but nothing has changed since 2025-12-01T00:00:00Z (31 days)");
}

}  // namespace
}  // namespace fails::scraper
