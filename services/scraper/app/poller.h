// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <optional>
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
#include "services/scraper/app/claim.h"
#include "services/scraper/app/health_board.h"
#include "services/scraper/app/lease_keeper.h"
#include "services/scraper/app/page_poll.h"
#include "services/scraper/app/poll_metrics.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/app/watched_page.h"
#include "services/scraper/domain/agenda.h"
#include "services/scraper/domain/schedule.h"

namespace fails::scraper {

// Polls the pages when they are due, as long as no other replica does. One thread waits for the
// next page that is due and hands it to a worker; a worker claims the page, polls it, writes the
// outcome back. Pages never wait for each other, unless more than max_polls (or, of one host,
// max_per_host) are under way.
class Poller {
 public:
  struct Options {
    int max_polls = 32;
    int max_per_host = 2;
    SchedulePolicy schedule;
  };

  // What the poller works with; all of it outlives the poller.
  struct Parts {
    const Clock& clock;
    Claims& claims;
    LeaseKeeper& keeper;
    const PagePoll& page_poll;
    HealthBoard& board;
    PollMetrics& metrics;
    Random random;
    // Which platform a page is on that answers wrongly; empty: not known. None: nobody asks.
    std::function<std::string(const std::string& url, const std::function<absl::Status()>& cut)>
        detect;
    std::function<void()> cancel_fetches;  // ends the requests under way; called once, by Stop
  };

  // `pages`, which outlive the poller: the dormant ones are left out. A page that nobody has polled
  // yet is due at once.
  Poller(const std::vector<WatchedPage>& pages, Options options, Parts parts);
  ~Poller();

  void Start();
  // Begins no poll any more, gives those under way a moment, cuts them short before `deadline`, and
  // gives their claims back. Idempotent.
  void Stop(absl::Time deadline);

  // The shared state of a page is now this (absent: deleted), as seen by whoever follows it. May
  // come late and repeat. From any thread.
  void PageChanged(const std::string& page, const std::optional<PageState>& state);

 private:
  void Schedule();
  void Work();
  // Makes the pages ready that are due and may run; how many.
  int StartDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The scheduling thread sleeps too long.
  void WakeIfEarlier() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Both return when to look at the page again.
  absl::Time PollOnce(const WatchedPage& page);
  absl::Time PollClaimed(const WatchedPage& page, Claim& claim);
  // Holds on to an outcome while the store is away: without it, all of it would be asked for and
  // published again.
  absl::StatusOr<PageState> Keep(Claim& claim, const PageState& after);
  // A platform that throws is one page's failure, not the process's.
  PollReport RunGuarded(const PollTarget& target, const SharedValidators& validators,
                        const PollOptions& options, const std::function<absl::Status()>& cut) const;
  // What has become of a page that keeps answering wrongly.
  PageState Probed(PageState state, const WatchedPage& page,
                   const std::function<absl::Status()>& cut) const;
  void NoteStore(const absl::Status& status);

  const Options options_;
  const Parts parts_;
  std::unordered_map<std::string_view, const WatchedPage*> pages_;

  absl::Mutex mutex_;
  absl::CondVar wake_;  // of the scheduling thread
  absl::CondVar work_;  // of the workers
  absl::Time wake_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  Agenda agenda_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::string> ready_ ABSL_GUARDED_BY(mutex_);
  bool started_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Notification stopping_;  // given under the mutex
  std::atomic<bool> store_away_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fails::scraper
