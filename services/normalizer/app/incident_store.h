// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

struct UpdateResult {
  bool repeat = false;  // the message was handled before; nothing was done
  int incidents = 0;    // changed
  int days = 0;         // outage days changed
  int states = 0;       // services that do differently now, or were seen for the first time

  bool changed() const { return incidents + days + states > 0; }
};

// Where incidents, outage days, service states and the pages' components are kept. Business code
// never sees a transaction: it passes a pure function.
class IncidentStore {
 public:
  // Sees what is stored of all that the statement touches and says what changes. May be called
  // again when a transaction is repeated.
  using Decide = std::function<absl::StatusOr<Decision>(const Stored&)>;

  virtual ~IncidentStore() = default;

  // In one transaction: inbox row, what was decided, outbox rows, the components it lists;
  // statements about one provider one after the other. `message_key` says which message this is;
  // empty: always handled (replay).
  virtual absl::StatusOr<UpdateResult> Update(const std::string& message_key,
                                              const Statement& statement, const Decide& decide) = 0;

  // What the documents of a page have told of its components.
  virtual absl::StatusOr<ComponentBook> Components(const PageId& page) = 0;
};

}  // namespace fails::normalizer
