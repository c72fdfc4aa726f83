// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/testing/await.h"

namespace fails::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ReadinessTest, IsStartingUntilStarted) {
  Readiness readiness;
  std::atomic<int> calls = 0;
  readiness.Add("never asked", [&] {
    ++calls;
    return absl::OkStatus();
  });
  EXPECT_FALSE(readiness.Get().ready);
  EXPECT_THAT(readiness.Get().waiting_for, ElementsAre("process: starting"));
  readiness.Stop();
  EXPECT_EQ(calls, 0);
}

TEST(ReadinessTest, WithoutChecksIsReady) {
  Readiness readiness;
  readiness.Start();
  EXPECT_TRUE(testing::Await([&] { return readiness.Get().ready; }));
}

TEST(ReadinessTest, NamesWhatIsMissingAndRecovers) {
  Readiness readiness;
  std::atomic<bool> up = false;
  readiness.Add("postgresql", [&] {
    return up ? absl::OkStatus() : absl::UnavailableError("connection refused");
  });
  readiness.Add("nats", [] { return absl::OkStatus(); });
  readiness.Add("thrower", [&]() -> absl::Status {
    if (!up) throw std::runtime_error("went off");
    return absl::OkStatus();
  });
  readiness.Add("silent", [&] { return up ? absl::OkStatus() : absl::UnavailableError(""); });
  readiness.Start();
  ASSERT_TRUE(testing::Await([&] { return readiness.Get().waiting_for.size() == 3; }));
  EXPECT_FALSE(readiness.Get().ready);
  EXPECT_THAT(readiness.Get().waiting_for, ElementsAre("postgresql: connection refused",
                                                       "thrower: went off", "silent: UNAVAILABLE"));
  up = true;
  EXPECT_TRUE(testing::Await([&] { return readiness.Get().ready; }));
  EXPECT_THAT(readiness.Get().waiting_for, IsEmpty());
}

TEST(ReadinessTest, AHangingCheckDelaysNoReaderAndIsTold) {
  Readiness readiness;
  absl::Notification release;
  readiness.Add("tar pit", [&] {
    release.WaitForNotification();
    return absl::OkStatus();
  });
  readiness.Start();
  const bool told = testing::Await([&] {
    const Readiness::Report report = readiness.Get();
    return report.waiting_for.size() == 2 &&
           report.waiting_for[1].starts_with("tar pit: no answer for ");
  });
  release.Notify();
  EXPECT_TRUE(told);
  EXPECT_TRUE(testing::Await([&] { return readiness.Get().ready; }));
}

TEST(ReadinessTest, NoCheckRunsOnceStopped) {
  Readiness readiness;
  std::atomic<int> calls = 0;
  readiness.Add("counted", [&] {
    ++calls;
    return absl::OkStatus();
  });
  readiness.Start();
  ASSERT_TRUE(testing::Await([&] { return calls >= 2; }));
  readiness.Stop();
  readiness.Stop();
  const int at_stop = calls;
  EXPECT_THAT(readiness.Get().waiting_for, ElementsAre("process: stopping"));
  EXPECT_EQ(calls, at_stop);
}

TEST(ReadinessTest, ChecksRunAtMostOnceASecondHoweverOftenOneAsks) {
  Readiness readiness;
  std::atomic<int> calls = 0;
  readiness.Add("counted", [&] {
    ++calls;
    return absl::OkStatus();
  });
  const absl::Time begin = absl::Now();
  readiness.Start();
  ASSERT_TRUE(testing::Await([&] {
    readiness.Get();
    return calls >= 3;
  }));
  EXPECT_GE(absl::Now() - begin, absl::Seconds(2));
}

}  // namespace
}  // namespace fails::runtime
