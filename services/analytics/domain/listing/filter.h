// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/domain/levels.h"

namespace fails::analytics {

enum class ListSort { kStartedAtDesc, kStartedAtAsc, kUpdatedAtDesc, kUpdatedAtAsc };

// Where a page of a list ended: the sort key and the id of its last incident.
struct ListPosition {
  absl::Time at;
  std::string id;
};

// Which incidents to list. Conjunctive; within one list any of the values may match; an empty list
// matches everything.
struct IncidentFilter {
  std::vector<std::string> providers;
  std::vector<std::string> services;  // full ids
  std::vector<Impact> impacts;
  std::vector<IncidentStatus> statuses;
  std::optional<absl::Time> from;  // started_at >= from
  std::optional<absl::Time> to;    // started_at < to
  std::string text;                // words of title or updates
  bool include_withdrawn = false;
  std::optional<bool> ongoing;
  ListSort sort = ListSort::kStartedAtDesc;

  // The same text for the same list: everything but limit and position.
  std::string Fingerprint() const;
};

}  // namespace fails::analytics
