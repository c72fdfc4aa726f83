// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/status/status.h"

namespace fails::bus {

// What becomes of a message, decided in one place from the handler's status (design.md, section 3):
//   kDone: ack. OK, ALREADY_EXISTS.
//   kLater: nak with delay. UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, others.
//   kNever: dead letter, then term. INVALID_ARGUMENT, DATA_LOSS, FAILED_PRECONDITION,
//   UNIMPLEMENTED. kStopping: nak without delay. CANCELLED.
enum class Outcome { kDone, kLater, kNever, kStopping };

// `last_attempt` turns kLater into kNever: a message that was tried often enough becomes a dead
// letter instead of coming back for ever.
Outcome OutcomeOf(const absl::Status& status, bool last_attempt);

}  // namespace fails::bus
