// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/domain/impact_interval.h"
#include "common/domain/levels.h"
#include "common/domain/stages.h"

namespace fails {

// Quality flags, stored beside the untouched original.
namespace flag {
inline constexpr char kInconsistent[] = "inconsistent";  // stages in the wrong order
inline constexpr char kZeroLength[] = "zero_length";     // closed in the second it started
inline constexpr char kNoService[] =
    "no_service";  // the provider named none that the catalog knows
inline constexpr char kNoPreResolutionStage[] = "no_pre_resolution_stage";  // only ever "resolved"
inline constexpr char kNegativeDuration[] = "negative_duration";  // resolved before it began
inline constexpr char kBackfilled[] = "backfilled";  // entered by the provider after the fact
inline constexpr char kUnknownComponent[] =
    "unknown_component";  // names a component the catalog lacks
inline constexpr char kEndInferred[] =
    "end_inferred";  // nobody said that it is over: its page no longer lists it
inline constexpr char kBroad[] = "broad";  // names about everything that the provider has
}  // namespace flag

// What the merged reports say of one incident.
struct IncidentContent {
  PageId page;
  std::string title;
  std::string url;
  Impact impact = Impact::kUnknown;
  IncidentStatus status = IncidentStatus::kUnknown;
  std::vector<ServiceId> services;               // sorted, distinct
  std::vector<Update> updates;                   // newest first
  std::vector<ImpactInterval> impact_intervals;  // by service, then time
  std::optional<absl::Time> impact_started_at;
  std::optional<absl::Time> impact_ended_at;
  std::optional<absl::Time> scheduled_for;
  std::optional<absl::Time> scheduled_until;
  std::optional<absl::Time> withdrawn_at;
  // Its page, which shows only what is going on, listed it no longer. Counts as the stage
  // `resolved`; no update is made up for it.
  std::optional<absl::Time> end_inferred_at;
  std::string platform;      // of the page, when it told of it last; empty: only imports have
  bool url_guessed = false;  // put together by us, not stated
  bool backfilled = false;
  bool unknown_component = false;
  bool broad = false;
  bool imported = false;  // no page has told of it yet, only imports

  friend bool operator==(const IncidentContent&, const IncidentContent&) = default;
};

// The merged truth about one incident. An object that exists is valid: provider and native id are
// not empty, services and updates are in order, and everything derived (stages, flags, times)
// agrees with the updates.
class Incident {
 public:
  // For new data. Sorts services, updates and intervals. INVALID_ARGUMENT names what is wrong.
  static absl::StatusOr<Incident> Make(ProviderId provider, std::string native_id,
                                       IncidentContent content, std::int64_t revision,
                                       absl::Time first_seen_at, absl::Time updated_at,
                                       absl::Time source_at);

  const IncidentId& id() const { return id_; }
  const ProviderId& provider() const { return provider_; }
  const std::string& native_id() const { return native_id_; }
  const IncidentContent& content() const { return content_; }
  const Stages& stages() const { return stages_; }
  const std::vector<std::string>& flags() const { return flags_; }  // sorted

  // Grows by one with each change that is announced, from 1.
  std::int64_t revision() const { return revision_; }
  absl::Time first_seen_at() const { return first_seen_at_; }
  absl::Time updated_at() const { return updated_at_; }
  // When the newest document that shaped it was fetched: an older document changes nothing.
  absl::Time source_at() const { return source_at_; }

  std::optional<absl::Time> started_at() const { return stages_.StartedAt(); }
  // Absent while it is going on, also once more after it was reopened: then the stage `resolved`
  // keeps its time, but the incident has no end.
  std::optional<absl::Time> resolved_at() const;
  std::optional<absl::Time> closed_at() const;
  // closed_at - started_at.
  std::optional<absl::Duration> duration() const;
  // Neither resolved (nor completed, for a maintenance) nor withdrawn, and already begun.
  bool ongoing() const;
  // Where the incident stands in a list by time: started_at, else what a maintenance announced,
  // else its first update.
  absl::Time sort_at() const;

 private:
  Incident() = default;

  IncidentId id_;
  ProviderId provider_;
  std::string native_id_;
  IncidentContent content_;
  Stages stages_;
  std::vector<std::string> flags_;
  std::int64_t revision_ = 0;
  absl::Time first_seen_at_;
  absl::Time updated_at_;
  absl::Time source_at_;
};

}  // namespace fails
