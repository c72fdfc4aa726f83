// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poll_metrics.h"

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

double UnixSeconds(const std::optional<absl::Time>& time) {
  return time ? static_cast<double>(absl::ToUnixSeconds(*time)) : 0;
}

}  // namespace

PollMetrics::Series& PollMetrics::Of(const std::string& page) {
  const auto [it, added] = series_.try_emplace(page);
  if (added) {
    it->second.last_success =
        obs::GetGauge("fails_scraper_page_last_success_timestamp_seconds",
                      "When a page last answered well; 0: never", {{"page", page}});
    it->second.last_change =
        obs::GetGauge("fails_scraper_page_last_change_timestamp_seconds",
                      "When a page last had something new; 0: never", {{"page", page}});
  }
  return it->second;
}

void PollMetrics::Polled(const std::string& page, std::string_view outcome, int published,
                         absl::Duration took) {
  static const obs::Histogram seconds = obs::GetHistogram(
      "fails_scraper_poll_seconds", "Duration of a poll: all documents of one page");
  seconds.Observe(absl::ToDoubleSeconds(took));
  absl::MutexLock lock(&mutex_);
  Series& series = Of(page);
  auto polls = series.polls.find(outcome);
  if (polls == series.polls.end()) {
    const std::string name(outcome);
    polls =
        series.polls
            .emplace(name, obs::GetCounter("fails_scraper_polls_total", "Polls by their outcome",
                                           {{"page", page}, {"outcome", name}}))
            .first;
  }
  polls->second.Increment();
  if (!series.documents) {
    series.documents = obs::GetCounter("fails_scraper_documents_published_total",
                                       "Documents that had changed", {{"page", page}});
  }
  series.documents->Increment(published);
}

void PollMetrics::SetHealth(const std::string& page, const Health& health) {
  absl::MutexLock lock(&mutex_);
  Series& series = Of(page);
  series.last_success.Set(UnixSeconds(health.last_success_at));
  series.last_change.Set(UnixSeconds(health.last_change_at));
  if (series.state == health.state) return;
  if (series.state) PagesIn(*series.state).Increment(-1);
  PagesIn(health.state).Increment();
  // Every page begins unknown and hardly any stays so: a series of each would tell nothing.
  if (series.state.value_or(HealthState::kUnknown) != HealthState::kUnknown) {
    StateOf(page, *series.state).Set(0);
  }
  if (health.state != HealthState::kUnknown) StateOf(page, health.state).Set(1);
  series.state = health.state;
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
