// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poll_metrics.h"

#include <optional>

#include "common/obs/metrics.h"

namespace fails::scraper {
namespace {

obs::Gauge PagesIn(HealthState state) {
  return obs::GetGauge("fails_scraper_pages", "Pages by the health of their collection",
                       {{"state", ToString(state)}});
}

obs::Gauge StateOf(const std::string& page, HealthState state) {
  return obs::GetGauge("fails_scraper_page_state", "1: the health of a page's collection",
                       {{"page", page}, {"state", ToString(state)}});
}

void SetTime(const char* name, const char* help, const std::string& page,
             const std::optional<absl::Time>& time) {
  obs::GetGauge(name, help, {{"page", page}})
      .Set(time ? static_cast<double>(absl::ToUnixSeconds(*time)) : 0);
}

}  // namespace

void PollMetrics::Polled(const std::string& page, std::string_view outcome, int published,
                         absl::Duration took) {
  obs::GetCounter("fails_scraper_polls_total", "Polls by their outcome",
                  {{"page", page}, {"outcome", std::string(outcome)}})
      .Increment();
  obs::GetCounter("fails_scraper_documents_published_total", "Documents that had changed",
                  {{"page", page}})
      .Increment(published);
  static const obs::Histogram seconds = obs::GetHistogram(
      "fails_scraper_poll_seconds", "Duration of a poll: all documents of one page");
  seconds.Observe(absl::ToDoubleSeconds(took));
}

void PollMetrics::SetHealth(const std::string& page, const Health& health) {
  SetTime("fails_scraper_page_last_success_timestamp_seconds",
          "When a page last answered well; 0: never", page, health.last_success_at);
  SetTime("fails_scraper_page_last_change_timestamp_seconds",
          "When a page last had something new; 0: never", page, health.last_change_at);
  absl::MutexLock lock(&mutex_);
  const auto [it, added] = health_.try_emplace(page, health.state);
  if (!added && it->second == health.state) return;
  if (!added) {
    PagesIn(it->second).Increment(-1);
    StateOf(page, it->second).Set(0);
  }
  PagesIn(health.state).Increment();
  StateOf(page, health.state).Set(1);
  it->second = health.state;
}

void PollMetrics::Backfilled(const std::string& page, int published) {
  obs::GetCounter("fails_scraper_backfill_documents_total", "Documents of pages' histories",
                  {{"page", page}})
      .Increment(published);
}

void PollMetrics::SetBackfill(const std::string& page, const BackfillProgress& progress) {
  obs::GetGauge("fails_scraper_page_backfill_pending", "Documents of a page's history to come",
                {{"page", page}})
      .Set(static_cast<double>(progress.pending));
  obs::GetGauge("fails_scraper_page_backfill_done", "1 once a page's history was walked",
                {{"page", page}})
      .Set(progress.phase == BackfillPhase::kDone ? 1 : 0);
}

}  // namespace fails::scraper
