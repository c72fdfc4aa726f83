// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace fails {

// What the provider says an incident does to its users. Unknown is a level of its own and never
// "none".
enum class Impact { kUnknown, kNone, kMinor, kMajor, kCritical, kMaintenance };

enum class IncidentStatus {
  kUnknown,
  kInvestigating,
  kIdentified,
  kMonitoring,
  kResolved,
  kPostmortem,
  kScheduled,
  kInProgress,
  kCompleted,
};

// The public words: "none", "minor", … and "investigating", "in_progress", ….
std::string_view ToString(Impact impact);
std::string_view ToString(IncidentStatus status);
std::optional<Impact> ImpactFromString(std::string_view word);
std::optional<IncidentStatus> IncidentStatusFromString(std::string_view word);

}  // namespace fails
