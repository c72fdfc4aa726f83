// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/scraper/domain/answer.h"
#include "services/scraper/domain/page_state.h"
#include "services/scraper/domain/schedule.h"

namespace fails::scraper {

// One document of a poll.
struct DocumentOutcome {
  std::string kind;        // the platform's name for it
  std::string url;         // that was asked for
  std::string instead_of;  // the URL of the one that it stands in for; mostly empty
  Answer answer;
  bool published = false;
  std::string redirected_to;  // the host, when it is not the one that was asked
  bool page_deleted = false;  // the answer says that its provider took the page down
  std::optional<absl::Duration> retry_after;
};

// What a whole poll saw. `interrupted`: it ended early for a reason of ours (shutdown, the bus is
// away), which is no failure of the page.
struct PollOutcome {
  std::vector<DocumentOutcome> documents;
  bool interrupted = false;
  // Bytes differ, but by its own account the page has not changed: a mirror that nobody feeds.
  bool trifles_only = false;
};

// One word for the whole poll: "changed", "not_modified", "interrupted", or ToString of the worst
// failure.
std::string_view Word(const PollOutcome& outcome);

// The schedule and health that follow from a poll. A document that fails does not slow the page
// down while others are good, except when the page asks us to be slower. `state` keeps its claim
// and validators.
PageState AfterPoll(PageState state, const PollOutcome& outcome, const SchedulePolicy& policy,
                    absl::Duration interval, absl::Time now, double random);

// Whether it is time to find out what a page is that answers, but not as its platform does: after
// the third poll in a row, and now and then after.
bool WorthProbing(const PageState& state);

// The health with what was found out: another platform than the catalog's, or empty for nothing.
PageState WithDetected(PageState state, const std::string& platform);

}  // namespace fails::scraper
