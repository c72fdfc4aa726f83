// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/pg/pool.h"
#include "services/analytics/app/row_source.h"

namespace fails::analytics {

// Reads what the snapshot needs through the views incidents.v1_*. Thread-safe.
class PgRowSource final : public RowSource {
 public:
  explicit PgRowSource(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<std::int64_t> ReadSince(std::int64_t version, const RowSink& sink) override;
  absl::StatusOr<DataFingerprint> Fingerprint() override;
  absl::StatusOr<DataSample> Sample(const SamplePosition& after) override;

  // OK when the views are there and can be read.
  absl::Status Probe();

 private:
  pg::Pool& pool_;
};

}  // namespace fails::analytics
