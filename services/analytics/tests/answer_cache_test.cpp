// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/answer_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/testing/fake_clock.h"
#include "services/analytics/app/now_anchor.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using Answer = AnswerCache::Answer;
using testing::Never;

constexpr std::size_t kRoom = 1 << 20;

Answer AnswerNamed(const std::string& id, std::size_t bytes = 0) {
  auto answer = std::make_shared<v1::Analysis>();
  answer->set_id(id);
  answer->set_method(std::string(bytes, 'x'));
  return answer;
}

// Counts how often it was asked.
struct Computer {
  int calls = 0;
  std::size_t bytes = 0;
  AnswerCache::Compute For(const std::string& id) {
    return [this, id](const Cancelled&) -> absl::StatusOr<Answer> {
      ++calls;
      return AnswerNamed(id, bytes);
    };
  }
};

TEST(AnswerCache, ComputesOncePerKey) {
  AnswerCache cache(kRoom);
  Computer computer;
  EXPECT_EQ((*cache.Get("a", Never, computer.For("a")))->id(), "a");
  EXPECT_EQ((*cache.Get("a", Never, computer.For("wrong")))->id(), "a");
  EXPECT_EQ((*cache.Get("b", Never, computer.For("b")))->id(), "b");
  EXPECT_EQ(computer.calls, 2);
}

TEST(AnswerCache, DropsTheLeastRecentlyUsed) {
  AnswerCache cache(3500);
  Computer computer{.bytes = 1000};
  for (const char* key : {"a", "b"}) ASSERT_TRUE(cache.Get(key, Never, computer.For(key)).ok());
  ASSERT_TRUE(cache.Get("a", Never, computer.For("a")).ok());  // a hit: now b is the oldest
  ASSERT_TRUE(cache.Get("c", Never, computer.For("c")).ok());
  EXPECT_EQ(computer.calls, 3);
  ASSERT_TRUE(cache.Get("a", Never, computer.For("a")).ok());
  EXPECT_EQ(computer.calls, 3);
  ASSERT_TRUE(cache.Get("b", Never, computer.For("b")).ok());
  EXPECT_EQ(computer.calls, 4);
}

TEST(AnswerCache, AnAnswerLargerThanTheCacheIsGivenButNotKept) {
  AnswerCache cache(1000);
  Computer computer{.bytes = 5000};
  EXPECT_TRUE(cache.Get("a", Never, computer.For("a")).ok());
  EXPECT_TRUE(cache.Get("a", Never, computer.For("a")).ok());
  EXPECT_EQ(computer.calls, 2);
}

TEST(AnswerCache, ErrorsAreNotKept) {
  AnswerCache cache(kRoom);
  const auto failed = cache.Get("a", Never, [](const Cancelled&) -> absl::StatusOr<Answer> {
    return absl::UnavailableError("not now");
  });
  EXPECT_EQ(failed.status().code(), absl::StatusCode::kUnavailable);
  Computer computer;
  EXPECT_TRUE(cache.Get("a", Never, computer.For("a")).ok());
}

TEST(AnswerCache, AThrownErrorLeavesNobodyWaiting) {
  AnswerCache cache(kRoom);
  const auto boom = [](const Cancelled&) -> absl::StatusOr<Answer> {
    throw std::runtime_error("boom");
  };
  EXPECT_THROW(static_cast<void>(cache.Get("a", Never, boom)), std::runtime_error);
  Computer computer;
  EXPECT_TRUE(cache.Get("a", Never, computer.For("a")).ok());
}

TEST(AnswerCache, EqualQuestionsAtOnceAreComputedOnce) {
  AnswerCache cache(kRoom);
  absl::Notification computing, go_on;
  std::atomic<int> calls = 0;
  const auto slow = [&](const Cancelled&) -> absl::StatusOr<Answer> {
    ++calls;
    computing.Notify();
    go_on.WaitForNotification();
    return AnswerNamed("a");
  };
  std::atomic<int> answered = 0;
  const auto ask = [&](const Cancelled& cancelled) {
    const auto answer = cache.Get("a", cancelled, slow);
    if (answer.ok() && (*answer)->id() == "a") ++answered;
  };
  std::thread leader([&] { ask(Never); });
  computing.WaitForNotification();
  std::vector<std::thread> followers;
  // Those who wait look around for their client: so they have joined.
  std::vector<std::unique_ptr<std::atomic<bool>>> waiting;
  for (int i = 0; i < 7; ++i) {
    waiting.push_back(std::make_unique<std::atomic<bool>>(false));
    followers.emplace_back([&ask, &flag = *waiting.back()] {
      ask([&flag] {
        flag = true;
        flag.notify_all();
        return false;
      });
    });
  }
  for (const auto& flag : waiting) flag->wait(false);
  go_on.Notify();
  leader.join();
  for (std::thread& follower : followers) follower.join();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(answered, 8);
}

TEST(AnswerCache, AComputationGoesOnAsLongAsAnybodyWaits) {
  AnswerCache cache(kRoom);
  absl::Notification computing;
  std::atomic<bool> leader_left = false, follower_waits = false;
  const auto until_cancelled_or_joined = [&](const Cancelled& nobody) -> absl::StatusOr<Answer> {
    computing.Notify();
    follower_waits.wait(false);
    leader_left = true;
    if (nobody()) return absl::CancelledError("");
    return AnswerNamed("a");
  };
  std::thread leader([&] {
    EXPECT_TRUE(cache
                    .Get(
                        "a", [&] { return leader_left.load(); }, until_cancelled_or_joined)
                    .ok());
  });
  computing.WaitForNotification();
  const auto answer = cache.Get(
      "a",
      [&] {
        follower_waits = true;
        follower_waits.notify_all();
        return false;
      },
      until_cancelled_or_joined);
  leader.join();
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ((*answer)->id(), "a");
}

TEST(AnswerCache, WhoLeavesGetsCancelledAndTheOthersTheirAnswer) {
  AnswerCache cache(kRoom);
  absl::Notification computing, go_on;
  const auto slow = [&](const Cancelled&) -> absl::StatusOr<Answer> {
    computing.Notify();
    go_on.WaitForNotification();
    return AnswerNamed("a");
  };
  std::thread leader([&] { EXPECT_TRUE(cache.Get("a", Never, slow).ok()); });
  computing.WaitForNotification();
  const auto left = cache.Get(
      "a", [] { return true; }, slow);
  EXPECT_EQ(left.status().code(), absl::StatusCode::kCancelled);
  go_on.Notify();
  leader.join();
}

TEST(AnswerCache, AnAbandonedComputationStops) {
  AnswerCache cache(kRoom);
  const auto answer = cache.Get(
      "a", [] { return true; },
      [](const Cancelled& nobody) -> absl::StatusOr<Answer> {
        EXPECT_TRUE(nobody());
        return absl::CancelledError("");
      });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kCancelled);
}

TEST(NowAnchor, StandsStillForAWhileAndMovesWithTheData) {
  const absl::Time start = testing::At("2024-09-01T00:00:00Z");
  fails::testing::FakeClock clock(start);
  NowAnchor anchor(clock, absl::Seconds(10));
  EXPECT_EQ(anchor.For(1), start);
  clock.Advance(absl::Seconds(9));
  EXPECT_EQ(anchor.For(1), start);
  EXPECT_EQ(anchor.For(2), start + absl::Seconds(9));
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(anchor.For(2), start + absl::Seconds(19));
  clock.Advance(-absl::Hours(1));  // a clock that was put back
  EXPECT_EQ(anchor.For(2), clock.Now());
}

}  // namespace
}  // namespace fails::analytics
