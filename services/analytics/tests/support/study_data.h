// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "services/analytics/domain/snapshot/row.h"

namespace fails::analytics::testing {

// The fields of a CSV file (RFC 4180), line by line, the header among them. Throws when it cannot
// be read.
std::vector<std::vector<std::string>> ReadCsv(const std::string& path);

// The incidents of `incident_stages.csv` as the authors of the study cleaned them. Throws when the
// file is not as expected.
std::vector<IncidentRow> ReadStudyIncidents(const std::string& path);

// The uptime calendars of `outage_unexploded.csv`, likewise.
std::vector<OutageDayRow> ReadStudyOutageDays(const std::string& path);

}  // namespace fails::analytics::testing
