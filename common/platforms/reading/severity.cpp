// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/severity.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWords = {
    std::pair{"operational"sv, ServiceStatus::kOperational},
    std::pair{"up"sv, ServiceStatus::kOperational},
    std::pair{"resolved"sv, ServiceStatus::kOperational},
    std::pair{"maintenance"sv, ServiceStatus::kMaintenance},
    std::pair{"undermaintenance"sv, ServiceStatus::kMaintenance},
    std::pair{"plannedmaintenance"sv, ServiceStatus::kMaintenance},
    std::pair{"degraded"sv, ServiceStatus::kDegraded},
    std::pair{"degradedperformance"sv, ServiceStatus::kDegraded},
    std::pair{"partialoutage"sv, ServiceStatus::kPartialOutage},
    std::pair{"partialservicedisruption"sv, ServiceStatus::kPartialOutage},
    std::pair{"majoroutage"sv, ServiceStatus::kMajorOutage},
    std::pair{"fulloutage"sv, ServiceStatus::kMajorOutage},
    std::pair{"servicedisruption"sv, ServiceStatus::kMajorOutage},
    std::pair{"downtime"sv, ServiceStatus::kMajorOutage},
    std::pair{"down"sv, ServiceStatus::kMajorOutage},
};

}  // namespace

ServiceStatus StateFromWord(std::string_view word) {
  std::string squeezed;
  for (const char c : word) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) squeezed += absl::ascii_tolower(c);
  }
  for (const auto& [name, status] : kWords) {
    if (name == squeezed) return status;
  }
  return ServiceStatus::kUnknown;
}

Impact ImpactOf(ServiceStatus worst) {
  switch (worst) {
    case ServiceStatus::kOperational:
      return Impact::kNone;
    case ServiceStatus::kMaintenance:
      return Impact::kMaintenance;
    case ServiceStatus::kDegraded:
      return Impact::kMinor;
    case ServiceStatus::kPartialOutage:
      return Impact::kMajor;
    case ServiceStatus::kMajorOutage:
      return Impact::kCritical;
    case ServiceStatus::kUnknown:
      break;
  }
  return Impact::kUnknown;
}

}  // namespace fails::platforms
