// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/work_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/notification.h"

namespace fails::analytics {
namespace {

TEST(WorkPool, DoesEachPieceOnce) {
  WorkPool pool(3);
  for (const std::size_t n : {0U, 1U, 2U, 1000U}) {
    std::vector<std::atomic<int>> times(n);
    pool.Run(n, [&](std::size_t i) { ++times[i]; });
    for (const auto& t : times) EXPECT_EQ(t, 1);
  }
}

TEST(WorkPool, WorksSideBySide) {
  WorkPool pool(2);
  // Nobody passes before all three have come.
  auto* barrier = new absl::Barrier(3);
  absl::Mutex mutex;
  std::set<std::thread::id> threads;
  pool.Run(3, [&](std::size_t) {
    if (barrier->Block()) delete barrier;
    absl::MutexLock lock(&mutex);
    threads.insert(std::this_thread::get_id());
  });
  EXPECT_EQ(threads.size(), 3u);
  EXPECT_TRUE(threads.contains(std::this_thread::get_id()));
}

TEST(WorkPool, ABusyPoolKeepsNobodyWaiting) {
  WorkPool pool(1);
  absl::Notification go_on;
  std::atomic<int> busy = 0;
  std::thread other([&] {
    pool.Run(2, [&](std::size_t) {
      ++busy;
      go_on.WaitForNotification();
    });
  });
  while (busy < 2) std::this_thread::yield();
  int done = 0;
  pool.Run(5, [&](std::size_t) { ++done; });
  EXPECT_EQ(done, 5) << "on this thread alone";
  go_on.Notify();
  other.join();
}

TEST(WorkPool, HandsOnWhatIsThrownAfterTheRestIsDone) {
  WorkPool pool(2);
  std::atomic<int> done = 0;
  EXPECT_THROW(pool.Run(10,
                        [&](std::size_t i) {
                          if (i == 3) throw std::runtime_error("three");
                          ++done;
                        }),
               std::runtime_error);
  EXPECT_EQ(done, 9);
}

TEST(WorkPool, WithoutThreadsTheCallerWorks) {
  WorkPool pool(0);
  int done = 0;
  pool.Run(3, [&](std::size_t) { ++done; });
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace fails::analytics
