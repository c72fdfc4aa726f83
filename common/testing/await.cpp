// SPDX-License-Identifier: Apache-2.0
#include "common/testing/await.h"

#include <chrono>
#include <thread>

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

}  // namespace fails::testing
