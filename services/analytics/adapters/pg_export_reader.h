// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/pg/pool.h"
#include "services/analytics/app/export_reader.h"

namespace fails::analytics {

// Reads the views incidents.v1_* through cursors. An export keeps its connection for as long as its
// client needs: the pool is one of its own, so that slow clients keep nobody else waiting.
// Thread-safe.
class PgExportReader final : public ExportReader {
 public:
  explicit PgExportReader(pg::Pool& pool) : pool_(pool) {}

  absl::Status Incidents(const IncidentFilter& filter,
                         const Take<v1::ExportIncidentsResponse>& take) override;
  absl::Status OutageDays(const OutageDayFilter& filter,
                          const Take<v1::ExportOutageDaysResponse>& take) override;

 private:
  pg::Pool& pool_;
};

}  // namespace fails::analytics
