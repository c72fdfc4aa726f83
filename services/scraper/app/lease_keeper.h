// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/scraper/app/claim.h"

namespace fails::scraper {

// Renews the leases of running polls on a thread of its own, so that a lease can be much shorter
// than a slow poll.
class LeaseKeeper {
 public:
  // `every` is well under the lease: a third of it.
  explicit LeaseKeeper(absl::Duration every);
  ~LeaseKeeper();

  // Keeps a claim while the returned guard lives. The guard must go before the claim and the
  // keeper.
  class Guard {
   public:
    Guard(LeaseKeeper& keeper, Claim& claim);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    LeaseKeeper& keeper_;
    Claim& claim_;
  };

 private:
  void Run();

  const absl::Duration every_;
  absl::Mutex mutex_;  // held while renewing: a guard's end waits for that
  std::set<Claim*> claims_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace fails::scraper
