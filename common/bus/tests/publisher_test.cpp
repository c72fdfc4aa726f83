// SPDX-License-Identifier: Apache-2.0
#include "common/bus/publisher.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/bus/tests/bus_fixture.h"
#include "common/obs/log.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

class PublisherTest : public BusTest {
 protected:
  PublisherTest() { Apply(TestTopology()); }
};

TEST_F(PublisherTest, StoresAMessageWithIdHeadersAndTrace) {
  constexpr char kTrace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const obs::TraceScope trace(kTrace);
  Publisher publisher(*connection_);
  const auto ack = publisher.Publish(
      {.subject = "work.a", .payload = "hello", .id = "1", .headers = {{"Colour", "green"}}},
      absl::Now() + absl::Seconds(30));
  ASSERT_TRUE(ack.ok()) << ack.status();
  EXPECT_EQ(ack->sequence, 1u);
  EXPECT_FALSE(ack->duplicate);
  const auto stored = Stored("WORK");
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored[0].subject, "work.a");
  EXPECT_EQ(stored[0].payload, "hello");
  EXPECT_EQ(stored[0].message_id, "1");
  EXPECT_THAT(stored[0].headers, Contains(Pair("Colour", "green")));
  EXPECT_THAT(stored[0].headers, Contains(Pair("traceparent", kTrace)));
}

TEST_F(PublisherTest, TheSameIdIsStoredOnce) {
  EXPECT_FALSE(Publish("work.a", "x", "same").duplicate);
  const PublishAck again = Publish("work.a", "x", "same");
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.sequence, 1u);
  EXPECT_FALSE(Publish("work.a", "x").duplicate) << "without an id nothing is a repeat";
  EXPECT_FALSE(Publish("work.a", "x").duplicate);
  EXPECT_EQ(Count("WORK"), 3u);
}

// kill -9 in the middle of it, twice: everything is there once, in order.
TEST_F(PublisherTest, LosesAndDoublesNothingAcrossAKilledServer) {
  constexpr int kMessages = 3000;
  std::atomic<int> published = 0;
  std::thread writer([&] {
    Publisher publisher(*connection_,
                        {.initial = absl::Milliseconds(5), .max = absl::Milliseconds(50)});
    for (int i = 0; i < kMessages; ++i) {
      const std::string text = fmt::format("{}", i);
      const auto ack = publisher.Publish({.subject = "work.a", .payload = text, .id = text},
                                         absl::Now() + absl::Minutes(1));
      ASSERT_TRUE(ack.ok()) << ack.status();
      published = i + 1;
    }
  });
  for (const int at : {500, 1500}) {
    EXPECT_TRUE(fails::testing::Await([&] { return published >= at; }));
    nats_.Kill();
    nats_.Start();
  }
  writer.join();
  ASSERT_TRUE(connection_->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
  const auto stored = Stored("WORK");
  ASSERT_EQ(stored.size(), static_cast<std::size_t>(kMessages));
  for (int i = 0; i < kMessages; ++i) EXPECT_EQ(stored[i].payload, fmt::format("{}", i));
}

TEST_F(PublisherTest, GivesUpAtTheDeadlineWithoutAServer) {
  nats_.Kill();
  Publisher publisher(*connection_);
  const absl::Time began = absl::Now();
  const auto ack = publisher.Publish({.subject = "work.a", .payload = "x", .id = "1"},
                                     began + absl::Milliseconds(500));
  EXPECT_EQ(ack.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_GE(absl::Now() - began, absl::Milliseconds(400));
}

TEST_F(PublisherTest, WaitsForAServerThatComesInTime) {
  nats_.Kill();
  std::thread starter([&] { nats_.Start(); });
  EXPECT_EQ(Publish("work.a", "x", "1").sequence, 1u);
  starter.join();
}

TEST_F(PublisherTest, ASubjectOfNoStreamIsAFailedPrecondition) {
  Publisher publisher(*connection_);
  absl::Status failed;
  EXPECT_TRUE(fails::testing::Await([&] {  // a last attempt that the deadline cuts is UNAVAILABLE
    failed = publisher
                 .Publish({.subject = "elsewhere", .payload = "x", .id = "1"},
                          absl::Now() + absl::Milliseconds(300))
                 .status();
    return absl::IsFailedPrecondition(failed);
  })) << failed;
  EXPECT_THAT(std::string(failed.message()), HasSubstr("elsewhere"));
}

TEST_F(PublisherTest, AStreamThatIsMadeInTimeTakesIt) {
  Topology more = TestTopology();
  more.streams.push_back({.name = "LATE", .subjects = {"late.>"}});
  std::thread maker([&] { Apply(more); });
  EXPECT_EQ(Publish("late.a", "x", "1").sequence, 1u);
  maker.join();
}

TEST_F(PublisherTest, EightMegabytesPassAndMoreIsRefused) {
  EXPECT_EQ(Publish("work.a", std::string(8'000'000, 'x'), "large").sequence, 1u);
  Publisher publisher(*connection_);
  const auto too_large = publisher.Publish(
      {.subject = "work.a", .payload = std::string(9'000'000, 'x'), .id = "larger"},
      absl::Now() + absl::Seconds(30));
  EXPECT_EQ(too_large.status().code(), absl::StatusCode::kResourceExhausted);

  Topology limited = TestTopology();
  limited.streams[0].max_message_bytes = 1000;
  Apply(limited);
  const auto over_limit =
      publisher.Publish({.subject = "work.a", .payload = std::string(2000, 'x'), .id = "3"},
                        absl::Now() + absl::Seconds(30));
  EXPECT_EQ(over_limit.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Count("WORK"), 1u);
}

TEST_F(PublisherTest, ManyThreadsShareOne) {
  Publisher publisher(*connection_);
  std::vector<std::thread> threads;
  std::atomic<int> stored = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto ack = publisher.Publish(
            {.subject = "work.a", .payload = "x", .id = fmt::format("{}-{}", t, i)},
            absl::Now() + absl::Seconds(30));
        if (ack.ok() && !ack->duplicate) ++stored;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(stored, 400);
  EXPECT_EQ(Count("WORK"), 400u);
}

}  // namespace
}  // namespace fails::bus
