// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace fails::analytics {

// What the pool says of itself (no connection free, a conflict) is no fault of the client's, as its
// codes would read in an answer.
inline absl::Status ForClients(absl::Status status) {
  switch (status.code()) {
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
      return absl::UnavailableError(status.message());
    default:
      return status;
  }
}
template <class T>
absl::StatusOr<T> ForClients(absl::StatusOr<T> result) {
  if (result.ok()) return result;
  return ForClients(result.status());
}

}  // namespace fails::analytics
