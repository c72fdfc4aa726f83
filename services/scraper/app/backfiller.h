// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "services/scraper/app/backfill_claim.h"
#include "services/scraper/app/health_board.h"
#include "services/scraper/app/history_walk.h"
#include "services/scraper/app/lease_keeper.h"
#include "services/scraper/app/poll_metrics.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/app/watched_page.h"
#include "services/scraper/domain/agenda.h"

namespace fails::scraper {

// Walks the history of every page that was polled well once and whose history was not walked yet,
// on threads of its own beside the polls. A walk goes in slices: claim by compare-and-set, fetch
// and publish a few documents, write what is left. Between two slices any replica may take it over,
// and after a crash the slice is walked again when its lease has run out.
class Backfiller {
 public:
  struct Options {
    int max_walks = 4;
    absl::Duration lease = absl::Seconds(15);  // renewed while a slice goes on
    SliceOptions slice;
  };

  // What it works with; all of it outlives it.
  struct Parts {
    const Clock& clock;
    BackfillStore& store;
    LeaseKeeper& keeper;
    const HistoryWalk& walk;
    HealthBoard& board;
    PollMetrics& metrics;
    std::string owner;
  };

  // `pages` outlive it. The dormant ones are left out, and those whose platform offers no history.
  Backfiller(const std::vector<WatchedPage>& pages, Options options, Parts parts);
  ~Backfiller();

  void Start();
  // Ends the slices under way after their present request and writes back what they have. The
  // fetches themselves are the caller's to cut short. Idempotent.
  void Stop();

  // The shared states are now these, as seen by whoever follows them. May come late and repeat.
  // From any thread.
  void PageChanged(const std::string& page, const std::optional<PageState>& state);
  void BackfillChanged(const std::string& page, const std::optional<BackfillState>& state);

 private:
  void Schedule();
  void Work();
  // Both return when to look at the page again.
  absl::Time WalkOnce(const WatchedPage& page);
  absl::Time WalkClaimed(const WatchedPage& page, BackfillClaim& claim);
  absl::Status Keep(BackfillClaim& claim, const BackfillState& state);

  const Options options_;
  const Parts parts_;
  const BackfillClaim::Holder holder_;
  std::unordered_map<std::string_view, const WatchedPage*> pages_;

  absl::Mutex mutex_;
  absl::CondVar wake_;  // of the scheduling thread
  absl::CondVar work_;  // of the workers
  Agenda agenda_ ABSL_GUARDED_BY(mutex_);
  std::set<std::string> polled_well_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::string> ready_ ABSL_GUARDED_BY(mutex_);
  bool started_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Notification stopping_;  // given under the mutex
  std::vector<std::thread> threads_;
};

}  // namespace fails::scraper
