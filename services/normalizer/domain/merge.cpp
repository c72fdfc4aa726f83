// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/merge.h"

#include <algorithm>
#include <utility>

namespace fails::normalizer {
namespace {

constexpr absl::Duration kLate = absl::Hours(24);

bool HasText(const std::vector<Update>& updates) {
  return std::ranges::any_of(updates, [](const Update& update) { return !update.body.empty(); });
}

bool IsOpen(IncidentStatus status) {
  switch (status) {
    case IncidentStatus::kInvestigating:
    case IncidentStatus::kIdentified:
    case IncidentStatus::kMonitoring:
    case IncidentStatus::kInProgress:
    case IncidentStatus::kScheduled:
      return true;
    default:
      return false;
  }
}

// The newest update's; a page that states a status only there has stated it.
IncidentStatus StatusOf(const Report& report) {
  if (report.status != IncidentStatus::kUnknown) return report.status;
  const Update* newest = nullptr;
  for (const Update& update : report.updates) {
    if (update.status == IncidentStatus::kUnknown) continue;
    if (!newest || update.at > newest->at) newest = &update;
  }
  return newest ? newest->status : IncidentStatus::kUnknown;
}

bool SaysResolved(const Report& report) {
  return std::ranges::any_of(report.updates, [](const Update& update) {
    return update.status == IncidentStatus::kResolved;
  });
}

void TakeUrl(const Report& report, IncidentContent& content) {
  if (report.url.empty()) return;
  content.url = report.url;
  content.url_guessed = report.url_guessed;
}

void ApplyIntervals(const MappedReport& mapped, IncidentContent& content) {
  if (!mapped.impact_intervals || mapped.impact_intervals->empty()) return;
  content.impact_intervals = *mapped.impact_intervals;
  absl::Time from = absl::InfiniteFuture();
  std::optional<absl::Time> to = absl::InfinitePast();
  for (const ImpactInterval& interval : content.impact_intervals) {
    from = std::min(from, interval.from);
    to = to && interval.to ? std::optional(std::max(*to, *interval.to)) : std::nullopt;
  }
  content.impact_started_at = from;
  content.impact_ended_at = to;
}

// Takes over everything that the report says.
void Apply(const MappedReport& mapped, const Source& source, IncidentContent& content) {
  const Report& report = mapped.report;
  const bool import = source.import();
  content.page = mapped.page;
  if (!import) content.platform = source.platform;
  if (!report.title.empty()) content.title = report.title;
  if (!report.url_guessed || content.url.empty() || content.url_guessed) TakeUrl(report, content);
  if (report.impact != Impact::kUnknown) content.impact = report.impact;
  const IncidentStatus status = StatusOf(report);
  if (status != IncidentStatus::kUnknown) content.status = status;
  // Providers unlink components when they resolve an incident: an emptied list takes nothing back.
  if (mapped.services && !mapped.services->empty()) {
    content.services = *mapped.services;
    content.broad = mapped.broad;
  }
  if (mapped.services) content.unknown_component = mapped.unknown_component;
  if (!report.updates.empty() &&
      !(import && HasText(content.updates) && !HasText(report.updates))) {
    content.updates = report.updates;
  }
  ApplyIntervals(mapped, content);
  if (report.impact_started_at) content.impact_started_at = report.impact_started_at;
  if (report.impact_ended_at) content.impact_ended_at = report.impact_ended_at;
  if (report.scheduled_for) content.scheduled_for = report.scheduled_for;
  if (report.scheduled_until) content.scheduled_until = report.scheduled_until;
  content.backfilled = content.backfilled || report.backfilled;
  content.withdrawn_at = report.withdrawn_at;
  if (IsOpen(status) || SaysResolved(report)) content.end_inferred_at.reset();
  if (import && report.end_inferred_at) content.end_inferred_at = report.end_inferred_at;
  content.imported = import;
}

template <class T>
void FillIn(std::optional<T>& known, const std::optional<T>& said) {
  if (!known) known = said;
}

// Takes over what is not known yet.
void Fill(const MappedReport& mapped, IncidentContent& content) {
  const Report& report = mapped.report;
  if (content.title.empty()) content.title = report.title;
  if (content.url.empty() || (content.url_guessed && !report.url_guessed)) TakeUrl(report, content);
  if (content.impact == Impact::kUnknown) content.impact = report.impact;
  if (content.status == IncidentStatus::kUnknown) content.status = StatusOf(report);
  if (content.services.empty() && mapped.services && !mapped.services->empty()) {
    content.services = *mapped.services;
    content.broad = mapped.broad;
    content.unknown_component = content.unknown_component || mapped.unknown_component;
  }
  if (content.updates.empty()) content.updates = report.updates;
  if (content.impact_intervals.empty()) {
    FillIn(content.impact_started_at, report.impact_started_at);
    FillIn(content.impact_ended_at, report.impact_ended_at);
    if (!content.impact_started_at) ApplyIntervals(mapped, content);
  }
  FillIn(content.scheduled_for, report.scheduled_for);
  FillIn(content.scheduled_until, report.scheduled_until);
}

// Whether the document shapes the incident, or only fills in.
bool Shapes(const Incident* stored, const Source& source) {
  if (!stored) return true;
  const bool imported = stored->content().imported;
  if (imported && !source.import()) return true;
  if (!imported && source.import()) return false;
  return source.fetched_at >= stored->source_at();
}

ChangeKind FirstKind(const Incident& incident, const Source& source, absl::Time now) {
  if (incident.content().withdrawn_at) return ChangeKind::kWithdrawn;
  const bool scheduled = incident.content().status == IncidentStatus::kScheduled;
  if (!incident.ongoing() && !scheduled) return ChangeKind::kResolved;
  const bool late = source.origin != Origin::kPoll || now - incident.sort_at() > kLate;
  return late ? ChangeKind::kUpdated : ChangeKind::kOpened;
}

ChangeKind KindOf(const Incident& stored, const Incident& incident) {
  const bool scheduled = incident.content().status == IncidentStatus::kScheduled;
  const bool was_scheduled = stored.content().status == IncidentStatus::kScheduled;
  const bool was_open = stored.ongoing() || (was_scheduled && !stored.content().withdrawn_at);
  if (incident.content().withdrawn_at && !stored.content().withdrawn_at) {
    return ChangeKind::kWithdrawn;
  }
  if (was_open && !incident.ongoing() && !scheduled) return ChangeKind::kResolved;
  if (!was_open && incident.ongoing()) return ChangeKind::kReopened;
  return ChangeKind::kUpdated;
}

// The incident after `stored` with this content.
absl::StatusOr<Incident> Next(const Incident& stored, IncidentContent content, absl::Time source_at,
                              absl::Time now) {
  return Incident::Make(stored.provider(), stored.native_id(), std::move(content),
                        stored.revision() + 1, stored.first_seen_at(),
                        std::max(now, stored.first_seen_at()), source_at);
}

absl::StatusOr<std::optional<Change>> Unseen(const Incident& stored, IncidentContent content,
                                             absl::Time source_at) {
  auto incident =
      Incident::Make(stored.provider(), stored.native_id(), std::move(content), stored.revision(),
                     stored.first_seen_at(), stored.updated_at(), source_at);
  if (!incident.ok()) return incident.status();
  return Change{ChangeKind::kUnseen, *std::move(incident), {}};
}

std::optional<Change> Ended(const Incident& stored, IncidentContent content, ChangeKind kind,
                            const Source& source, absl::Time now) {
  auto incident = Next(stored, std::move(content), source.fetched_at, now);
  if (!incident.ok()) return std::nullopt;  // stored was valid, so this is too
  std::vector<std::string> changed = ChangedFields(&stored, *incident);
  return Change{kind, *std::move(incident), std::move(changed)};
}

// Ids are a platform's own: what an earlier one told of can stand in no list of its successor.
bool OfFormerPlatform(const Incident& stored, const Source& source) {
  return stored.content().platform != source.platform;
}

bool AbsenceSaysNothing(const Incident& stored, const Source& source) {
  return stored.content().withdrawn_at || stored.content().imported ||
         source.fetched_at <= stored.source_at();
}

}  // namespace

absl::StatusOr<std::optional<Change>> Merge(const Incident* stored, const MappedReport& report,
                                            const Source& source, absl::Time now) {
  IncidentContent content = stored ? stored->content() : IncidentContent{};
  const bool shapes = Shapes(stored, source);
  if (shapes) {
    Apply(report, source, content);
  } else {
    Fill(report, content);
  }
  if (!stored) {
    auto incident = Incident::Make(report.provider, report.report.native_id, std::move(content), 1,
                                   now, now, source.fetched_at);
    if (!incident.ok()) return incident.status();
    const ChangeKind kind = FirstKind(*incident, source, now);
    std::vector<std::string> changed = ChangedFields(nullptr, *incident);
    return Change{kind, *std::move(incident), std::move(changed)};
  }
  const absl::Time source_at = shapes ? source.fetched_at : stored->source_at();
  auto incident = Next(*stored, std::move(content), source_at, now);
  if (!incident.ok()) return incident.status();
  if (incident->content() == stored->content()) return std::nullopt;
  std::vector<std::string> changed = ChangedFields(stored, *incident);
  // That an address is now stated is no news, and documents may come in any order.
  const bool url_stated = stored->content().url_guessed && !incident->content().url_guessed &&
                          changed == std::vector<std::string>{"url"};
  if (changed.empty() || url_stated) return Unseen(*stored, incident->content(), source_at);
  const ChangeKind kind = KindOf(*stored, *incident);
  return Change{kind, *std::move(incident), std::move(changed)};
}

std::optional<Change> Withdraw(const Incident& stored, const Source& source, absl::Time now) {
  if (OfFormerPlatform(stored, source)) return InferEnd(stored, source, now);
  if (AbsenceSaysNothing(stored, source)) return std::nullopt;
  IncidentContent content = stored.content();
  content.withdrawn_at = source.fetched_at;
  return Ended(stored, std::move(content), ChangeKind::kWithdrawn, source, now);
}

std::optional<Change> InferEnd(const Incident& stored, const Source& source, absl::Time now) {
  if (AbsenceSaysNothing(stored, source) || !stored.ongoing()) return std::nullopt;
  IncidentContent content = stored.content();
  content.status = IncidentStatus::kResolved;
  content.end_inferred_at = source.fetched_at;
  return Ended(stored, std::move(content), ChangeKind::kResolved, source, now);
}

}  // namespace fails::normalizer
