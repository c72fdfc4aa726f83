// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace fails {

// How a service, or a page's component, does at one moment. Ordered by how bad it is; unknown is a
// state of its own and never operational.
enum class ServiceStatus {
  kUnknown,
  kOperational,
  kMaintenance,
  kDegraded,
  kPartialOutage,
  kMajorOutage
};

// "unknown", "operational", "maintenance", "degraded", "partial_outage", "major_outage".
std::string_view ToString(ServiceStatus status);
std::optional<ServiceStatus> ServiceStatusFromString(std::string_view word);

// The worse of two: what a service of several components is. Unknown loses against any other.
ServiceStatus Worse(ServiceStatus a, ServiceStatus b);

}  // namespace fails
