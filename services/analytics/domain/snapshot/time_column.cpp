// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/time_column.h"

#include <algorithm>

namespace fails::analytics {

TimeColumn::TimeColumn(std::span<const std::int64_t> times) {
  const auto absent = [](std::int64_t time) { return time == kNoTime; };
  if (std::ranges::all_of(times, absent)) return;
  const auto fits = [&](std::int64_t time) {
    return absent(time) || (time > kBase + kNarrowNoTime &&
                            time <= kBase + std::numeric_limits<std::int32_t>::max());
  };
  if (!std::ranges::all_of(times, fits)) {
    wide_.assign(times.begin(), times.end());
    return;
  }
  narrow_.reserve(times.size());
  for (const std::int64_t time : times) {
    narrow_.push_back(absent(time) ? kNarrowNoTime : static_cast<std::int32_t>(time - kBase));
  }
}

}  // namespace fails::analytics
