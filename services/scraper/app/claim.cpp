// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/claim.h"

#include <fmt/format.h>

#include <utility>

#include "common/base/status_macros.h"
#include "services/scraper/domain/claim_rules.h"

namespace fails::scraper {
namespace {

// How often a compare-and-set is repeated on what somebody else has written meanwhile.
constexpr int kRounds = 5;

}  // namespace

Claim::Claim(const Holder& holder, std::string page, StateStore::Entry claimed)
    : holder_(holder),
      page_(std::move(page)),
      claimed_(claimed.state),
      stored_(std::move(claimed)) {}

bool Claim::lost() const {
  absl::MutexLock lock(&mutex_);
  return taken_over_ || stored_.state.lease_until <= holder_.clock.Now();
}

absl::StatusOr<PageState> Claim::Write(
    const std::function<PageState(const PageState& stored)>& change) {
  if (taken_over_) return absl::AbortedError(fmt::format("page {} was taken over", page_));
  for (int round = 0; round < kRounds; ++round) {
    PageState next = change(stored_.state);
    const auto revision = holder_.store.CompareAndSet(page_, next, stored_.revision);
    if (revision.ok()) {
      stored_ = {next, *revision};
      return next;
    }
    if (revision.status().code() != absl::StatusCode::kAborted) return revision.status();
    FAILS_ASSIGN_OR_RETURN(auto current, holder_.store.Get(page_));
    if (current && current->state == next) {  // an earlier write of ours whose answer was lost
      stored_ = *std::move(current);
      return next;
    }
    if (!current || current->state.owner != holder_.owner) {
      taken_over_ = true;
      return absl::AbortedError(fmt::format("page {} was taken over", page_));
    }
    stored_ = *std::move(current);
  }
  return absl::UnavailableError(fmt::format("page {} changes too fast", page_));
}

absl::Status Claim::Renew() {
  absl::MutexLock lock(&mutex_);
  if (finished_) return absl::OkStatus();
  return Write([this](const PageState& stored) {
           return WithClaim(stored, holder_.owner, holder_.clock.Now() + holder_.lease);
         })
      .status();
}

absl::StatusOr<PageState> Claim::Finish(const PageState& after) {
  absl::MutexLock lock(&mutex_);
  auto written =
      Write([&](const PageState& stored) { return MergeAfterPoll(claimed_, stored, after); });
  if (written.ok()) finished_ = true;
  return written;
}

Claims::Claims(StateStore& store, const Clock& clock, std::string owner, absl::Duration lease)
    : holder_{store, clock, std::move(owner), lease} {}

absl::StatusOr<Claims::Attempt> Claims::Take(const std::string& page) {
  for (int round = 0; round < kRounds; ++round) {
    FAILS_ASSIGN_OR_RETURN(auto found, holder_.store.Get(page));
    StateStore::Entry entry = std::move(found).value_or(StateStore::Entry{});
    const absl::Time now = holder_.clock.Now();
    const absl::Time due = DueAt(entry.state, holder_.owner, now);
    if (due > now) return Attempt{{}, due};

    entry.state = WithClaim(std::move(entry.state), holder_.owner, now + holder_.lease);
    const auto revision = holder_.store.CompareAndSet(page, entry.state, entry.revision);
    if (revision.ok()) {
      entry.revision = *revision;
      return Attempt{std::unique_ptr<Claim>(new Claim(holder_, page, std::move(entry))), due};
    }
    if (revision.status().code() != absl::StatusCode::kAborted) return revision.status();
  }
  return absl::UnavailableError(fmt::format("page {} changes too fast", page));
}

}  // namespace fails::scraper
