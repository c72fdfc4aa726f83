// SPDX-License-Identifier: Apache-2.0
#include "common/bus/turns.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "absl/synchronization/notification.h"

namespace fails::bus {
namespace {

TEST(TurnsTest, AnotherKeyDoesNotWait) {
  Turns turns;
  const Turns::Turn a = turns.Draw("a"), b = turns.Draw("b");
  b.Await();
  a.Await();
}

TEST(TurnsTest, TheSecondWaitsUntilTheFirstIsGone) {
  Turns turns;
  std::optional<Turns::Turn> first(turns.Draw("a"));
  std::optional<Turns::Turn> second(turns.Draw("a"));
  std::atomic<bool> first_is_gone = false, waited_for_it = false;
  absl::Notification begun;
  std::thread waiting([&] {
    begun.Notify();
    second->Await();
    waited_for_it = first_is_gone.load();
  });
  begun.WaitForNotification();
  first->Await();
  first_is_gone = true;
  first.reset();
  waiting.join();
  EXPECT_TRUE(waited_for_it);
}

TEST(TurnsTest, OneThatLeavesEarlyHoldsUpNobody) {
  Turns turns;
  std::optional<Turns::Turn> first(turns.Draw("a")), second(turns.Draw("a"));
  const Turns::Turn third = turns.Draw("a");
  second.reset();
  first.reset();
  third.Await();
  const Turns::Turn after = turns.Draw("b");
  after.Await();
}

TEST(TurnsTest, AMovedTurnKeepsItsPlace) {
  Turns turns;
  Turns::Turn first = turns.Draw("a");
  std::optional<Turns::Turn> second(turns.Draw("a"));
  {
    const Turns::Turn moved = std::move(first);
    moved.Await();
  }
  second->Await();
}

}  // namespace
}  // namespace fails::bus
