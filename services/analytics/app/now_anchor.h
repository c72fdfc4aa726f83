// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace fails::analytics {

// The `now` of queries that say none. It follows the clock in steps, so that equal queries on
// unchanged data are equal and find each other's answer; new data always gets a fresh one.
// Thread-safe.
class NowAnchor {
 public:
  explicit NowAnchor(const Clock& clock, absl::Duration step = absl::Seconds(10))
      : clock_(clock), step_(step) {}

  absl::Time For(std::int64_t data_version) {
    const absl::Time now = clock_.Now();
    absl::MutexLock lock(&mutex_);
    if (version_ != data_version || now < anchor_ || now - anchor_ >= step_) {
      version_ = data_version;
      anchor_ = now;
    }
    return anchor_;
  }

 private:
  const Clock& clock_;
  const absl::Duration step_;
  absl::Mutex mutex_;
  std::int64_t version_ ABSL_GUARDED_BY(mutex_) = -1;
  absl::Time anchor_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::analytics
