// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/merge.h"

#include <algorithm>
#include <utility>

namespace fails::normalizer {
namespace {

void Apply(const MappedReport& mapped, IncidentContent& content) {
  const Report& report = mapped.report;
  content.page = mapped.page;
  if (!report.title.empty()) content.title = report.title;
  if (!report.url.empty()) content.url = report.url;
  if (report.impact != Impact::kUnknown) content.impact = report.impact;
  if (report.status != IncidentStatus::kUnknown) content.status = report.status;
  // Providers unlink components when they resolve an incident: an emptied list takes nothing back.
  if (mapped.services && !mapped.services->empty()) content.services = *mapped.services;
  if (mapped.services) content.unknown_component = mapped.unknown_component;
  if (!report.updates.empty()) content.updates = report.updates;
  if (report.impact_started_at) content.impact_started_at = report.impact_started_at;
  if (report.impact_ended_at) content.impact_ended_at = report.impact_ended_at;
  if (report.scheduled_for) content.scheduled_for = report.scheduled_for;
  if (report.scheduled_until) content.scheduled_until = report.scheduled_until;
  content.backfilled = content.backfilled || report.backfilled;
  content.withdrawn_at.reset();
}

ChangeKind KindOf(const Incident* stored, const Incident& incident) {
  const bool scheduled = incident.content().status == IncidentStatus::kScheduled;
  if (!stored) {
    return incident.ongoing() || scheduled ? ChangeKind::kOpened : ChangeKind::kResolved;
  }
  const bool was_scheduled = stored->content().status == IncidentStatus::kScheduled;
  const bool was_open = stored->ongoing() || (was_scheduled && !stored->content().withdrawn_at);
  if (was_open && !incident.ongoing() && !scheduled) return ChangeKind::kResolved;
  if (!was_open && incident.ongoing()) return ChangeKind::kReopened;
  return ChangeKind::kUpdated;
}

}  // namespace

absl::StatusOr<std::optional<Change>> Merge(const Incident* stored, const MappedReport& report,
                                            absl::Time fetched_at, absl::Time now) {
  if (stored && fetched_at < stored->source_at()) return std::nullopt;
  IncidentContent content = stored ? stored->content() : IncidentContent{};
  Apply(report, content);
  auto incident =
      Incident::Make(report.provider, report.report.native_id, std::move(content),
                     stored ? stored->revision() + 1 : 1, stored ? stored->first_seen_at() : now,
                     stored ? std::max(now, stored->first_seen_at()) : now, fetched_at);
  if (!incident.ok()) return incident.status();
  if (stored && incident->content() == stored->content()) return std::nullopt;
  const ChangeKind kind = KindOf(stored, *incident);
  std::vector<std::string> changed = ChangedFields(stored, *incident);
  return Change{kind, *std::move(incident), std::move(changed)};
}

std::optional<Change> Withdraw(const Incident& stored, absl::Time fetched_at, absl::Time now) {
  if (stored.content().withdrawn_at || fetched_at <= stored.source_at()) return std::nullopt;
  IncidentContent content = stored.content();
  content.withdrawn_at = fetched_at;
  auto incident = Incident::Make(stored.provider(), stored.native_id(), std::move(content),
                                 stored.revision() + 1, stored.first_seen_at(),
                                 std::max(now, stored.first_seen_at()), fetched_at);
  if (!incident.ok()) return std::nullopt;  // stored was valid, so this is too
  std::vector<std::string> changed = ChangedFields(&stored, *incident);
  return Change{ChangeKind::kWithdrawn, *std::move(incident), std::move(changed)};
}

}  // namespace fails::normalizer
