// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "services/scraper/app/lease.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// The right to walk a slice of one page's history. Thread-safe.
class BackfillClaim final : public Lease {
 public:
  struct Holder {
    BackfillStore& store;
    const Clock& clock;
    std::string owner;
    absl::Duration lease;
  };

  // Claims what stands in the store as `entry`, going on from its state. ABORTED when somebody was
  // faster; UNAVAILABLE when the store is away. `holder` outlives the claim.
  static absl::StatusOr<std::unique_ptr<BackfillClaim>> Take(const Holder& holder, std::string page,
                                                             BackfillStore::Entry entry);

  const std::string& page() const override { return page_; }
  const BackfillState& claimed() const { return claimed_; }

  absl::Status Renew() override;
  // Writes `after` back, which gives the page up. ABORTED when lost, or started over by somebody:
  // nothing was written. UNAVAILABLE: not known; the same may be tried again.
  absl::Status Finish(const BackfillState& after);

 private:
  BackfillClaim(const Holder& holder, std::string page, BackfillState claimed,
                std::uint64_t revision);

  absl::Status Write(const BackfillState& next) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Holder& holder_;
  const std::string page_;
  const BackfillState claimed_;
  absl::Mutex mutex_;
  std::uint64_t revision_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace fails::scraper
