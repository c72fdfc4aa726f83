// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/backfill_claim.h"

#include <utility>

#include "common/base/status_macros.h"

namespace fails::scraper {
namespace {

BackfillState Claimed(BackfillState state, const BackfillClaim::Holder& holder) {
  state.owner = holder.owner;
  state.lease_until = holder.clock.Now() + holder.lease;
  return state;
}

}  // namespace

absl::StatusOr<std::unique_ptr<BackfillClaim>> BackfillClaim::Take(const Holder& holder,
                                                                   std::string page,
                                                                   BackfillStore::Entry entry) {
  BackfillState claimed = Claimed(std::move(entry.state), holder);
  FAILS_ASSIGN_OR_RETURN(const std::uint64_t revision,
                         holder.store.CompareAndSet(page, claimed, entry.revision));
  return std::unique_ptr<BackfillClaim>(
      new BackfillClaim(holder, std::move(page), std::move(claimed), revision));
}

BackfillClaim::BackfillClaim(const Holder& holder, std::string page, BackfillState claimed,
                             std::uint64_t revision)
    : holder_(holder), page_(std::move(page)), claimed_(std::move(claimed)), revision_(revision) {}

absl::Status BackfillClaim::Write(const BackfillState& next) {
  auto revision = holder_.store.CompareAndSet(page_, next, revision_);
  if (absl::IsAborted(revision.status())) {
    // Perhaps by an earlier write of ours whose answer was lost.
    FAILS_ASSIGN_OR_RETURN(const auto current, holder_.store.Get(page_));
    if (current && current->state == next) {
      revision_ = current->revision;
      return absl::OkStatus();
    }
    if (!current || current->state.owner != holder_.owner) return revision.status();
    revision = holder_.store.CompareAndSet(page_, next, current->revision);
  }
  if (revision.ok()) revision_ = *revision;
  return revision.status();
}

absl::Status BackfillClaim::Renew() {
  absl::MutexLock lock(&mutex_);
  if (finished_) return absl::OkStatus();
  return Write(Claimed(claimed_, holder_));
}

absl::Status BackfillClaim::Finish(const BackfillState& after) {
  absl::MutexLock lock(&mutex_);
  absl::Status written = Write(after);
  finished_ = written.ok();
  return written;
}

}  // namespace fails::scraper
