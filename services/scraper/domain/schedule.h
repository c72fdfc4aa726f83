// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace fails::scraper {

struct SchedulePolicy {
  double jitter = 0.1;  // ± share of a delay, so that pages and replicas drift apart
  absl::Duration max_backoff = absl::Minutes(15);
  int open_circuit_after = 5;  // failed polls in a row
  absl::Duration frozen_after = absl::Hours(24 * 30);
  absl::Duration deleted_interval = absl::Hours(24);
};

// When to poll next. After `failures` failed polls in a row (0: the last one was good) the interval
// doubles with every further one, up to max_backoff, and `retry_after` is never undercut. Pure:
// `random` in [0, 1) is passed in.
absl::Time NextPollAt(const SchedulePolicy& policy, absl::Time now, absl::Duration interval,
                      int failures, std::optional<absl::Duration> retry_after, double random);

// The circuit breaker: an open circuit lets one request through a poll; the others follow only if
// it is answered.
bool CircuitOpen(const SchedulePolicy& policy, int failures);

// "5 polls in a row failed, trying again at 2024-08-28T18:16:00Z with one request"; empty while the
// circuit is closed.
std::string CircuitWords(const SchedulePolicy& policy, int failures, absl::Time next_poll_at);

// "answers, but nothing has changed since 2024-08-28T18:16:00Z (31 days)"; empty unless that is
// suspiciously long.
std::string FrozenWords(const SchedulePolicy& policy, std::optional<absl::Time> last_change_at,
                        absl::Time now);

}  // namespace fails::scraper
