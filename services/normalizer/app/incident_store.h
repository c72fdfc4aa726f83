// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/domain/incident.h"
#include "services/normalizer/domain/change.h"

namespace fails::normalizer {

using StoredIncidents = std::map<IncidentId, Incident>;

// What one document touches.
struct UpdateScope {
  std::string message_key;  // which message this is, for the inbox; empty: always handled (replay)
  PageId page;
  std::vector<IncidentId> ids;  // reported by the document
  // Set for a complete listing: also the page's incidents from here on (absent inside: from the
  // first one).
  struct Window {
    std::optional<absl::Time> oldest;
  };
  std::optional<Window> listing;
  absl::Time fetched_at;
};

struct UpdateResult {
  bool repeat = false;  // the message was handled before; nothing was done
  int changed = 0;
};

// Where incidents are kept. Business code never sees a transaction: it passes a pure function.
class IncidentStore {
 public:
  // Sees what is stored in the scope and says what changes. May be called again when a transaction
  // is repeated.
  using Decide = std::function<absl::StatusOr<std::vector<Change>>(const StoredIncidents&)>;

  virtual ~IncidentStore() = default;

  // In one transaction: inbox row, incidents, their updates, outbox rows; documents of one page one
  // after the other.
  virtual absl::StatusOr<UpdateResult> Update(const UpdateScope& scope, const Decide& decide) = 0;
};

}  // namespace fails::normalizer
