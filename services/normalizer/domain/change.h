// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "common/domain/incident.h"

namespace fails::normalizer {

enum class ChangeKind {
  kOpened,
  kUpdated,
  kResolved,
  kReopened,
  kWithdrawn,
  kUnseen,  // kept, but no public field differs, or only a guessed address was
            // confirmed: nobody is told, and the revision stays
};

// An incident's new state and what is announced about it.
struct Change {
  ChangeKind kind = ChangeKind::kUpdated;
  Incident incident;
  std::vector<std::string>
      changed;  // names of the public fields that differ, sorted; all that are set for a new one
};

// Names as in the REST API. `before` may be null.
std::vector<std::string> ChangedFields(const Incident* before, const Incident& after);

}  // namespace fails::normalizer
