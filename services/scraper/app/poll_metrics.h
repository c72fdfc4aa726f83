// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/obs/metrics.h"
#include "services/scraper/domain/backfill_state.h"
#include "services/scraper/domain/page_state.h"

namespace fails::scraper {

// fails_scraper_polls_total{page,outcome}, fails_scraper_documents_published_total{page},
// fails_scraper_poll_seconds, fails_scraper_pages{state}; of each page its state, the ages of its
// last success and change (as time stamps), and how far the walk through its history has come.
// Thread-safe.
class PollMetrics {
 public:
  void Polled(const std::string& page, std::string_view outcome, int published,
              absl::Duration took);

  // The last known health of a page, whichever replica polled it.
  void SetHealth(const std::string& page, const Health& health);

  // A slice of the walk through the history.
  void Backfilled(const std::string& page, int published);
  void SetBackfill(const std::string& page, const BackfillProgress& progress);

 private:
  // The series of a page that every poll moves, kept at hand: finding one by its labels costs more.
  struct Series {
    obs::Gauge last_success, last_change;
    std::optional<HealthState> state;
    std::optional<obs::Counter> documents;
    std::map<std::string, obs::Counter, std::less<>> polls;  // by outcome
  };
  Series& Of(const std::string& page) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::map<std::string, Series> series_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::scraper
