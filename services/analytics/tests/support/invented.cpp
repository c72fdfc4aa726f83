// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/invented.h"

#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {
namespace {

const std::map<std::string, std::vector<std::string>>& Services() {
  static const std::map<std::string, std::vector<std::string>> services = {
      {"openai", {"api", "chatgpt", "dall-e", "playground"}},
      {"anthropic", {"api", "claude", "console"}},
      {"character-ai", {"character-ai"}}};
  return services;
}

}  // namespace

Invented Invent(unsigned seed, int incidents) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  Invented data;
  for (int i = 0; i < incidents; ++i) {
    IncidentRow row;
    const auto& [provider, names] = *std::next(Services().begin(), below(3));
    row.provider = ProviderId(provider);
    row.id = IncidentId(provider + "/" + std::to_string(i));
    for (const std::string& name : names) {
      if (below(2) == 0) row.services.emplace_back(provider + "/" + name);
    }
    row.impact = static_cast<Impact>(below(6));
    const int begins = below(600 * 24 * 60);
    absl::Time at = At("2023-01-01T00:00:00Z") + absl::Minutes(begins);
    // Only late ones are not over, or everything were down for ever.
    const bool over = begins < 580 * 24 * 60 || below(2) == 0;
    // Now and then something that lasts for days.
    const int longest = below(25) == 0 ? 4000 : 200;
    const auto next = [&] { return at += absl::Minutes(below(longest)); };
    if (below(3) == 0) row.impact_started_at = at - absl::Minutes(below(90));
    if (below(4) > 0) row.stages.investigating = next();
    if (below(2) > 0) row.stages.identified = next();
    if (below(2) > 0) row.stages.monitoring = next();
    if (over) row.stages.resolved = next();
    if (below(10) == 0) row.stages.postmortem = next();
    if (below(15) == 0) std::swap(row.stages.identified, row.stages.monitoring);
    row.ongoing = !row.stages.resolved;
    row.version = 1;
    data.incidents.push_back(row);
  }
  for (const auto& [provider, names] : Services()) {
    for (const std::string& name : names) {
      if (name == "console") continue;  // one without a calendar
      const absl::CivilDay first = absl::CivilDay(2023, 1, 1) + below(300);
      for (absl::CivilDay day = first; day < absl::CivilDay(2024, 8, 1); ++day) {
        if (below(30) == 0) continue;  // a gap
        const bool out = below(8) == 0;
        data.outage_days.push_back(OutageOn(provider + "/" + name, absl::FormatCivilTime(day),
                                            out ? below(300) : 0, out ? below(100) : 0));
      }
    }
  }
  return data;
}

}  // namespace fails::analytics::testing
