// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/scraper/domain/page_state.h"

// Who may poll a page, decided on its shared state alone. A claim is an owner with a lease; it ends
// with the poll or, when the owner died, with the lease. Clocks of the replicas may differ by less
// than a lease minus its renewals.
namespace fails::scraper {

// Whether somebody other than `self` polls the page now.
bool HeldByOther(const PageState& state, const std::string& self, absl::Time now);

// When `self` should look at the page next: when its poll is due, but not before another's lease
// has run out.
absl::Time DueAt(const PageState& state, const std::string& self, absl::Time now);

PageState WithClaim(PageState state, const std::string& self, absl::Time lease_until);
PageState WithoutClaim(PageState state);

// `after`, the outcome of a poll that began at `claimed`, brought together with what is stored now:
// if somebody has asked for an earlier poll meanwhile, that stays. The claim is given up.
PageState MergeAfterPoll(const PageState& claimed, const PageState& stored, PageState after);

}  // namespace fails::scraper
