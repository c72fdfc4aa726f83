// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/domain/service_status.h"

namespace fails {

// When a service was affected by an incident, as the platform states it beside the incident's own
// times.
struct ImpactInterval {
  ServiceId service;
  absl::Time from;
  std::optional<absl::Time> to;  // absent: still affected
  ServiceStatus level = ServiceStatus::kUnknown;

  friend bool operator==(const ImpactInterval&, const ImpactInterval&) = default;
};

}  // namespace fails
