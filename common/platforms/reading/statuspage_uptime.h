// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/report.h"

namespace fails::platforms {

// The uptime calendars of a Statuspage.
struct StatuspageUptime {
  std::vector<OutageDayReport> days;
  // Components whose calendars the page fetches later, from /uptime_showcase.
  std::vector<std::string> lazy_components;
  std::vector<std::string> problems;
};

// The page's HTML: a script that sets `uptimeData`, or elements with `data-uptime-lazy`.
// INVALID_ARGUMENT: it has neither.
absl::StatusOr<StatuspageUptime> ReadStatuspageUptime(std::string_view html);

// What /uptime_showcase answers. INVALID_ARGUMENT says what came instead.
absl::StatusOr<StatuspageUptime> ReadStatuspageShowcase(std::string_view json);

}  // namespace fails::platforms
