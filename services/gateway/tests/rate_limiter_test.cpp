// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/app/rate_limiter.h"

#include <gtest/gtest.h>

#include "common/testing/fake_clock.h"

namespace fails::gateway {
namespace {

class RateLimiterTest : public ::testing::Test {
 protected:
  testing::FakeClock clock_{absl::FromUnixSeconds(1'700'000'000)};
};

TEST_F(RateLimiterTest, AllowsABurstThenTheRate) {
  RateLimiter limiter({.per_second = 2, .burst = 3}, clock_);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.Take("192.0.2.1")) << i;
  EXPECT_EQ(limiter.Take("192.0.2.1"), absl::Milliseconds(500));
  clock_.Advance(absl::Milliseconds(500));
  EXPECT_FALSE(limiter.Take("192.0.2.1"));
  EXPECT_TRUE(limiter.Take("192.0.2.1"));
}

TEST_F(RateLimiterTest, OneClientDoesNotTouchAnother) {
  RateLimiter limiter({.per_second = 1, .burst = 1}, clock_);
  EXPECT_FALSE(limiter.Take("192.0.2.1"));
  EXPECT_TRUE(limiter.Take("192.0.2.1"));
  EXPECT_FALSE(limiter.Take("192.0.2.2"));
}

TEST_F(RateLimiterTest, NeverHoldsMoreThanTheBurst) {
  RateLimiter limiter({.per_second = 10, .burst = 2}, clock_);
  EXPECT_FALSE(limiter.Take("a"));
  clock_.Advance(absl::Hours(1));
  EXPECT_FALSE(limiter.Take("a"));
  EXPECT_FALSE(limiter.Take("a"));
  EXPECT_TRUE(limiter.Take("a"));
}

TEST_F(RateLimiterTest, ZeroIsNoLimit) {
  RateLimiter limiter({.per_second = 0, .burst = 1}, clock_);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limiter.Take("a"));
}

TEST_F(RateLimiterTest, ManyClientsDoNotFillTheMemory) {
  RateLimiter limiter({.per_second = 1, .burst = 1, .most_clients = 10}, clock_);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limiter.Take(std::to_string(i)));
}

TEST(ClientKey, IsTheAddressOrTheNetwork) {
  EXPECT_EQ(ClientKey("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(ClientKey("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(ClientKey("2001:db8:1:2::1"), ClientKey("2001:db8:1:2:ffff::9"));
  EXPECT_NE(ClientKey("2001:db8:1:2::1"), ClientKey("2001:db8:1:3::1"));
  EXPECT_EQ(ClientKey("fe80::1%eth0"), ClientKey("fe80::2"));
}

}  // namespace
}  // namespace fails::gateway
