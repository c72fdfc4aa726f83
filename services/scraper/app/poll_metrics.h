// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/obs/collector.h"
#include "services/scraper/app/watched_page.h"
#include "services/scraper/domain/backfill_state.h"
#include "services/scraper/domain/page_state.h"

namespace fails::scraper {

// fails_scraper_polls_total{page,outcome}, fails_scraper_documents_published_total{page},
// fails_scraper_poll_seconds, fails_scraper_pages{state}; of each page its state, the ages of its
// last success and change (as time stamps), and how far the walk through its history has come.
// Told of pages that are polled; others are passed over. Thread-safe.
class PollMetrics {
 public:
  // `pages` and `clock` outlive it.
  PollMetrics(const std::vector<WatchedPage>& pages, const Clock& clock);

  // `outcome` is one of Word's.
  void Polled(const std::string& page, std::string_view outcome, int published,
              absl::Duration took);

  // The last known health of a page, whichever replica polled it.
  void SetHealth(const std::string& page, const Health& health);

  // A slice of the walk through the history.
  void Backfilled(const std::string& page, int published);
  void SetBackfill(const std::string& page, const BackfillProgress& progress);

 private:
  struct Polls {
    std::string_view outcome;
    std::int64_t count = 0;
  };
  struct History {
    std::int64_t pending = 0;
    bool done = false;
  };
  // A page's numbers; the series are made of them when somebody asks.
  struct Numbers {
    const WatchedPage* page = nullptr;
    HealthState state = HealthState::kUnknown;
    std::optional<absl::Time> last_success, last_change;
    std::vector<Polls> polls;  // one for each outcome that was seen
    std::int64_t documents = 0;
    std::optional<History> history;
    std::optional<std::int64_t> history_documents;
  };
  using Tell = std::function<void(obs::Family)>;

  Numbers* Of(const std::string& page) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Collect(const Tell& tell);
  void CollectStates(const Tell& tell);
  void CollectPolls(const Tell& tell);
  // A series of each page that `value` gives one for.
  void CollectEach(const Tell& tell, obs::Family family,
                   const std::function<std::optional<double>(const Numbers&)>& value);

  const Clock& clock_;
  absl::Mutex mutex_;
  std::vector<Numbers> pages_ ABSL_GUARDED_BY(mutex_);
  std::unordered_map<std::string_view, Numbers*> by_id_;  // never changes
  const obs::Collector collector_;  // the last: goes first, while what it reads is there
};

}  // namespace fails::scraper
