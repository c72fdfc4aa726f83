// SPDX-License-Identifier: Apache-2.0
// The bus, the database or the relay itself dies at the worst moment.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/bus/topology.h"
#include "common/outbox/tests/outbox_fixture.h"
#include "common/testing/await.h"

namespace fails::outbox {
namespace {

using fails::testing::Await;
using fails::testing::Returns;
using ::testing::ElementsAre;

class RelayOutageTest : public OutboxTest {
 protected:
  // Enqueues 0 … count-1, trying again where the database is away.
  std::vector<std::string> EnqueueAll(int count, std::atomic<int>& done) {
    std::vector<std::string> expected;
    for (int i = 0; i < count; ++i) {
      expected.push_back(fmt::format("{}", i));
      EXPECT_TRUE(Await([&] { return TryEnqueue(expected.back()).ok(); }));
      done = i + 1;
    }
    return expected;
  }
};

TEST_F(RelayOutageTest, KillingTheBusLosesAndDoublesNothing) {
  const auto relay = StartRelay({.schema = "incidents", .batch = 20});
  std::atomic<int> done = 0;
  std::vector<std::string> expected;
  std::thread writer([&] { expected = EnqueueAll(600, done); });
  for (const int at : {100, 300}) {
    EXPECT_TRUE(Await([&] { return done >= at; }));
    nats_.Kill();
    nats_.Start();
  }
  writer.join();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  ASSERT_TRUE(connection_->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
  EXPECT_EQ(Payloads(), expected);
}

TEST_F(RelayOutageTest, KillingTheDatabaseLosesAndDoublesNothing) {
  const auto relay = StartRelay({.schema = "incidents", .batch = 20});
  for (int i = 0; i < 200; ++i) Enqueue(fmt::format("{}", i));
  server_.Kill();
  server_.Start();
  std::vector<std::string> expected;
  for (int i = 200; i < 300; ++i) Enqueue(fmt::format("{}", i));
  for (int i = 0; i < 300; ++i) expected.push_back(fmt::format("{}", i));
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_EQ(Payloads(), expected);
}

// It published and then could not mark: it publishes again, under the same message id, and the
// stream drops it.
TEST_F(RelayOutageTest, ACrashBetweenPublishingAndMarkingIsNotSeenTwice) {
  Sql(R"(
      CREATE SEQUENCE public.marks;
      GRANT USAGE ON SEQUENCE public.marks TO fails_normalizer;
      CREATE FUNCTION public.crash() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('public.marks') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER crashes BEFORE UPDATE ON incidents.outbox FOR EACH STATEMENT
      EXECUTE FUNCTION public.crash())");
  Enqueue("1");
  Enqueue("2");
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_THAT(Payloads(), ElementsAre("1", "2"));
  Enqueue("3");
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_THAT(Payloads(), ElementsAre("1", "2", "3"));
}

TEST_F(RelayOutageTest, WaitsForTheStreamToBeMade) {
  Enqueue("early", "later.a");
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return connection_->Probe().ok(); }));
  EXPECT_EQ(Unpublished(), 1);
  const absl::Status applied =
      bus::ApplyTopology(*connection_, {.streams = {{.name = "LATER", .subjects = {"later.>"}}}});
  ASSERT_TRUE(applied.ok()) << applied;
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
}

TEST_F(RelayOutageTest, StopsAlsoWithoutBusAndDatabase) {
  Enqueue("1");
  nats_.Kill();
  const auto relay = StartRelay();
  server_.Kill();
  EXPECT_TRUE(Returns([&] { relay->Stop(); }));
  server_.Start();
}

}  // namespace
}  // namespace fails::outbox
