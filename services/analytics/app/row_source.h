// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/analytics/domain/snapshot/row.h"

namespace fails::analytics {

// What the database says of all its incidents but the withdrawn, and of all calendar days, at one
// moment.
struct DataFingerprint {
  std::int64_t version = 0;
  std::int64_t count = 0;
  std::int64_t version_sum = 0;  // of the rows' own versions
  std::int64_t day_count = 0;
  std::int64_t day_version_sum = 0;

  friend bool operator==(const DataFingerprint&, const DataFingerprint&) = default;
};

// What takes rows in. Calendar days may come before or after the incidents.
struct RowSink {
  // Called before the first row, again when a lost connection makes the source start over.
  std::function<void()> restart;
  std::function<void(const IncidentRow&)> incident;
  std::function<void(const OutageDayRow&)> outage_day;
};

// How far a walk through all stored rows has come; empty at its beginning.
struct SamplePosition {
  std::string incident;
  std::string service;  // of the calendar day
  std::string date;
};

// A stretch of that walk.
struct DataSample {
  std::int64_t version = 0;
  std::vector<IncidentRow> incidents;  // none withdrawn
  std::vector<OutageDayRow> days;
  SamplePosition next;  // begins anew at the end
};

// Where the stored incidents and calendars come from. Errors as pg::Pool has them: UNAVAILABLE
// without a server and before the schema is there. Used by one thread at a time.
class RowSource {
 public:
  virtual ~RowSource() = default;

  // Hands over everything that was written after `version` (0: all), incidents oldest
  // change first, the withdrawn included, and returns the data's version: who has taken the rows
  // knows every change up to it.
  virtual absl::StatusOr<std::int64_t> ReadSince(std::int64_t version, const RowSink& sink) = 0;

  virtual absl::StatusOr<DataFingerprint> Fingerprint() = 0;

  // The next rows of a walk through all of them; as many as cost next to nothing.
  virtual absl::StatusOr<DataSample> Sample(const SamplePosition& after) = 0;
};

}  // namespace fails::analytics
