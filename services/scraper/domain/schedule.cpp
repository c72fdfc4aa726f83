// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/time.h"

namespace fails::scraper {
namespace {

absl::Duration Backoff(const SchedulePolicy& policy, absl::Duration interval, int failures) {
  const absl::Duration most = std::max(policy.max_backoff, interval);
  absl::Duration delay = interval;
  for (int i = 1; i < failures && delay < most; ++i) delay *= 2;
  return std::min(delay, most);
}

}  // namespace

absl::Time NextPollAt(const SchedulePolicy& policy, absl::Time now, absl::Duration interval,
                      int failures, std::optional<absl::Duration> retry_after, double random) {
  absl::Duration delay =
      Backoff(policy, interval, failures) * (1 + policy.jitter * (2 * random - 1));
  // Jitter only lengthens what was asked of us.
  if (retry_after) delay = std::max(delay, *retry_after * (1 + policy.jitter * random));
  return now + absl::Floor(delay, absl::Milliseconds(1));  // what the store can hold
}

bool CircuitOpen(const SchedulePolicy& policy, int failures) {
  return failures >= policy.open_circuit_after;
}

std::string CircuitWords(const SchedulePolicy& policy, int failures, absl::Time next_poll_at) {
  if (!CircuitOpen(policy, failures)) return "";
  return fmt::format("{} polls in a row failed, trying again at {} with one request", failures,
                     ToRfc3339(TruncateToSeconds(next_poll_at)));
}

std::string FrozenWords(const SchedulePolicy& policy, std::optional<absl::Time> last_change_at,
                        absl::Time now) {
  if (!last_change_at || now - *last_change_at < policy.frozen_after) return "";
  return fmt::format("answers, but nothing has changed since {} ({} days)",
                     ToRfc3339(TruncateToSeconds(*last_change_at)),
                     (now - *last_change_at) / absl::Hours(24));
}

}  // namespace fails::scraper
