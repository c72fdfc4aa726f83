// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/pg/pool.h"
#include "services/analytics/app/incident_reader.h"

namespace fails::analytics {

// Reads the views incidents.v1_*. Thread-safe.
class PgIncidentReader final : public IncidentReader {
 public:
  explicit PgIncidentReader(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<IncidentPage> List(const IncidentFilter& filter,
                                    const std::optional<ListPosition>& after, int limit) override;
  absl::StatusOr<std::vector<v1::Incident>> ListByIds(const std::vector<std::string>& ids) override;
  absl::StatusOr<std::optional<v1::GetIncidentResponse>> Get(const std::string& id) override;

 private:
  pg::Pool& pool_;
};

}  // namespace fails::analytics
