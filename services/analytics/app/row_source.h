// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "services/analytics/domain/snapshot/row.h"

namespace fails::analytics {

// What the database says of all its incidents but the withdrawn, at one moment.
struct DataFingerprint {
  std::int64_t version = 0;
  std::int64_t count = 0;
  std::int64_t version_sum = 0;  // of the rows' own versions

  friend bool operator==(const DataFingerprint&, const DataFingerprint&) = default;
};

// Where the stored incidents come from. Errors as pg::Pool has them: UNAVAILABLE without a server,
// FAILED_PRECONDITION before the schema is there.
class RowSource {
 public:
  virtual ~RowSource() = default;

  // Calls `take` for every incident that was written after `version` (0: for all), withdrawn ones
  // included, oldest change first, and returns the data's version: who has taken the rows knows
  // every change up to it. `restart` is called before the first row, again when a lost connection
  // makes it start over.
  virtual absl::StatusOr<std::int64_t> ReadSince(
      std::int64_t version, const std::function<void()>& restart,
      const std::function<void(const IncidentRow&)>& take) = 0;

  virtual absl::StatusOr<DataFingerprint> Fingerprint() = 0;
};

}  // namespace fails::analytics
