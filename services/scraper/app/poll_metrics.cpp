// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poll_metrics.h"

#include "common/obs/metrics.h"

namespace fails::scraper {
namespace {

obs::Gauge PagesIn(HealthState state) {
  return obs::GetGauge("fails_scraper_pages", "Pages by the health of their collection",
                       {{"state", ToString(state)}});
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

void PollMetrics::SetHealth(const std::string& page, HealthState state) {
  absl::MutexLock lock(&mutex_);
  const auto [it, added] = health_.try_emplace(page, state);
  if (added) {
    PagesIn(state).Increment();
    return;
  }
  if (it->second == state) return;
  PagesIn(it->second).Increment(-1);
  PagesIn(state).Increment();
  it->second = state;
}

}  // namespace fails::scraper
