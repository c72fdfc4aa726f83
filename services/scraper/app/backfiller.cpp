// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/backfiller.h"

#include <algorithm>
#include <utility>

#include "common/obs/log.h"

namespace fails::scraper {
namespace {

constexpr absl::Duration kStoreRetry = absl::Milliseconds(500);
constexpr int kWalksPerHost = 1;

std::vector<platforms::DocumentRequest> FirstRequests(const WatchedPage& page, absl::Time now) {
  return page.platform->FirstRequests(page.url, platforms::Purpose::kBackfill, now);
}

void LogTransition(const std::string& page, BackfillPhase before, const BackfillProgress& after) {
  if (before == after.phase) return;
  const auto level =
      after.phase == BackfillPhase::kFailed ? spdlog::level::warn : spdlog::level::info;
  spdlog::log(level, "history of page {}: {}, {} documents, {} pending{}{}", page,
              ToString(after.phase), after.documents, after.pending,
              after.last_error.empty() ? "" : ": ", after.last_error);
}

}  // namespace

Backfiller::Backfiller(const std::vector<WatchedPage>& pages, Options options, Parts parts)
    : options_(std::move(options)),
      parts_(std::move(parts)),
      holder_{parts_.store, parts_.clock, parts_.owner, options_.lease},
      agenda_(options_.max_walks, kWalksPerHost) {
  for (const WatchedPage& page : pages) {
    if (page.dormant || FirstRequests(page, parts_.clock.Now()).empty()) continue;
    pages_.emplace(page.id, &page);
    agenda_.Add(page.id, HostOf(page.url), absl::InfiniteFuture());
  }
}

Backfiller::~Backfiller() {
  Stop();
}

void Backfiller::Start() {
  absl::MutexLock lock(&mutex_);
  if (started_ || stopping_.HasBeenNotified()) return;
  started_ = true;
  threads_.emplace_back([this] { Schedule(); });
  for (int i = 0; i < options_.max_walks; ++i) threads_.emplace_back([this] { Work(); });
}

void Backfiller::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_.HasBeenNotified()) stopping_.Notify();
    wake_.SignalAll();
    work_.SignalAll();
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Backfiller::PageChanged(const std::string& page, const std::optional<PageState>& state) {
  if (!pages_.contains(page) || !state || !state->health.last_success_at) return;
  absl::MutexLock lock(&mutex_);
  if (!polled_well_.insert(page).second) return;
  agenda_.SetDue(page, absl::InfinitePast());
  wake_.Signal();
}

void Backfiller::BackfillChanged(const std::string& page,
                                 const std::optional<BackfillState>& state) {
  if (!pages_.contains(page)) return;
  if (state) parts_.metrics.SetBackfill(page, state->progress);
  absl::MutexLock lock(&mutex_);
  if (!polled_well_.contains(page)) return;
  // While we walk, only what is written without our claim says anything about the next slice.
  if (agenda_.IsRunning(page) && state && state->owner == parts_.owner) return;
  agenda_.SetDue(page,
                 state ? DueAt(*state, parts_.owner, parts_.clock.Now()) : absl::InfinitePast());
  wake_.Signal();
}

void Backfiller::Schedule() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_.HasBeenNotified()) {
    while (const auto page = agenda_.Start(parts_.clock.Now())) {
      ready_.push_back(*page);
      work_.Signal();
    }
    wake_.WaitWithDeadline(&mutex_, agenda_.NextStart().value_or(absl::InfiniteFuture()));
  }
}

void Backfiller::Work() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    while (ready_.empty() && !stopping_.HasBeenNotified()) work_.Wait(&mutex_);
    if (stopping_.HasBeenNotified()) return;
    const std::string page = std::move(ready_.front());
    ready_.pop_front();
    mutex_.Unlock();
    const absl::Time due = WalkOnce(*pages_.at(page));
    mutex_.Lock();
    agenda_.Finish(page, due);
    wake_.Signal();
  }
}

absl::Time Backfiller::WalkOnce(const WatchedPage& page) {
  const obs::TraceScope trace(obs::NewTraceparent());
  const auto found = parts_.store.Get(page.id);
  const absl::Time now = parts_.clock.Now();
  if (!found.ok()) return now + kStoreRetry;
  BackfillStore::Entry entry = found->value_or(BackfillStore::Entry{});
  const std::string platform(page.platform->id());
  const bool changed = entry.state.platform != platform || entry.state.url != page.url;
  if (const absl::Time due = DueAt(entry.state, parts_.owner, now); due > now && !changed) {
    return due;
  }
  if (MustBegin(entry.state, platform, page.url)) {
    entry.state = BeginBackfill(platform, page.url, FirstRequests(page, now), now);
    spdlog::info("history of page {}: the walk begins", page.id);
  }
  const auto claim = BackfillClaim::Take(holder_, page.id, std::move(entry));
  if (absl::IsAborted(claim.status())) return now;  // somebody was faster: look again
  if (!claim.ok()) return now + kStoreRetry;
  return WalkClaimed(page, **claim);
}

absl::Time Backfiller::WalkClaimed(const WatchedPage& page, BackfillClaim& claim) {
  const LeaseKeeper::Guard lease(parts_.keeper, claim);
  const BackfillPhase before = claim.claimed().progress.phase;
  const auto wait_until = [this](absl::Time time) {
    return !stopping_.WaitForNotificationWithTimeout(
        std::max(time - parts_.clock.Now(), absl::ZeroDuration()));
  };
  const HistoryWalk::Slice slice = parts_.walk.Run({page.id, page.url, *page.platform},
                                                   claim.claimed(), options_.slice, wait_until);
  parts_.metrics.Backfilled(page.id, slice.published);
  if (!slice.interruption.ok()) {
    spdlog::warn("history of page {} interrupted: {}", page.id, slice.interruption.ToString());
  }
  const absl::Status kept = Keep(claim, slice.state);
  const absl::Time now = parts_.clock.Now();
  if (!kept.ok()) {
    // The documents are published; the next slice will publish them once more.
    spdlog::warn("history of page {}: a slice not kept: {}", page.id, kept.ToString());
    return now + kStoreRetry;
  }
  const BackfillProgress& progress = slice.state.progress;
  LogTransition(page.id, before, progress);
  parts_.metrics.SetBackfill(page.id, progress);
  if (const absl::Status told = parts_.board.TellProgress(page.id, progress); !told.ok()) {
    spdlog::warn("history of page {} not told: {}", page.id, told.ToString());
  }
  if (!slice.interruption.ok()) return std::max(slice.state.next_at, now + kStoreRetry);
  return DueAt(slice.state, parts_.owner, now);
}

absl::Status Backfiller::Keep(BackfillClaim& claim, const BackfillState& state) {
  absl::Status written = claim.Finish(state);
  while (absl::IsUnavailable(written) && !stopping_.WaitForNotificationWithTimeout(kStoreRetry)) {
    written = claim.Finish(state);
  }
  return written;
}

}  // namespace fails::scraper
