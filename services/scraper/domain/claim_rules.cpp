// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/claim_rules.h"

#include <algorithm>
#include <utility>

namespace fails::scraper {

bool HeldByOther(const PageState& state, const std::string& self, absl::Time now) {
  return !state.owner.empty() && state.owner != self && state.lease_until > now;
}

absl::Time DueAt(const PageState& state, const std::string& self, absl::Time now) {
  if (!HeldByOther(state, self, now)) return state.next_poll_at;
  return std::max(state.lease_until, state.next_poll_at);
}

PageState WithClaim(PageState state, const std::string& self, absl::Time lease_until) {
  state.owner = self;
  state.lease_until = lease_until;
  return state;
}

PageState WithoutClaim(PageState state) {
  state.owner.clear();
  state.lease_until = absl::InfinitePast();
  return state;
}

PageState MergeAfterPoll(const PageState& claimed, const PageState& stored, PageState after) {
  if (stored.next_poll_at != claimed.next_poll_at) {
    after.next_poll_at = std::min(after.next_poll_at, stored.next_poll_at);
    after.health.next_poll_at = after.next_poll_at;
  }
  return WithoutClaim(std::move(after));
}

}  // namespace fails::scraper
