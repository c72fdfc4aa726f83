// SPDX-License-Identifier: Apache-2.0
#include "common/testing/await.h"

#include <gtest/gtest.h>

#include <memory>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/testing/fake_clock.h"

namespace fails::testing {
namespace {

TEST(AwaitTest, ReturnsAsSoonAsItHolds) {
  int looks = 0;
  EXPECT_TRUE(Await([&] { return ++looks == 3; }));
  EXPECT_EQ(looks, 3);
}

TEST(AwaitTest, GivesUpAtTheTimeout) {
  const absl::Time began = absl::Now();
  EXPECT_FALSE(Await([] { return false; }, absl::Milliseconds(30)));
  EXPECT_GE(absl::Now() - began, absl::Milliseconds(30));
}

TEST(ReturnsTest, SaysWhetherTheWorkCameBack) {
  EXPECT_TRUE(Returns([] {}));
  const auto never = std::make_shared<absl::Notification>();
  const auto gone = std::make_shared<absl::Notification>();
  EXPECT_FALSE(Returns(
      [=] {
        never->WaitForNotification();
        gone->Notify();
      },
      absl::Milliseconds(30)));
  never->Notify();
  gone->WaitForNotification();
}

TEST(FakeClockTest, MovesOnlyWhenMoved) {
  FakeClock clock(absl::UnixEpoch());
  EXPECT_EQ(clock.Now(), absl::UnixEpoch());
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(clock.Now(), absl::UnixEpoch() + absl::Hours(1));
}

}  // namespace
}  // namespace fails::testing
