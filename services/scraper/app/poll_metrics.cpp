// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poll_metrics.h"

#include <algorithm>
#include <map>
#include <utility>

#include "common/obs/metrics.h"

namespace fails::scraper {
namespace {

using obs::Family;
using obs::FamilyKind;

double UnixSeconds(const std::optional<absl::Time>& time) {
  return time ? static_cast<double>(absl::ToUnixSeconds(*time)) : 0;
}

}  // namespace

PollMetrics::PollMetrics(const std::vector<WatchedPage>& pages, const Clock& clock)
    : clock_(clock), collector_([this](const Tell& tell) { Collect(tell); }) {
  absl::MutexLock lock(&mutex_);
  for (const WatchedPage& page : pages) {
    if (!page.dormant) pages_.push_back({.page = &page});
  }
  for (Numbers& numbers : pages_) by_id_.emplace(numbers.page->id, &numbers);
}

PollMetrics::Numbers* PollMetrics::Of(const std::string& page) {
  const auto it = by_id_.find(page);
  return it == by_id_.end() ? nullptr : it->second;
}

void PollMetrics::Polled(const std::string& page, std::string_view outcome, int published,
                         absl::Duration took) {
  static const obs::Histogram seconds = obs::GetHistogram(
      "fails_scraper_poll_seconds", "Duration of a poll: all documents of one page");
  seconds.Observe(absl::ToDoubleSeconds(took));
  absl::MutexLock lock(&mutex_);
  Numbers* numbers = Of(page);
  if (numbers == nullptr) return;
  auto polls = std::ranges::find(numbers->polls, outcome, &Polls::outcome);
  if (polls == numbers->polls.end()) polls = numbers->polls.insert(polls, {outcome});
  ++polls->count;
  numbers->documents += published;
}

void PollMetrics::SetHealth(const std::string& page, const Health& health) {
  absl::MutexLock lock(&mutex_);
  Numbers* numbers = Of(page);
  if (numbers == nullptr) return;
  numbers->state = health.state;
  numbers->last_success = health.last_success_at;
  numbers->last_change = health.last_change_at;
}

void PollMetrics::Backfilled(const std::string& page, int published) {
  absl::MutexLock lock(&mutex_);
  Numbers* numbers = Of(page);
  if (numbers == nullptr) return;
  numbers->history_documents = numbers->history_documents.value_or(0) + published;
}

void PollMetrics::SetBackfill(const std::string& page, const BackfillProgress& progress) {
  absl::MutexLock lock(&mutex_);
  Numbers* numbers = Of(page);
  if (numbers == nullptr) return;
  numbers->history = {progress.pending, progress.phase == BackfillPhase::kDone};
}

void PollMetrics::Collect(const Tell& tell) {
  CollectStates(tell);
  CollectPolls(tell);
  CollectEach(tell,
              {"fails_scraper_documents_published_total", "Documents that had changed",
               FamilyKind::kCounter},
              [](const Numbers& numbers) -> std::optional<double> {
                if (numbers.polls.empty()) return std::nullopt;
                return numbers.documents;
              });
  CollectEach(tell,
              {"fails_scraper_page_last_success_timestamp_seconds",
               "When a page last answered well; 0: never"},
              [](const Numbers& numbers) { return UnixSeconds(numbers.last_success); });
  CollectEach(tell,
              {"fails_scraper_page_last_change_timestamp_seconds",
               "When a page last had something new; 0: never"},
              [](const Numbers& numbers) { return UnixSeconds(numbers.last_change); });
  CollectEach(tell,
              {"fails_scraper_page_backfill_pending", "Documents of a page's history to come"},
              [](const Numbers& numbers) -> std::optional<double> {
                if (!numbers.history) return std::nullopt;
                return numbers.history->pending;
              });
  CollectEach(tell, {"fails_scraper_page_backfill_done", "1 once a page's history was walked"},
              [](const Numbers& numbers) -> std::optional<double> {
                if (!numbers.history) return std::nullopt;
                return numbers.history->done ? 1 : 0;
              });
  CollectEach(
      tell,
      {"fails_scraper_backfill_documents_total", "Documents of pages' histories",
       FamilyKind::kCounter},
      [](const Numbers& numbers) -> std::optional<double> { return numbers.history_documents; });
}

void PollMetrics::CollectStates(const Tell& tell) {
  Family each{"fails_scraper_page_state", "1: the health of a page's collection"};
  Family all{"fails_scraper_pages", "Pages by the health of their collection"};
  {
    const absl::Time now = clock_.Now();
    std::map<std::string, int> pages;
    absl::MutexLock lock(&mutex_);
    for (const Numbers& numbers : pages_) {
      const bool stale = IsStale(numbers.state, numbers.last_success, numbers.page->interval, now);
      const HealthState state = stale ? HealthState::kStale : numbers.state;
      ++pages[ToString(state)];
      // Every page begins unknown and hardly any stays so: a series of each would tell nothing.
      if (state == HealthState::kUnknown) continue;
      each.samples.push_back({{{"page", numbers.page->id}, {"state", ToString(state)}}, 1});
    }
    for (const auto& [state, count] : pages) {
      all.samples.push_back({{{"state", state}}, static_cast<double>(count)});
    }
  }
  tell(std::move(each));
  tell(std::move(all));
}

void PollMetrics::CollectPolls(const Tell& tell) {
  Family family{"fails_scraper_polls_total", "Polls by their outcome", FamilyKind::kCounter};
  {
    absl::MutexLock lock(&mutex_);
    for (const Numbers& numbers : pages_) {
      for (const auto& [outcome, count] : numbers.polls) {
        family.samples.push_back({{{"page", numbers.page->id}, {"outcome", std::string(outcome)}},
                                  static_cast<double>(count)});
      }
    }
  }
  tell(std::move(family));
}

void PollMetrics::CollectEach(const Tell& tell, Family family,
                              const std::function<std::optional<double>(const Numbers&)>& value) {
  {
    absl::MutexLock lock(&mutex_);
    for (const Numbers& numbers : pages_) {
      const auto known = value(numbers);
      if (known) family.samples.push_back({{{"page", numbers.page->id}}, *known});
    }
  }
  tell(std::move(family));
}

}  // namespace fails::scraper
