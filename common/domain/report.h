// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/domain/levels.h"
#include "common/domain/stages.h"

namespace fails {

// A component as a page names it, before the catalog maps it to a service.
struct ComponentRef {
  std::string id;
  std::string name;

  friend bool operator==(const ComponentRef&, const ComponentRef&) = default;
};

// One incident as one document tells it. Whatever the document does not say is absent, never
// guessed.
struct Report {
  std::string native_id;  // never empty
  std::string title;
  std::string url;
  Impact impact = Impact::kUnknown;
  IncidentStatus status = IncidentStatus::kUnknown;
  // Absent: the document does not list components at all. Empty: it lists none.
  std::optional<std::vector<ComponentRef>> components;
  std::vector<Update> updates;  // any order
  std::optional<absl::Time> impact_started_at;
  std::optional<absl::Time> impact_ended_at;
  std::optional<absl::Time> scheduled_for;
  std::optional<absl::Time> scheduled_until;
  bool backfilled = false;  // the provider entered it after the fact
};

}  // namespace fails
