// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/pg/pool.h"
#include "services/analytics/app/status_reader.h"

namespace fails::analytics {

// Reads the views incidents.v1_service_status*. Thread-safe.
class PgStatusReader final : public StatusReader {
 public:
  explicit PgStatusReader(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<std::vector<v1::ServiceState>> States() override;
  absl::StatusOr<std::vector<v1::ServiceStatusChange>> Changes(const StatusChangeFilter& filter,
                                                               int limit) override;

 private:
  pg::Pool& pool_;
};

}  // namespace fails::analytics
