// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/states.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLabels = {
    std::pair{"verifying"sv, IncidentStatus::kInProgress},  // of a maintenance: done, being checked
    std::pair{"recovered"sv, IncidentStatus::kResolved},
    std::pair{"fixed"sv, IncidentStatus::kResolved},
    std::pair{"post-mortem"sv, IncidentStatus::kPostmortem},
};

// Furthest along first. Whole words: "unresolved" is not resolved.
constexpr std::array kHeadlines = {
    std::pair{"completed"sv, IncidentStatus::kCompleted},
    std::pair{"resolved"sv, IncidentStatus::kResolved},
    std::pair{"recovered"sv, IncidentStatus::kResolved},
    std::pair{"operating normally"sv, IncidentStatus::kResolved},
    std::pair{"monitoring"sv, IncidentStatus::kMonitoring},
    std::pair{"identified"sv, IncidentStatus::kIdentified},
    std::pair{"investigating"sv, IncidentStatus::kInvestigating},
    std::pair{"went down"sv, IncidentStatus::kInvestigating},
    std::pair{"in progress"sv, IncidentStatus::kInProgress},
    std::pair{"scheduled"sv, IncidentStatus::kScheduled},
};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool HasWord(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = FindNoCase(text, word, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsLetter(text[at - 1]);
    const bool negated = at >= 4 && EqualsNoCase(text.substr(at - 4, 4), "not ");
    if (begins && !negated && (end == text.size() || !IsLetter(text[end]))) return true;
  }
  return false;
}

}  // namespace

IncidentStatus StatusFromLabel(std::string_view label) {
  std::string word = ToLower(Trim(label));
  for (const auto& [name, status] : kLabels) {
    if (name == word) return status;
  }
  std::ranges::replace(word, ' ', '_');
  return IncidentStatusFromString(word).value_or(IncidentStatus::kUnknown);
}

IncidentStatus StatusInHeadline(std::string_view text) {
  for (const auto& [word, status] : kHeadlines) {
    if (HasWord(text, word)) return status;
  }
  return IncidentStatus::kUnknown;
}

}  // namespace fails::platforms
