// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/base/clock.h"
#include "services/scraper/app/page_poll.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/app/watched_page.h"

namespace fails::scraper {

// What others may ask of the scraper. Thread-safe.
class PageDesk {
 public:
  // Tells the own poller of a change at once, without the way round over the bucket.
  using Changed = std::function<void(const std::string& page, const PageState& state)>;

  PageDesk(std::vector<WatchedPage> pages, bool polling, const Clock& clock, StateStore& store,
           const PagePoll& page_poll, Changed changed);

  struct Listed {
    const WatchedPage& page;
    Health health;
  };
  // All pages in catalog order with their health as of now. UNAVAILABLE while the store is away.
  absl::StatusOr<std::vector<Listed>> List();

  // Makes the page due at once, whichever replica holds it; if it is being polled, it will be
  // polled once more after. NOT_FOUND; FAILED_PRECONDITION for a dormant page or without polling.
  absl::Status PollNow(const std::string& page);

  // Walks the page's history and publishes what it finds; returns when done, with the number of
  // documents. `cut` can end it before (CANCELLED and the like). Needs no claim: it keeps nothing
  // in the shared state, so polls go on beside it, and repeating it repeats nothing, since equal
  // documents are one message. NOT_FOUND; FAILED_PRECONDITION as PollNow; UNIMPLEMENTED when the
  // platform offers no history; ALREADY_EXISTS while one runs here; UNAVAILABLE when documents are
  // missing.
  absl::StatusOr<int> Backfill(const std::string& page, const std::function<absl::Status()>& cut);

 private:
  absl::StatusOr<const WatchedPage*> FindActive(const std::string& page) const;

  const std::vector<WatchedPage> pages_;
  const bool polling_;
  const Clock& clock_;
  StateStore& store_;
  const PagePoll& page_poll_;
  const Changed changed_;
  absl::Mutex mutex_;
  std::set<std::string> backfilling_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::scraper
