// SPDX-License-Identifier: Apache-2.0
#include "common/testing/private_nats.h"

#include <gtest/gtest.h>

#include <string>

#include "common/testing/free_port.h"

namespace fails::testing {
namespace {

std::uint16_t PortOf(const PrivateNats& nats) {
  const std::string url = nats.url();
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

TEST(PrivateNatsTest, AnswersUntilItIsKilledAndAgainAfterwards) {
  PrivateNats nats;
  EXPECT_TRUE(Greets(PortOf(nats)));
  const std::string url = nats.url();
  nats.Kill();
  EXPECT_FALSE(Greets(PortOf(nats)));
  nats.Start();
  EXPECT_EQ(nats.url(), url);
  EXPECT_TRUE(Greets(PortOf(nats)));
}

TEST(PrivateNatsTest, TwoDoNotMeet) {
  PrivateNats one, two;
  EXPECT_NE(one.url(), two.url());
}

}  // namespace
}  // namespace fails::testing
