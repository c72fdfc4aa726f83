// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/event_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <numeric>
#include <random>

#include "common/obs/metrics.h"
#include "common/testing/await.h"
#include "services/gateway/tests/fake_event_source.h"

namespace fails::gateway {
namespace {

namespace asio = boost::asio;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A hub over a stream in memory, and one event loop for the subscribers.
class EventStreamTest : public ::testing::Test {
 protected:
  void StartHub(std::size_t ring_events = 64) {
    hub_ = std::make_unique<Hub>(source_, Hub::Options{.ring_events = ring_events,
                                                       .read_wait = absl::Milliseconds(5),
                                                       .retry = absl::Milliseconds(5),
                                                       .check_every = absl::ZeroDuration()});
    hub_->Start();
  }
  void AwaitHubAt(std::uint64_t sequence) {
    ASSERT_TRUE(testing::Await([&] {
      const auto position = hub_->position();
      return position && position->last == sequence;
    }));
  }
  void PublishMany(int n) {
    for (int i = 0; i < n; ++i) source_.Publish();
  }

  std::unique_ptr<EventStream> Subscribe(std::optional<std::uint64_t> after = std::nullopt,
                                         EventFilter filter = {},
                                         absl::Duration heartbeat = absl::Seconds(15)) {
    return std::make_unique<EventStream>(
        loop_.get_executor(), *hub_, pool_, std::move(filter), after,
        EventStream::Options{.heartbeat = heartbeat, .replay_retry = absl::Milliseconds(5)});
  }

  // The next piece; "" at the end of the stream, "timeout" after half a minute.
  std::string Next(EventStream& stream) {
    auto piece = asio::co_spawn(loop_, stream.Next(), asio::use_future);
    loop_.restart();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (piece.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      if (loop_.run_one_until(deadline) == 0 && std::chrono::steady_clock::now() >= deadline) {
        ADD_FAILURE() << "no piece came";
        return "timeout";
      }
      loop_.restart();
    }
    const http::SharedBytes bytes = piece.get();
    return bytes ? *bytes : std::string();
  }

  // The id of the next event; 0 at the end.
  std::uint64_t NextId(EventStream& stream) {
    const std::string frame = Next(stream);
    if (frame.empty()) return 0;
    EXPECT_TRUE(frame.starts_with("id: ")) << frame;
    return std::stoull(frame.substr(4));
  }
  std::vector<std::uint64_t> NextIds(EventStream& stream, int n) {
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < n; ++i) ids.push_back(NextId(stream));
    return ids;
  }

