// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/pool.h"
#include "services/normalizer/app/incident_store.h"

namespace fails::normalizer {

// The incidents in PostgreSQL, schema `incidents`. Thread-safe.
class PgIncidentStore final : public IncidentStore {
 public:
  explicit PgIncidentStore(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<UpdateResult> Update(const std::string& message_key, const Statement& statement,
                                      const Decide& decide) override;
  absl::StatusOr<ComponentBook> Components(const PageId& page) override;

  // OK when the database answers and the migrations have been applied.
  absl::Status Probe();

 private:
  pg::Pool& pool_;
};

}  // namespace fails::normalizer
