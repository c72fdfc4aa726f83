// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "absl/time/civil_time.h"

namespace fails {

// What a provider's own uptime calendar says of a service on a date. The date is a label in the
// page's own zone and never shifted (analyses.md, section 1).
struct OutageDay {
  absl::CivilDay date;
  std::int32_t partial_seconds = 0;
  std::int32_t major_seconds = 0;

  friend bool operator==(const OutageDay&, const OutageDay&) = default;
};

}  // namespace fails
