// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

#include "absl/status/status.h"

namespace fails::pg {

// What an exception of libpqxx means for a transaction. For this folder only.
struct DatabaseError {
  absl::Status status;
  bool connection_lost = false;  // the connection is of no use any more
  bool repeatable = false;       // certainly rolled back: the transaction may run again
};

// `committing`: it was thrown by the commit.
DatabaseError Classify(const std::exception& error, bool committing);

}  // namespace fails::pg
