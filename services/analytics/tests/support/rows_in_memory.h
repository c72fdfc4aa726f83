// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "services/analytics/app/row_source.h"

namespace fails::analytics::testing {

// A database that holds what it was given and never changes; data version 1.
class RowsInMemory final : public RowSource {
 public:
  explicit RowsInMemory(std::vector<IncidentRow> rows) : rows_(std::move(rows)) {}

  absl::StatusOr<std::int64_t> ReadSince(std::int64_t version, const RowSink& sink) override {
    sink.restart();
    if (version >= 1) return 1;
    for (const IncidentRow& row : rows_) sink.incident(row);
    return 1;
  }
  absl::StatusOr<DataFingerprint> Fingerprint() override {
    DataFingerprint fingerprint{.version = 1};
    for (const IncidentRow& row : rows_) {
      ++fingerprint.count;
      fingerprint.version_sum += row.version;
    }
    return fingerprint;
  }
  absl::StatusOr<DataSample> Sample(const SamplePosition&) override {
    return DataSample{.version = 1, .incidents = rows_};
  }

 private:
  const std::vector<IncidentRow> rows_;
};

}  // namespace fails::analytics::testing
