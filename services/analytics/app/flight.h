// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/analytics/domain/cancelled.h"

namespace fails::analytics {

// One computation that others can join: its leader computes, its followers wait. Thread-safe.
template <class Answer>
class Flight {
 public:
  // Makes a follower; Follow() ends it.
  void Join() { ++followers_; }

  // Computes, calls `land` with what came of it, then tells the followers. Also when `compute`
  // throws: nobody may wait for ever.
  template <class Compute, class Land>
  absl::StatusOr<Answer> Lead(const Cancelled& cancelled, const Compute& compute,
                              const Land& land) {
    absl::StatusOr<Answer> outcome = absl::InternalError("the computation broke off");
    {
      const absl::Cleanup tell = [&] {
        land(outcome);
        absl::MutexLock lock(&mutex_);
        outcome_ = outcome;
      };
      outcome = compute([&] { return followers_.load() == 0 && cancelled(); });
    }
    return outcome;
  }

  // Absent: the computation was given up just before this caller joined; ask again.
  std::optional<absl::StatusOr<Answer>> Follow(const Cancelled& cancelled) {
    const auto done = [this]()
                          ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return outcome_.has_value(); };
    std::optional<absl::StatusOr<Answer>> outcome;
    while (!outcome) {
      {
        absl::MutexLock lock(&mutex_);
        if (mutex_.AwaitWithTimeout(absl::Condition(&done), kLookAround)) outcome = outcome_;
      }
      if (!outcome && cancelled()) outcome = absl::CancelledError("the client went away");
    }
    --followers_;
    // Given up by its leader before it knew of us: our client is still there.
    if (absl::IsCancelled(outcome->status()) && !cancelled()) return std::nullopt;
    return outcome;
  }

 private:
  // How often a waiting call looks whether its client is still there: gRPC tells that to those who
  // ask only.
  static constexpr absl::Duration kLookAround = absl::Milliseconds(50);

  absl::Mutex mutex_;
  std::optional<absl::StatusOr<Answer>> outcome_ ABSL_GUARDED_BY(mutex_);
  std::atomic<int> followers_ = 0;
};

}  // namespace fails::analytics
