// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/app/watched_page.h"

namespace fails::scraper {

// What others may ask of the scraper. Thread-safe.
class PageDesk {
 public:
  // Tells the own poller of a change at once, without the way round over the bucket.
  using Changed = std::function<void(const std::string& page, const PageState& state)>;

  using BackfillChanged = std::function<void(const std::string& page, const BackfillState& state)>;

  // `pages` outlive it.
  PageDesk(const std::vector<WatchedPage>& pages, bool polling, const Clock& clock,
           StateStore& store, BackfillStore& backfills, Changed changed,
           BackfillChanged backfill_changed);

  struct Listed {
    const WatchedPage& page;
    Health health;
    std::optional<BackfillProgress> backfill;  // absent: the history was never walked
  };
  // All pages in catalog order with their health as of now. UNAVAILABLE while the store is away.
  absl::StatusOr<std::vector<Listed>> List();

  // Makes the page due at once, whichever replica holds it; if it is being polled, it will be
  // polled once more after. NOT_FOUND; FAILED_PRECONDITION for a dormant page or without polling.
  absl::Status PollNow(const std::string& page);

  // Begins the walk through the page's history, or begins it anew, whichever replica goes on with
  // it. NOT_FOUND; FAILED_PRECONDITION as PollNow; UNIMPLEMENTED when the platform offers no
  // history.
  absl::Status Backfill(const std::string& page);

 private:
  absl::StatusOr<const WatchedPage*> FindActive(const std::string& page) const;

  const std::vector<WatchedPage>& pages_;
  const bool polling_;
  const Clock& clock_;
  StateStore& store_;
  BackfillStore& backfills_;
  const Changed changed_;
  const BackfillChanged backfill_changed_;
};

}  // namespace fails::scraper