  FakeEventSource source_;
  asio::io_context loop_;
  std::unique_ptr<Hub> hub_;
  ReplayPool pool_{source_, 2};
};

TEST_F(EventStreamTest, GreetsWithThePlaceToResumeFrom) {
  PublishMany(3);
  StartHub();
  AwaitHubAt(3);
  auto stream = Subscribe();
  EXPECT_EQ(Next(*stream), ": hello\nretry: 2000\nid: 3\n\n");
}

TEST_F(EventStreamTest, HearsWhatHappensFromNowOn) {
  PublishMany(3);
  StartHub();
  AwaitHubAt(3);
  auto stream = Subscribe();
  Next(*stream);
  PublishMany(2);
  EXPECT_THAT(NextIds(*stream, 2), ElementsAre(4, 5));
}

TEST_F(EventStreamTest, ResumesFromTheRing) {
  PublishMany(10);
  StartHub();
  AwaitHubAt(10);
  auto stream = Subscribe(7);
  Next(*stream);
  EXPECT_THAT(NextIds(*stream, 3), ElementsAre(8, 9, 10));
  PublishMany(1);
  EXPECT_EQ(NextId(*stream), 11u);
  EXPECT_EQ(source_.opened(), 1) << "the ring was enough";
}

TEST_F(EventStreamTest, ResumesFromTheStoredStreamAndJoins) {
  PublishMany(1000);
  StartHub(16);
  AwaitHubAt(1000);
  auto stream = Subscribe(0);
  Next(*stream);
  std::vector<std::uint64_t> expected(1000);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(NextIds(*stream, 1000), expected);
  PublishMany(1);
  EXPECT_EQ(NextId(*stream), 1001u);
}

TEST_F(EventStreamTest, AnIdOlderThanWhatIsKeptStartsAtTheOldest) {
  PublishMany(100);
  source_.TrimBefore(40);
  StartHub(16);
  AwaitHubAt(100);
  auto stream = Subscribe(5);
  Next(*stream);
  EXPECT_EQ(NextId(*stream), 40u);
}

TEST_F(EventStreamTest, NothingLeftOfTheStreamIsNoEndlessSearch) {
  PublishMany(100);
  StartHub(16);
  AwaitHubAt(100);
  source_.TrimBefore(101);
  auto stream = Subscribe(5);
  Next(*stream);
  EXPECT_EQ(NextId(*stream), 85u) << "the oldest event that the ring still has";
}

TEST_F(EventStreamTest, FiltersTheReplayAndWhatComes) {
  for (int i = 0; i < 50; ++i) source_.Publish(i % 10 == 0 ? "anthropic" : "openai");
  StartHub(16);
  AwaitHubAt(50);
  auto stream = Subscribe(0, {{"anthropic"}, {}, {}});
  Next(*stream);
  EXPECT_THAT(NextIds(*stream, 5), ElementsAre(1, 11, 21, 31, 41));
  source_.Publish("openai");
  source_.Publish("anthropic");
  EXPECT_EQ(NextId(*stream), 52u);
}

TEST_F(EventStreamTest, ACommentKeepsAQuietStreamAlive) {
  StartHub();
  auto stream = Subscribe(std::nullopt, {}, absl::Milliseconds(10));
  EXPECT_THAT(Next(*stream), HasSubstr(": hello"));
  EXPECT_EQ(Next(*stream), ": heartbeat\n\n");
  EXPECT_EQ(Next(*stream), ": heartbeat\n\n");
}

TEST_F(EventStreamTest, StaysOpenWhileTheStreamIsAwayAndContinues) {
  source_.SetAvailable(false);
  StartHub();
  auto stream = Subscribe(std::nullopt, {}, absl::Milliseconds(10));
  EXPECT_EQ(Next(*stream), ": hello\nretry: 2000\n\n");
  EXPECT_EQ(Next(*stream), ": heartbeat\n\n");
  source_.SetAvailable(true);
  AwaitHubAt(0);
  source_.Publish();
  std::string piece;
  while ((piece = Next(*stream)) == ": heartbeat\n\n") continue;
  EXPECT_TRUE(piece.starts_with("id: 1\n")) << piece;
  source_.SetAvailable(false);
  EXPECT_EQ(Next(*stream), ": heartbeat\n\n");
}

TEST_F(EventStreamTest, WhoFallsBehindTheRingIsDropped) {
  StartHub(16);
  AwaitHubAt(0);
  auto stream = Subscribe();
  Next(*stream);
  PublishMany(1);
  EXPECT_EQ(NextId(*stream), 1u);
  PublishMany(100);
  AwaitHubAt(101);
  EXPECT_EQ(Next(*stream), "");
  EXPECT_THAT(obs::RenderMetrics(), HasSubstr("fails_gateway_sse_dropped_total 1"));
}

TEST_F(EventStreamTest, ABurstIsNoReasonToBeDropped) {
  StartHub(1000);
  AwaitHubAt(0);
  auto stream = Subscribe();
  Next(*stream);
  PublishMany(900);
  AwaitHubAt(900);
  std::vector<std::uint64_t> expected(900);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(NextIds(*stream, 900), expected);
}

TEST_F(EventStreamTest, EndsWhenTheStreamBeganAnew) {
  PublishMany(10);
  StartHub();
  AwaitHubAt(10);
  auto stream = Subscribe();
  Next(*stream);
  source_.BeginAnew();
  AwaitHubAt(0);
  EXPECT_EQ(Next(*stream), "");
  auto again = Subscribe();
  Next(*again);
  source_.Publish();
  EXPECT_EQ(NextId(*again), 1u);
}

TEST_F(EventStreamTest, EndsWithTheHub) {
  StartHub();
  AwaitHubAt(0);
  auto stream = Subscribe();
  Next(*stream);
  hub_->Stop();
  EXPECT_EQ(Next(*stream), "");
}

TEST_F(EventStreamTest, WhatIsNoEventIsSkipped) {
  StartHub();
  AwaitHubAt(0);
  auto stream = Subscribe();
  Next(*stream);
  source_.PublishRaw("nonsense");
  source_.Publish();
  EXPECT_EQ(NextId(*stream), 2u);
}

// The promise of the stream: whoever comes back with the last id has seen every event exactly once.
TEST_F(EventStreamTest, RandomDisconnectsLoseAndRepeatNothing) {
  constexpr int kEvents = 3000;
  StartHub(32);
  AwaitHubAt(0);
  std::thread publisher([&] { PublishMany(kEvents); });
  std::mt19937 random(20240828);
  std::vector<std::uint64_t> seen;
  std::uint64_t last = 0;
  while (last < kEvents) {
    auto stream = Subscribe(last);
    Next(*stream);
    for (unsigned left = random() % 200; left > 0 && last < kEvents; --left) {
      const std::uint64_t id = NextId(*stream);
      if (id == 0) break;  // dropped for being slow: comes back like any other
      seen.push_back(last = id);
    }
  }
  publisher.join();
  std::vector<std::uint64_t> expected(kEvents);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace fails::gateway
