// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/change.h"

#include <algorithm>

namespace fails::normalizer {

std::vector<std::string> ChangedFields(const Incident* before, const Incident& after) {
  std::vector<std::string> names;
  const auto compare = [&](const char* name, auto get) {
    using Value = std::decay_t<decltype(get(after))>;
    const bool differs = before ? !(get(*before) == get(after)) : !(get(after) == Value{});
    if (differs) names.emplace_back(name);
  };
  compare("title", [](const Incident& i) { return i.content().title; });
  compare("url", [](const Incident& i) { return i.content().url; });
  compare("page", [](const Incident& i) { return i.content().page; });
  compare("impact", [](const Incident& i) { return i.content().impact; });
  compare("status", [](const Incident& i) { return i.content().status; });
  compare("services", [](const Incident& i) { return i.content().services; });
  compare("updates", [](const Incident& i) { return i.content().updates; });
  compare("stages", [](const Incident& i) { return i.stages(); });
  compare("started_at", [](const Incident& i) { return i.started_at(); });
  compare("resolved_at", [](const Incident& i) { return i.resolved_at(); });
  compare("closed_at", [](const Incident& i) { return i.closed_at(); });
  compare("duration_seconds", [](const Incident& i) { return i.duration(); });
  compare("impact_started_at", [](const Incident& i) { return i.content().impact_started_at; });
  compare("impact_ended_at", [](const Incident& i) { return i.content().impact_ended_at; });
  compare("scheduled_for", [](const Incident& i) { return i.content().scheduled_for; });
  compare("scheduled_until", [](const Incident& i) { return i.content().scheduled_until; });
  compare("impact_intervals", [](const Incident& i) { return i.content().impact_intervals; });
  compare("withdrawn_at", [](const Incident& i) { return i.content().withdrawn_at; });
  compare("ongoing", [](const Incident& i) { return i.ongoing(); });
  compare("flags", [](const Incident& i) { return i.flags(); });
  std::ranges::sort(names);
  return names;
}

}  // namespace fails::normalizer
