// SPDX-License-Identifier: Apache-2.0
#include "common/domain/service_status.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fails {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWords = {
    std::pair{ServiceStatus::kUnknown, "unknown"sv},
    std::pair{ServiceStatus::kOperational, "operational"sv},
    std::pair{ServiceStatus::kMaintenance, "maintenance"sv},
    std::pair{ServiceStatus::kDegraded, "degraded"sv},
    std::pair{ServiceStatus::kPartialOutage, "partial_outage"sv},
    std::pair{ServiceStatus::kMajorOutage, "major_outage"sv},
};

}  // namespace

std::string_view ToString(ServiceStatus status) {
  for (const auto& [value, word] : kWords) {
    if (value == status) return word;
  }
  return "unknown";
}

std::optional<ServiceStatus> ServiceStatusFromString(std::string_view word) {
  for (const auto& [value, name] : kWords) {
    if (name == word) return value;
  }
  return std::nullopt;
}

ServiceStatus Worse(ServiceStatus a, ServiceStatus b) {
  return std::max(a, b);
}

}  // namespace fails
