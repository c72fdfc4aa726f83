// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tests/bench/analytics/synthetic.h"

namespace fails::bench {

// The data as SQL systems get it (schema.sql): one row an incident, one row an incident and
// service. Times as "2024-01-31 12:00:00", empty where absent.
struct IncidentLine {
  std::int64_t incident = 0;
  std::string provider;
  std::string impact;
  std::string recovery_started;  // the first stage before `resolved`
  std::string started;
  std::string resolved;
  std::string closed;
};

// What the analyses use: neither maintenance nor mixed-up stages.
void ForEachLine(
    const Synthetic& data, const std::function<void(const IncidentLine&)>& incident,
    const std::function<void(std::int64_t incident, const std::string& service)>& incident_service);

// incident.csv and incident_service.csv, without headers. Throws std::runtime_error.
void WriteCsv(const Synthetic& data, const std::string& folder);

}  // namespace fails::bench
