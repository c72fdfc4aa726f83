// SPDX-License-Identifier: Apache-2.0
#include "common/bus/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nats/nats.h>

#include "common/bus/session.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using fails::testing::Returns;
using ::testing::HasSubstr;

TEST_F(BusTest, ConnectsLaterWhenThereIsNoServerYet) {
  nats_.Kill();
  auto connection = Connection::Open({.url = nats_.url(), .client_name = "early"});
  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_EQ((*connection)->AwaitConnected(absl::Now() + absl::Milliseconds(300)).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string((*connection)->Probe().message()), HasSubstr("nats://127.0.0.1:"));
  EXPECT_EQ((*connection)->epoch(), 0u);

  nats_.Start();
  EXPECT_TRUE((*connection)->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
  EXPECT_TRUE((*connection)->Acquire().ok());
  EXPECT_NE((*connection)->epoch(), 0u);
}

TEST_F(BusTest, ComesBackAfterTheServerWasKilled) {
  const std::uint64_t first = connection_->epoch();
  for (int round = 0; round < 2; ++round) {
    const std::uint64_t before = connection_->epoch();
    nats_.Kill();
    ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
    EXPECT_EQ(connection_->Probe().code(), absl::StatusCode::kUnavailable);
    nats_.Start();
    ASSERT_TRUE(connection_->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
    EXPECT_NE(connection_->epoch(), before);
  }
  EXPECT_NE(connection_->epoch(), first);
}

TEST_F(BusTest, DialsAnewWhenTheLibraryClosedForGood) {
  const std::uint64_t before = connection_->epoch();
  natsConnection_Close((*connection_->Acquire())->connection);
  ASSERT_TRUE(Await([&] { return connection_->Probe().ok() && connection_->epoch() != before; }));
  Apply(TestTopology());
}

TEST_F(BusTest, WrongCredentialsAreSaidAndTriedAgain) {
  const std::string url = nats_.url();
  auto connection = Connection::Open(
      {.url = "nats://" + url.substr(url.find('@') + 1), .user = "fails", .password = "wrong"});
  ASSERT_TRUE(connection.ok()) << connection.status();
  std::string said;
  EXPECT_TRUE(Await([&] {
    said = std::string((*connection)->Probe().message());
    return said.find("uthoriz") != std::string::npos;  // the words of the library
  })) << said;
  EXPECT_EQ((*connection)->Probe().code(), absl::StatusCode::kUnavailable);
}

TEST_F(BusTest, ClosesAlsoWithoutAServer) {
  nats_.Kill();
  auto connection = Connection::Open({.url = nats_.url()});
  EXPECT_TRUE(Returns([&] { connection->reset(); })) << "never connected";
  EXPECT_TRUE(Returns([&] { connection_.reset(); })) << "once connected";
}

}  // namespace
}  // namespace fails::bus
