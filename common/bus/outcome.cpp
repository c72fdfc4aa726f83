// SPDX-License-Identifier: Apache-2.0
#include "common/bus/outcome.h"

namespace fails::bus {

Outcome OutcomeOf(const absl::Status& status, bool last_attempt) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kAlreadyExists:
      return Outcome::kDone;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kUnimplemented:
      return Outcome::kNever;
    case absl::StatusCode::kCancelled:
      return Outcome::kStopping;
    default:
      return last_attempt ? Outcome::kNever : Outcome::kLater;
  }
}

}  // namespace fails::bus
