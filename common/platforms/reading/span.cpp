// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/span.h"

#include <algorithm>

namespace fails::platforms {
namespace {

bool BeforeResolution(const Update& update) {
  return update.status == IncidentStatus::kInvestigating ||
         update.status == IncidentStatus::kIdentified ||
         update.status == IncidentStatus::kMonitoring;
}

}  // namespace

void OpenAt(Report& report, absl::Time start) {
  report.impact_started_at = start;
  if (std::ranges::none_of(report.updates, BeforeResolution)) {
    report.updates.push_back({"opened", IncidentStatus::kInvestigating, start, ""});
  }
}

void CloseAt(Report& report, absl::Time end) {
  report.impact_ended_at = end;
  Update* newest = nullptr;
  for (Update& update : report.updates) {
    if (update.status != IncidentStatus::kResolved) continue;
    if (!newest || update.at > newest->at) newest = &update;
  }
  if (!newest) {
    report.updates.push_back({"closed", IncidentStatus::kResolved, end, ""});
    return;
  }
  newest->at = end;
  for (Update& update : report.updates) {
    if (update.status == IncidentStatus::kResolved) update.at = std::min(update.at, end);
  }
}

void SpanImpacts(Report& report) {
  if (!report.component_impacts || report.component_impacts->empty()) return;
  std::optional<absl::Time> from, to;
  bool open = false;
  for (const ComponentImpact& impact : *report.component_impacts) {
    from = from ? std::min(*from, impact.from) : impact.from;
    if (!impact.to) {
      open = true;
    } else {
      to = to ? std::max(*to, *impact.to) : *impact.to;
    }
  }
  report.impact_started_at = from;
  if (!open) report.impact_ended_at = to;
}

ServiceStatus WorstOf(const Report& report) {
  ServiceStatus worst = ServiceStatus::kUnknown;
  if (!report.component_impacts) return worst;
  for (const ComponentImpact& impact : *report.component_impacts) {
    worst = Worse(worst, impact.level);
  }
  return worst;
}

}  // namespace fails::platforms
