// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/retry_policy.h"

#include <gtest/gtest.h>

#include <climits>

namespace fails::runtime {
namespace {

TEST(RetryPolicyTest, DoublesUpToTheCeiling) {
  const RetryPolicy policy;
  EXPECT_EQ(policy.DelayFor(1), absl::Milliseconds(100));
  EXPECT_EQ(policy.DelayFor(2), absl::Milliseconds(200));
  EXPECT_EQ(policy.DelayFor(3), absl::Milliseconds(400));
  EXPECT_EQ(policy.DelayFor(9), absl::Milliseconds(25600));
  EXPECT_EQ(policy.DelayFor(10), absl::Seconds(30));
  EXPECT_EQ(policy.DelayFor(INT_MAX), absl::Seconds(30));
}

TEST(RetryPolicyTest, AttemptsBelowOneCountAsTheFirst) {
  EXPECT_EQ(RetryPolicy().DelayFor(0), absl::Milliseconds(100));
  EXPECT_EQ(RetryPolicy().DelayFor(INT_MIN), absl::Milliseconds(100));
}

TEST(RetryPolicyTest, JitterSpreadsToBothSides) {
  const RetryPolicy policy{.initial = absl::Seconds(10), .jitter = 0.2};
  EXPECT_EQ(policy.DelayFor(1, 0.0), absl::Seconds(8));
  EXPECT_EQ(policy.DelayFor(1, 0.5), absl::Seconds(10));
  EXPECT_GT(policy.DelayFor(1, 0.999), absl::Seconds(11));
  EXPECT_LT(policy.DelayFor(1, 0.999), absl::Seconds(12));
}

TEST(RetryPolicyTest, FactorOneStaysConstant) {
  const RetryPolicy policy{.initial = absl::Seconds(2), .factor = 1, .jitter = 0};
  EXPECT_EQ(policy.DelayFor(1, 0.9), absl::Seconds(2));
  EXPECT_EQ(policy.DelayFor(100, 0.1), absl::Seconds(2));
}

}  // namespace
}  // namespace fails::runtime
