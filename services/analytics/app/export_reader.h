// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "fails/v1/incident_service.pb.h"
#include "services/analytics/domain/listing/filter.h"

namespace fails::analytics {

// Which days of the uptime calendars; empty lists match everything.
struct OutageDayFilter {
  std::vector<std::string> providers;
  std::vector<std::string> services;
  std::optional<absl::CivilDay> from;  // inclusive
  std::optional<absl::CivilDay> to;    // exclusive
};

// Where exports are read from: everything as of one moment, in portions, so that memory does not
// grow with what there is. `take` answers whether anybody still wants the rest; if not, the export
// is CANCELLED. Errors as IncidentReader; also after some portions, when what was taken is not all.
// Thread-safe.
class ExportReader {
 public:
  virtual ~ExportReader() = default;

  template <class Portion>
  using Take = std::function<bool(const Portion&)>;

  // Oldest first, with updates and impact intervals. The filter's order does not matter.
  virtual absl::Status Incidents(const IncidentFilter& filter,
                                 const Take<v1::ExportIncidentsResponse>& take) = 0;
  // By service, then date.
  virtual absl::Status OutageDays(const OutageDayFilter& filter,
                                  const Take<v1::ExportOutageDaysResponse>& take) = 0;
};

}  // namespace fails::analytics
