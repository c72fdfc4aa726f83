// SPDX-License-Identifier: Apache-2.0
#include "common/domain/incident.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "common/base/time.h"

namespace fails {
namespace {

std::vector<std::string> FlagsOf(const Incident& incident) {
  const IncidentContent& content = incident.content();
  const Stages& stages = incident.stages();
  std::vector<std::string> flags;
  const auto started = incident.started_at();
  const auto closed = incident.closed_at();
  const auto recover = stages.TimeToRecover();
  if (stages.Inconsistent()) flags.emplace_back(flag::kInconsistent);
  if (started && closed && *started == *closed) flags.emplace_back(flag::kZeroLength);
  if (content.services.empty()) flags.emplace_back(flag::kNoService);
  if (stages.resolved && !stages.HasPreResolutionStage()) {
    flags.emplace_back(flag::kNoPreResolutionStage);
  }
  if (recover && *recover < absl::ZeroDuration()) flags.emplace_back(flag::kNegativeDuration);
  if (content.backfilled) flags.emplace_back(flag::kBackfilled);
  if (content.unknown_component) flags.emplace_back(flag::kUnknownComponent);
  if (content.end_inferred_at) flags.emplace_back(flag::kEndInferred);
  if (content.broad) flags.emplace_back(flag::kBroad);
  std::ranges::sort(flags);
  return flags;
}

Stages StagesOf(const IncidentContent& content) {
  Stages stages = Stages::FromUpdates(content.updates);
  if (content.end_inferred_at) {
    const absl::Time end = TruncateToSeconds(*content.end_inferred_at);
    stages.resolved = std::max(stages.resolved.value_or(end), end);
  }
  return stages;
}

}  // namespace

absl::StatusOr<Incident> Incident::Make(ProviderId provider, std::string native_id,
                                        IncidentContent content, std::int64_t revision,
                                        absl::Time first_seen_at, absl::Time updated_at,
                                        absl::Time source_at) {
  if (provider.empty()) return absl::InvalidArgumentError("incident without a provider");
  if (native_id.empty()) {
    return absl::InvalidArgumentError(fmt::format("incident of {} without an id", provider.str()));
  }
  if (revision < 1) {
    return absl::InvalidArgumentError(fmt::format("revision {} is below 1", revision));
  }
  std::ranges::sort(content.services);
  content.services.erase(std::unique(content.services.begin(), content.services.end()),
                         content.services.end());
  // Newest first; updates of one instant keep the order of the page, which lists newest first too.
  std::ranges::stable_sort(content.updates, std::ranges::greater{}, &Update::at);
  std::ranges::stable_sort(content.impact_intervals, {}, [](const ImpactInterval& interval) {
    return std::tuple(interval.service, interval.from,
                      interval.to.value_or(absl::InfiniteFuture()));
  });

  Incident incident;
  incident.id_ = IncidentId(fmt::format("{}/{}", provider.str(), native_id));
  incident.provider_ = std::move(provider);
  incident.native_id_ = std::move(native_id);
  incident.stages_ = StagesOf(content);
  incident.content_ = std::move(content);
  incident.flags_ = FlagsOf(incident);
  incident.revision_ = revision;
  incident.first_seen_at_ = first_seen_at;
  incident.updated_at_ = updated_at;
  incident.source_at_ = source_at;
  return incident;
}

std::optional<absl::Time> Incident::resolved_at() const {
  if (ongoing()) return std::nullopt;
  return stages_.resolved;
}

std::optional<absl::Time> Incident::closed_at() const {
  if (ongoing()) return std::nullopt;
  return stages_.ClosedAt();
}

std::optional<absl::Duration> Incident::duration() const {
  const auto started = started_at();
  const auto closed = closed_at();
  if (!started || !closed) return std::nullopt;
  return *closed - *started;
}

bool Incident::ongoing() const {
  if (content_.withdrawn_at) return false;
  switch (content_.status) {
    case IncidentStatus::kResolved:
    case IncidentStatus::kPostmortem:
    case IncidentStatus::kCompleted:
    case IncidentStatus::kScheduled:
      return false;
    default:
      return true;
  }
}

absl::Time Incident::sort_at() const {
  if (const auto started = started_at()) return *started;
  if (content_.scheduled_for) return *content_.scheduled_for;
  if (!content_.updates.empty()) return content_.updates.back().at;
  return first_seen_at_;
}

}  // namespace fails
