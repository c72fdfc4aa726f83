// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/page_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/obs/log.h"

namespace fails::scraper {
namespace {

constexpr int kRounds = 10;

}  // namespace

PageDesk::PageDesk(const std::vector<WatchedPage>& pages, bool polling, const Clock& clock,
                   StateStore& store, BackfillStore& backfills, Changed changed,
                   BackfillChanged backfill_changed)
    : pages_(pages),
      polling_(polling),
      clock_(clock),
      store_(store),
      backfills_(backfills),
      changed_(std::move(changed)),
      backfill_changed_(std::move(backfill_changed)) {}

absl::StatusOr<std::vector<PageDesk::Listed>> PageDesk::List() {
  std::vector<Listed> listed;
  for (const WatchedPage& page : pages_) {
    FAILS_ASSIGN_OR_RETURN(const auto entry, store_.Get(page.id));
    const Health health = entry ? entry->state.health : Health{};
    FAILS_ASSIGN_OR_RETURN(const auto walk, backfills_.Get(page.id));
    listed.push_back({page, HealthAsOf(health, page.interval, clock_.Now()), {}});
    if (walk) listed.back().backfill = walk->state.progress;
  }
  return listed;
}

absl::StatusOr<const WatchedPage*> PageDesk::FindActive(const std::string& page) const {
  const auto it = std::ranges::find(pages_, page, &WatchedPage::id);
  if (it == pages_.end()) {
    return absl::NotFoundError(fmt::format("the catalog has no page '{}'", page));
  }
  if (!polling_) return absl::FailedPreconditionError("polling is switched off (FAILS_POLLING)");
  if (it->dormant) {
    return absl::FailedPreconditionError(fmt::format("page {} is dormant: it is not polled", page));
  }
  return &*it;
}

absl::Status PageDesk::PollNow(const std::string& page) {
  FAILS_RETURN_IF_ERROR(FindActive(page).status());
  for (int round = 0; round < kRounds; ++round) {
    FAILS_ASSIGN_OR_RETURN(const auto found, store_.Get(page));
    StateStore::Entry entry = found.value_or(StateStore::Entry{});
    entry.state.next_poll_at = clock_.Now();
    const auto written = store_.CompareAndSet(page, entry.state, entry.revision);
    if (written.ok()) {
      changed_(page, entry.state);
      return absl::OkStatus();
    }
    if (written.status().code() != absl::StatusCode::kAborted) return written.status();
  }
  return absl::UnavailableError(fmt::format("page {} changes too fast", page));
}

absl::Status PageDesk::Backfill(const std::string& id) {
  FAILS_ASSIGN_OR_RETURN(const WatchedPage* page, FindActive(id));
  const absl::Time now = clock_.Now();
  const std::string platform(page->platform->id());
  const auto first = page->platform->FirstRequests(page->url, platforms::Purpose::kBackfill, now);
  if (first.empty()) {
    return absl::UnimplementedError(fmt::format("platform {} offers no history", platform));
  }
  const BackfillState begun = BeginBackfill(platform, page->url, first, now);
  for (int round = 0; round < kRounds; ++round) {
    FAILS_ASSIGN_OR_RETURN(const auto found, backfills_.Get(id));
    const auto written = backfills_.CompareAndSet(id, begun, found ? found->revision : 0);
    if (written.ok()) {
      spdlog::info("history of page {}: the walk begins anew", id);
      backfill_changed_(id, begun);
      return absl::OkStatus();
    }
    if (written.status().code() != absl::StatusCode::kAborted) return written.status();
  }
  return absl::UnavailableError(fmt::format("the walk of page {} changes too fast", id));
}

}  // namespace fails::scraper
