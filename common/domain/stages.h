// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "absl/time/time.h"
#include "common/domain/levels.h"

namespace fails {

// One message that the provider posted on an incident. `body` is untrusted text.
struct Update {
  std::string native_id;
  IncidentStatus status = IncidentStatus::kUnknown;
  absl::Time at;
  std::string body;

  friend bool operator==(const Update&, const Update&) = default;
};

// When an incident reached each stage, in whole seconds UTC. Definitions: analyses.md, section 1.
struct Stages {
  std::optional<absl::Time> investigating;
  std::optional<absl::Time> identified;
  std::optional<absl::Time> monitoring;
  std::optional<absl::Time> resolved;
  std::optional<absl::Time> postmortem;

  // The earliest update that carries the stage; for `resolved` the last one, since an incident can
  // be reopened.
  static Stages FromUpdates(std::span<const Update> updates);

  // The earliest of investigating … resolved; absent when none of the four was posted.
  std::optional<absl::Time> StartedAt() const;
  // The latest of investigating … resolved once resolved; absent before.
  std::optional<absl::Time> ClosedAt() const;
  // resolved - min(investigating, identified, monitoring); absent unless both sides exist.
  std::optional<absl::Duration> TimeToRecover() const;
  // True when two stages that both exist stand in the wrong order.
  bool Inconsistent() const;
  bool HasPreResolutionStage() const { return investigating || identified || monitoring; }

  friend bool operator==(const Stages&, const Stages&) = default;
};

}  // namespace fails
