// SPDX-License-Identifier: Apache-2.0
#include "common/domain/levels.h"

#include <array>
#include <utility>

namespace fails {
namespace {

using namespace std::string_view_literals;

constexpr std::array kImpacts = {
    std::pair{Impact::kUnknown, "unknown"sv},   std::pair{Impact::kNone, "none"sv},
    std::pair{Impact::kMinor, "minor"sv},       std::pair{Impact::kMajor, "major"sv},
    std::pair{Impact::kCritical, "critical"sv}, std::pair{Impact::kMaintenance, "maintenance"sv},
};

constexpr std::array kStatuses = {
    std::pair{IncidentStatus::kUnknown, "unknown"sv},
    std::pair{IncidentStatus::kInvestigating, "investigating"sv},
    std::pair{IncidentStatus::kIdentified, "identified"sv},
    std::pair{IncidentStatus::kMonitoring, "monitoring"sv},
    std::pair{IncidentStatus::kResolved, "resolved"sv},
    std::pair{IncidentStatus::kPostmortem, "postmortem"sv},
    std::pair{IncidentStatus::kScheduled, "scheduled"sv},
    std::pair{IncidentStatus::kInProgress, "in_progress"sv},
    std::pair{IncidentStatus::kCompleted, "completed"sv},
};

template <class Table, class Value>
std::string_view NameOf(const Table& table, Value value) {
  for (const auto& [v, name] : table) {
    if (v == value) return name;
  }
  return "unknown";
}

template <class Value, class Table>
std::optional<Value> ValueOf(const Table& table, std::string_view word) {
  for (const auto& [v, name] : table) {
    if (name == word) return v;
  }
  return std::nullopt;
}

}  // namespace

std::string_view ToString(Impact impact) {
  return NameOf(kImpacts, impact);
}
std::string_view ToString(IncidentStatus status) {
  return NameOf(kStatuses, status);
}

std::optional<Impact> ImpactFromString(std::string_view word) {
  return ValueOf<Impact>(kImpacts, word);
}

std::optional<IncidentStatus> IncidentStatusFromString(std::string_view word) {
  return ValueOf<IncidentStatus>(kStatuses, word);
}

}  // namespace fails
