// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/page_state.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/time.h"

namespace fails::scraper {

SharedValidators::SharedValidators() {
  static const auto none = std::make_shared<const ValidatorMap>();
  map_ = none;
}

const char* ToString(HealthState state) {
  switch (state) {
    case HealthState::kUnknown:
      return "unknown";
    case HealthState::kOk:
      return "ok";
    case HealthState::kStale:
      return "stale";
    case HealthState::kUnreachable:
      return "unreachable";
    case HealthState::kWrongContent:
      return "wrong_content";
    case HealthState::kRateLimited:
      return "rate_limited";
    case HealthState::kFrozen:
      return "frozen";
    case HealthState::kMoved:
      return "moved";
    case HealthState::kDeleted:
      return "deleted";
  }
  return "unknown";
}

bool IsStale(HealthState state, std::optional<absl::Time> last_success_at, absl::Duration interval,
             absl::Time now) {
  const bool was_fine = state == HealthState::kOk || state == HealthState::kFrozen;
  return was_fine && last_success_at &&
         now - *last_success_at >= std::max(5 * interval, absl::Minutes(10));
}

Health HealthAsOf(const Health& health, absl::Duration interval, absl::Time now) {
  if (!IsStale(health.state, health.last_success_at, interval, now)) return health;
  Health stale = health;
  stale.state = HealthState::kStale;
  stale.last_error = fmt::format("not polled successfully since {}",
                                 ToRfc3339(TruncateToSeconds(*health.last_success_at)));
  return stale;
}

}  // namespace fails::scraper
