// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/page_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "common/base/status_macros.h"
#include "common/obs/log.h"

namespace fails::scraper {
namespace {

constexpr int kRounds = 10;

// A history is long, but it ends.
constexpr absl::Duration kBackfillBudget = absl::Hours(2);
constexpr int kBackfillDocuments = 20'000;

absl::Status StatusOf(const WatchedPage& page, const PollReport& report) {
  if (!report.interruption.ok()) return report.interruption;
  for (const DocumentOutcome& document : report.outcome.documents) {
    if (document.answer.good()) continue;
    return absl::UnavailableError(fmt::format("the backfill of page {} is incomplete: {}: {}",
                                              page.id, document.kind, document.answer.words));
  }
  return absl::OkStatus();
}

}  // namespace

PageDesk::PageDesk(std::vector<WatchedPage> pages, bool polling, const Clock& clock,
                   StateStore& store, const PagePoll& page_poll, Changed changed)
    : pages_(std::move(pages)),
      polling_(polling),
      clock_(clock),
      store_(store),
      page_poll_(page_poll),
      changed_(std::move(changed)) {}

absl::StatusOr<std::vector<PageDesk::Listed>> PageDesk::List() {
  std::vector<Listed> listed;
  for (const WatchedPage& page : pages_) {
    FAILS_ASSIGN_OR_RETURN(const auto entry, store_.Get(page.id));
    const Health health = entry ? entry->state.health : Health{};
    listed.push_back({page, HealthAsOf(health, page.interval, clock_.Now())});
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

absl::StatusOr<int> PageDesk::Backfill(const std::string& id,
                                       const std::function<absl::Status()>& cut) {
  FAILS_ASSIGN_OR_RETURN(const WatchedPage* page, FindActive(id));
  if (page->platform->FirstRequests(page->url, platforms::Purpose::kBackfill, clock_.Now())
          .empty()) {
    const auto platform = page->platform->id();
    return absl::UnimplementedError(fmt::format("platform {} offers no history", platform));
  }
  {
    absl::MutexLock lock(&mutex_);
    if (!backfilling_.insert(id).second) {
      return absl::AlreadyExistsError(fmt::format("a backfill of page {} is under way", id));
    }
  }
  const auto done = absl::MakeCleanup([&] {
    absl::MutexLock lock(&mutex_);
    backfilling_.erase(id);
  });
  const obs::TraceScope trace(obs::NewTraceparent());
  PollOptions options;
  options.purpose = platforms::Purpose::kBackfill;
  options.budget = kBackfillBudget;
  options.max_documents = kBackfillDocuments;
  const PollReport report =
      page_poll_.Run({page->id, page->url, *page->platform}, {}, options, cut);
  const absl::Status status = StatusOf(*page, report);
  spdlog::info("backfill of page {}: {} documents, {}", id, report.published, status.ToString());
  FAILS_RETURN_IF_ERROR(status);
  return report.published;
}

}  // namespace fails::scraper
