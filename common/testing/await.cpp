// SPDX-License-Identifier: Apache-2.0
#include "common/testing/await.h"

#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace fails::testing {

bool Await(const std::function<bool()>& condition, absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  while (!condition()) {
    if (absl::Now() >= deadline) return condition();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

bool Returns(std::function<void()> work, absl::Duration timeout) {
  const auto returned = std::make_shared<absl::Notification>();
  std::thread([work = std::move(work), returned] {
    work();
    returned->Notify();
  }).detach();
  return returned->WaitForNotificationWithTimeout(timeout);
}

}  // namespace fails::testing
