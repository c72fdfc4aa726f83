// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/stage_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

struct Announcement {
  IncidentStatus stage;
  std::array<std::string_view, 12> phrases;  // in lower case; empty ones count for nothing
};

// Furthest along first.
constexpr std::array kAnnouncements = {
    Announcement{
        IncidentStatus::kResolved,
        {"been resolved"sv, "is resolved"sv, "was resolved"sv, "now resolved"sv, "fully resolved"sv,
         "have resolved"sv, "[resolved]"sv, "been mitigated"sv, "fully recovered"sv,
         "has recovered"sv, "have recovered"sv, "operating normally"sv}},
    Announcement{IncidentStatus::kMonitoring,
                 {"monitoring"sv, "continue to monitor"sv, "fix has been implemented"sv,
                  "fix has been deployed"sv, "fix has been rolled out"sv, "are recovering"sv,
                  "seeing recovery"sv}},
    Announcement{IncidentStatus::kIdentified,
                 {"identified"sv, "root cause"sv, "working on a fix"sv, "mitigation work"sv,
                  "working to mitigate"sv}},
    Announcement{IncidentStatus::kInvestigating,
                 {"investigat"sv, "looking into"sv, "we are aware"sv, "went down"sv}},
};

constexpr std::array kHedges = {"until"sv,        "once "sv,          "when "sv,   " if "sv,
                                "not been"sv,     "not yet"sv,        "will be"sv, "is not"sv,
                                "not resolved"sv, "after the issue"sv};

bool Announces(std::string_view sentence, const Announcement& announcement) {
  return std::ranges::any_of(announcement.phrases, [sentence](std::string_view phrase) {
    return !phrase.empty() && sentence.find(phrase) != std::string_view::npos;
  });
}

bool Hedged(std::string_view sentence) {
  return std::ranges::any_of(kHedges, [sentence](std::string_view hedge) {
    return sentence.find(hedge) != std::string_view::npos;
  });
}

}  // namespace

IncidentStatus StageInText(std::string_view message) {
  const std::string text = ToLower(message);
  std::size_t best = kAnnouncements.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(".!?\n;", at), text.size());
    const std::string_view sentence = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (sentence.empty()) continue;
    for (std::size_t i = 0; i < best; ++i) {
      const bool promised =
          kAnnouncements[i].stage == IncidentStatus::kResolved && Hedged(sentence);
      if (promised || !Announces(sentence, kAnnouncements[i])) continue;
      best = i;
      break;
    }
  }
  return best < kAnnouncements.size() ? kAnnouncements[best].stage : IncidentStatus::kUnknown;
}

}  // namespace fails::platforms
