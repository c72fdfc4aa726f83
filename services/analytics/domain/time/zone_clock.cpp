// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/time/zone_clock.h"

namespace fails::analytics {

ZoneClock::ZoneClock(const absl::TimeZone& tz, std::int64_t first, std::int64_t last) {
  absl::Time at = absl::FromUnixSeconds(first);
  pieces_.push_back({first, tz.At(at).offset});
  absl::TimeZone::CivilTransition transition;
  while (tz.NextTransition(at, &transition)) {
    const absl::Time next = tz.At(transition.to).trans;
    if (next <= at || absl::ToUnixSeconds(next) > last) break;
    at = next;
    pieces_.push_back({absl::ToUnixSeconds(at), tz.At(at).offset});
  }
}

}  // namespace fails::analytics
