// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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

// The right to poll one page, for as long as the lease is renewed.
class Claim final : public Lease {
 public:
  const std::string& page() const override { return page_; }
  // As it was when the page was claimed.
  const PageState& claimed() const { return claimed_; }
  // Another replica took the page over, or the lease ran out unrenewed.
  bool lost() const;

  absl::Status Renew() override;

  // Writes `after` back and gives the page up. Returns what was stored, which may be due earlier
  // than `after` (see MergeAfterPoll). ABORTED when lost: nothing was written.
  absl::StatusOr<PageState> Finish(const PageState& after);

 private:
  friend class Claims;
  struct Holder {
    StateStore& store;
    const Clock& clock;
    std::string owner;
    absl::Duration lease;
  };
  Claim(const Holder& holder, std::string page, StateStore::Entry claimed);

  absl::StatusOr<PageState> Write(const std::function<PageState(const PageState& stored)>& change)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Holder& holder_;
  const std::string page_;
  const PageState claimed_;
  mutable absl::Mutex mutex_;
  StateStore::Entry stored_ ABSL_GUARDED_BY(mutex_);
  bool taken_over_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

// Claims pages for one owner. Claims must not outlive it. Thread-safe.
class Claims {
 public:
  Claims(StateStore& store, const Clock& clock, std::string owner, absl::Duration lease);

  struct Attempt {
    std::unique_ptr<Claim> claim;  // null: not ours now
    absl::Time due;                // when to try again, if there is none
  };

  // Claims a page that is due. UNAVAILABLE while the store is away.
  absl::StatusOr<Attempt> Take(const std::string& page);

  const std::string& owner() const { return holder_.owner; }

 private:
  Claim::Holder holder_;
};

}  // namespace fails::scraper
