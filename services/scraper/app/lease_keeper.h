// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/scraper/app/lease.h"

namespace fails::scraper {

// Renews the leases of running polls and walks on a thread of its own, so that a lease can be much
// shorter than a slow poll. Thread-safe.
class LeaseKeeper {
 public:
  // `every` is well under the lease: a third of it.
  explicit LeaseKeeper(absl::Duration every);
  ~LeaseKeeper();

  // Keeps a lease while the guard lives. The guard must go before the lease and the keeper.
  class Guard {
   public:
    Guard(LeaseKeeper& keeper, Lease& lease);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    LeaseKeeper& keeper_;
    Lease& lease_;
  };

 private:
  void Run();

  const absl::Duration every_;
  absl::Mutex mutex_;  // held while renewing: a guard's end waits for that
  std::set<Lease*> leases_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace fails::scraper
